import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { TextButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { ScoreChip } from "../../ui/marks.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { setAsidesQuery, type SetAside, type SurveyDetails, type SurveyResults } from "./survey-data.ts";

/** Answers that look like a machine's: how many and why, and each of them. They are shown, not counted. */
export function SetAsideCard({ survey, results }: { survey: SurveyDetails; results: SurveyResults }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, overridden, byReason } = results.setAside;
  if (total === 0) {
    return (
      <Card span={12} title={t("surveys.aside.title")}>
        <EmptyState icon="check" title={t("surveys.aside.none")}>
          {t("surveys.aside.noneBody")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card span={12} flush title={t("surveys.aside.title")} className="sv-asides">
      <p className="sv-lead">
        {t("surveys.aside.lead", { count: total })}{" "}
        {overridden > 0 && t("surveys.aside.leadOverridden", { count: overridden })}
      </p>
      <ul className="sv-reasons">
        {byReason.map(({ reason, n }) => (
          <li key={reason}>
            <b>{format.count(n)}</b> <span className="muted">{t(`surveys.aside.reasons.${reason}`)}</span>
          </li>
        ))}
      </ul>
      <Listed survey={survey} />
    </Card>
  );
}

function Listed({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    setAsidesQuery(slug, survey.id),
  );
  if (!data) {
    return (
      <div className="sv-pad">
        {error ? (
          <ErrorCard title={t("surveys.aside.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[24, 24, 24]} />
        )}
      </div>
    );
  }
  return (
    <>
      <Table
        label={t("surveys.aside.title")}
        rows={data.pages.flatMap(({ items }) => items)}
        rowId={({ id }) => id}
        columns={[
          {
            id: "score",
            header: t("surveys.aside.score"),
            cell: ({ score }: SetAside) => <ScoreChip score={score} />,
          },
          {
            id: "reason",
            header: t("surveys.aside.reason"),
            phone: "full",
            cell: ({ reason }) => t(`surveys.aside.reasons.${reason}`),
          },
          {
            id: "outcome",
            header: t("surveys.aside.outcome"),
            phone: "full",
            cell: ({ overriddenAt }) =>
              overriddenAt ? (
                t("surveys.aside.overridden", { day: format.dateTime(overriddenAt) })
              ) : (
                <span className="faint">{t("surveys.aside.notOverridden")}</span>
              ),
          },
          {
            id: "time",
            header: t("surveys.aside.time"),
            align: "end",
            phone: "full",
            cell: ({ at }) => (
              <time className="muted nowrap" dateTime={at}>
                {format.dateTime(at)}
              </time>
            ),
          },
        ]}
      />
      {hasNextPage && (
        <div className="card-foot">
          <TextButton isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t("surveys.aside.more")}
          </TextButton>
        </div>
      )}
    </>
  );
}
