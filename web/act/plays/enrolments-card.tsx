import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { useMedia } from "../../ui/media.ts";
import { Badge, ScoreChip } from "../../ui/marks.tsx";
import { ErrorCard, EmptyState, Ghost } from "../../ui/states.tsx";
import { VirtualTable } from "../../ui/virtual-table.tsx";
import { type Enrolment, enrolmentsQuery, type PlayDetails } from "./plays-data.ts";
import { usePlayChoices } from "./play-choices.ts";
import { useStepWords } from "./steps/step-words.ts";

const filters = {
  all: {},
  active: { state: "active" },
  done: { state: "done" },
  stopped: { state: "stopped" },
  holdout: { arm: "holdout" },
} as const;
type Filter = keyof typeof filters;

/** Who is in a play: in which arm, where they are, what became of them. */
export function EnrolmentsCard({ play }: { play: PlayDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const [filter, setFilter] = useState<Filter>("all");
  const list = useInfiniteQuery(enrolmentsQuery(slug, play.id, filters[filter]));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const { entered } = play.counts;
  return (
    <Card
      flush
      span={12}
      title={t("plays.people.title")}
      sub={entered > 0 ? t("plays.people.entered", { count: entered, written: format.count(entered) }) : null}
      end={
        entered > 0 && (
          <Tabs
            label={t("plays.people.show")}
            value={filter}
            options={(Object.keys(filters) as Filter[]).map((id) => ({
              id,
              label: t(`plays.people.filters.${id}`),
            }))}
            onChange={setFilter}
          />
        )
      }
    >
      {list.error ? (
        <div className="card-body">
          <ErrorCard title={t("plays.people.error")} error={list.error} onRetry={() => void list.refetch()} />
        </div>
      ) : !list.data ? (
        <div className="card-body">
          <Ghost lines={[36, 36, 36]} />
        </div>
      ) : rows.length === 0 ? (
        <div className="card-body">
          <EmptyState icon="person" title={t(entered === 0 ? "plays.people.none" : "plays.people.noneSuch")}>
            {entered === 0 && play.state === "live" ? t("plays.people.soon") : null}
          </EmptyState>
        </div>
      ) : (
        <People play={play} rows={rows} list={list} />
      )}
    </Card>
  );
}

function People({
  play,
  rows,
  list,
}: {
  play: PlayDetails;
  rows: readonly Enrolment[];
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const words = useStepWords(usePlayChoices());
  const isNarrow = useMedia("(max-width: 1180px)");
  const isSmall = useMedia("(min-width: 761px) and (max-width: 980px)");
  const steps = (play.definition ?? play.draft)?.steps ?? [];
  const where = ({ state, step, arm, stoppedBy }: Enrolment) => {
    if (state === "stopped") return t(`plays.people.stopped.${reasonOf(stoppedBy)}`);
    if (state === "done") return t("plays.people.done");
    if (arm === "holdout") return t("plays.people.leftAlone");
    const at = steps.find(({ id }) => id === step);
    return at ? words.title(at) : (step ?? t("plays.people.begins"));
  };
  return (
    <VirtualTable
      label={t("plays.people.title")}
      rows={rows}
      rowId={({ id }) => id}
      onEndReached={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      isLoadingMore={list.isFetchingNextPage}
      hidden={isSmall ? ["before", "entered", "goal"] : isNarrow ? ["before", "goal"] : []}
      columns={[
        {
          id: "customer",
          header: t("plays.people.customer"),
          width: "minmax(0, 2fr)",
          phone: "full",
          cell: ({ customer }) => (
            <span className="pl-name">
              <Link className="pl-link" href={`/${slug}/customers/${customer.id}`}>
                {customer.name ?? customer.email ?? t("plays.dryRun.anonymous")}
              </Link>
              {customer.account && <span className="faint small">{customer.account}</span>}
            </span>
          ),
        },
        {
          id: "before",
          header: t("plays.people.before"),
          width: "80px",
          phone: "hide",
          cell: ({ scoreBefore }) => <ScoreChip score={scoreBefore} />,
        },
        {
          id: "arm",
          header: t("plays.people.arm"),
          width: "150px",
          phone: "full",
          cell: ({ arm }) => (
            <Badge tone={arm === "holdout" ? "line" : "promoter"}>{t(`plays.arms.${arm}`)}</Badge>
          ),
        },
        { id: "where", header: t("plays.people.where"), width: "minmax(0, 2fr)", cell: where },
        {
          id: "entered",
          header: t("plays.people.since"),
          width: "130px",
          cell: ({ enteredAt }) => (
            <time className="nowrap" dateTime={enteredAt}>
              {format.shortDate(enteredAt)}
            </time>
          ),
        },
        {
          id: "goal",
          header: t("plays.people.goal"),
          width: "minmax(0, 1fr)",
          phone: "hide",
          cell: ({ reached, goalAt, resultDue }) =>
            goalAt !== null ? (
              <span className="pro">{t("plays.people.reached", { date: format.day(goalAt) })}</span>
            ) : reached === null ? (
              <span className="faint">{t("plays.people.due", { date: format.day(resultDue) })}</span>
            ) : (
              <span className="faint">{t("plays.people.missed")}</span>
            ),
        },
      ]}
    />
  );
}

const stops = [
  "goal",
  "replied",
  "complaint",
  "unsubscribed",
  "higher_priority",
  "merged",
  "entered_again",
  "play_ended",
] as const;

/** Why somebody left early, as far as we have words for it. */
function reasonOf(stoppedBy: string | null): (typeof stops)[number] | "other" {
  return stops.find((reason) => reason === stoppedBy) ?? "other";
}
