import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSettled } from "../../collect/editor/use-settled.ts";
import { useWorkspace } from "../../session.ts";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Avatar, ScoreChip } from "../../ui/marks.tsx";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { previewQuery, type SegmentFilter, type SegmentMember } from "./segments-data.ts";

const everybody: SegmentFilter = { kind: "all", of: [] };

/** How many customers fit a filter while it is written, and a few of them. */
export function MembersCard({
  filter,
  isComplete,
  segment,
}: {
  filter: SegmentFilter;
  isComplete: boolean;
  segment: string | undefined;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const settled = useSettled(filter, 400);
  const preview = useQuery({
    ...previewQuery(slug, settled, segment),
    enabled: isComplete,
    placeholderData: keepPreviousData,
  });
  const all = useQuery({ ...previewQuery(slug, everybody, undefined), staleTime: 300_000 }).data?.n;
  const { data, error } = preview;
  const isOld = !isComplete || preview.isPlaceholderData || settled !== filter;
  return (
    <Card title={t("segments.members.title")} className="sg-members">
      {error && isComplete ? (
        <ErrorCard title={t("segments.members.error")} error={error} onRetry={() => void preview.refetch()} />
      ) : data ? (
        <div className={isOld ? "sg-before" : ""} aria-busy={isOld}>
          <Size n={data.n} all={all} />
          {!isComplete && <p className="note">{t("segments.row.incomplete")}</p>}
          {data.n > 0 ? (
            <Sample sample={data.sample} />
          ) : (
            <p className="note sg-nobody">
              {t(all === 0 ? "segments.members.none" : "segments.members.nobody")}
            </p>
          )}
        </div>
      ) : isComplete ? (
        <Ghost lines={[34, [12, "60%"], 40, 40, 40]} />
      ) : (
        <p className="note">{t("segments.row.incomplete")}</p>
      )}
    </Card>
  );
}

function Size({ n, all }: { n: number; all: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className="sg-size" role="status">
      <b className="big">{format.count(n)}</b> <span>{t("segments.members.count", { count: n })}</span>
      {all !== undefined && n > 0 && (
        <small className="faint">
          {t("segments.members.share", { share: format.share((100 * n) / all), all: format.count(all) })}
        </small>
      )}
    </p>
  );
}

function Sample({ sample }: { sample: readonly SegmentMember[] }) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className="sg-h3">{t("segments.members.sample")}</h3>
      <ul className="sg-sample">
        {sample.map(({ id, name, email, externalId, account, score, state }) => {
          const shown = name ?? email ?? externalId ?? t("segments.members.anonymous");
          return (
            <li key={id}>
              <Avatar name={shown} />
              <div>
                <b>{shown}</b>
                <span>{[account, name && email].filter(Boolean).join(" · ")}</span>
              </div>
              <span className="faint small">
                {state === "unknown" ? "" : t(`segments.choices.state.${state}`)}
              </span>
              <ScoreChip score={score} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
