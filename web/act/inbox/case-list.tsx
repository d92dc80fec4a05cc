import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Button, Kbd, Link, TextButton } from "../../ui/button.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { ScoreChip } from "../../ui/marks.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { useIsPhone } from "../../ui/width.ts";
import { inboxAddress, type InboxView } from "./inbox-address.ts";
import { type Case, type CaseCounts, type CaseList as List, nameOfCase } from "./inbox-data.ts";
import { duration, useTimeLeft } from "./time-left.ts";

/** What the list shows. */
export interface CaseListProps {
  view: InboxView;
  rows: readonly Case[];
  counts: CaseCounts | undefined;
  isLoaded: boolean;
  error: unknown;
  onRetry: () => void;
  onList: (state: List) => void;
  onMore: (() => void) | undefined;
}

/** Who is waiting: what is due first on top. */
export function CaseList({ view, rows, counts, isLoaded, error, onRetry, onList, onMore }: CaseListProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  return (
    <section className="ib-l" aria-label={t(`inbox.lists.${view.state}`)}>
      <div className="ib-h">
        <h1>{t("inbox.title")}</h1>
        <Lists state={view.state} counts={counts} onList={onList} />
        <Record counts={counts} />
      </div>
      {!isLoaded ? (
        <div className="ib-state">
          {error ? (
            <ErrorCard title={t("inbox.listError")} error={error} onRetry={onRetry} />
          ) : (
            <Ghost lines={[52, 52, 52, 52]} />
          )}
        </div>
      ) : rows.length === 0 ? (
        isPhone && <NobodyWaits state={view.state} counts={counts} />
      ) : (
        <ul>
          {rows.map((row) => (
            <Line key={row.id} row={row} view={view} />
          ))}
        </ul>
      )}
      {onMore && (
        <div className="ib-more">
          <Button size="sm" onPress={onMore}>
            {t("inbox.more")}
          </Button>
        </div>
      )}
      <p className="ib-keys" aria-hidden="true">
        <Kbd>J</Kbd> <Kbd>K</Kbd> {t("inbox.keys.move")} <Kbd>R</Kbd> {t("inbox.keys.reply")} <Kbd>E</Kbd>{" "}
        {t("inbox.keys.close")} <Kbd>?</Kbd> {t("inbox.keys.all")}
      </p>
    </section>
  );
}

function Lists({
  state,
  counts,
  onList,
}: {
  state: List;
  counts: CaseCounts | undefined;
  onList: (state: List) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = (["open", "mine", "waiting", "closed"] as const).map((id) => ({
    id: id as List,
    label:
      id === "closed" || !counts
        ? t(`inbox.tabs.${id}`)
        : `${t(`inbox.tabs.${id}`)} ${format.count(counts[id])}`,
  }));
  return (
    <>
      <Tabs label={t("inbox.tabs.label")} options={shown} value={state} onChange={onList} />
      {counts && state === "snoozed" && (
        <p className="ib-put-off">{t("inbox.snoozed", { count: counts.snoozed })}</p>
      )}
      {counts && counts.snoozed > 0 && state !== "snoozed" && (
        <TextButton onPress={() => onList("snoozed")}>
          {t("inbox.snoozed", { count: counts.snoozed })}
        </TextButton>
      )}
    </>
  );
}

/** How quickly first replies went out: the record, in sight also when there is nothing to do. */
function Record({ counts }: { counts: CaseCounts | undefined }) {
  const { t } = useTranslation();
  if (!counts) return <p className="ib-record">{"\u00a0"}</p>;
  const { medianMinutes, n } = counts.firstReply;
  const said = [
    medianMinutes === null
      ? t("inbox.noReplies")
      : t("inbox.median", { time: duration(t, medianMinutes), count: n }),
    counts.late > 0 && t("inbox.late", { count: counts.late }),
  ];
  return <p className="ib-record">{said.filter(Boolean).join(" ")}</p>;
}

function Line({ row, view }: { row: Case; view: InboxView }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isOpen = view.case === row.id;
  return (
    <li className={isOpen ? "on" : ""}>
      <Link
        className="ib-line"
        href={inboxAddress(slug, { ...view, case: row.id })}
        {...(isOpen && { "aria-current": "true" as const })}
      >
        <ScoreChip score={row.score} />
        <b>{nameOfCase(row) ?? t("inbox.somebody")}</b>
        <When row={row} />
        <Words row={row} />
        {row.replyFailed && row.state === "open" && (
          <span className="ib-failed">
            <Icon name="warning" size={14} />
            {t("inbox.replyFailed.mark")}
          </span>
        )}
      </Link>
    </li>
  );
}

function Words({ row: { comment, title, language, openedBy } }: { row: Case }) {
  const { t } = useTranslation();
  return comment ? (
    <span className="ib-words" lang={language ?? undefined}>
      {language?.startsWith("de") ? `„${comment}“` : `“${comment}”`}
    </span>
  ) : (
    // The title of a low answer is its words; without any it would be the score once more.
    <span className="ib-words">{(openedBy !== "detractor" && title) || t("inbox.noWords")}</span>
  );
}

/** Until when, or since when: what a list is about. */
function When({ row }: { row: Case }) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = useTimeLeft()(row);
  if (left) {
    return (
      <span className={`ib-sla ${left.tone}`}>
        {left.tone === "late" ? t("inbox.lateBy", { time: left.written }) : left.written}
      </span>
    );
  }
  if (row.state === "snoozed" && row.snoozedUntil)
    return <span className="ib-sla">{t("inbox.until", { day: format.day(row.snoozedUntil) })}</span>;
  return <span className="ib-sla">{format.day(row.closedAt ?? row.updatedAt)}</span>;
}

/** That nobody is here, and the record; on a phone in place of the list, else where a case would be. */
export function NobodyWaits({ state, counts }: { state: List; counts: CaseCounts | undefined }) {
  const { t } = useTranslation();
  const record =
    counts && counts.firstReply.medianMinutes !== null
      ? t("inbox.median", {
          time: duration(t, counts.firstReply.medianMinutes),
          count: counts.firstReply.n,
        })
      : t("inbox.empty.how");
  return (
    <EmptyState
      roomy
      icon={state === "open" || state === "mine" ? "check" : "inbox"}
      title={t(`inbox.empty.${state}`)}
    >
      {state === "open" || state === "mine" ? record : undefined}
    </EmptyState>
  );
}
