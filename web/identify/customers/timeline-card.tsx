import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLoaded } from "../../collect/use-loaded.ts";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { type Customer, type TimelineGroup, type TimelineItem, timelineQuery } from "./customers-data.ts";
import { TimelineLine } from "./timeline-line.tsx";

const groups = ["all", "answers", "messages", "visits", "purchases", "plays"] as const satisfies (
  | TimelineGroup
  | "all"
)[];

/** Everything that happened, newest first, under the months; narrowed to one kind by the tabs. */
export function TimelineCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [group, setGroup] = useState<(typeof groups)[number]>("all");
  const { rows, error, isLoaded, isBefore, isWhole, isMoreError, isLoadingMore, loadMore, retry } = useLoaded(
    useInfiniteQuery(timelineQuery(slug, customer.id, group)),
  );
  return (
    <Card
      span={8}
      className="cu-timeline"
      title={t("customers.timeline.title")}
      end={
        <Tabs
          label={t("customers.timeline.title")}
          options={groups.map((id) => ({ id, label: t(`customers.timeline.groups.${id}`) }))}
          value={group}
          onChange={setGroup}
        />
      }
    >
      {!isLoaded &&
        (error ? (
          <ErrorCard title={t("customers.timeline.error")} error={error} onRetry={retry} />
        ) : (
          <Ghost lines={[[14, "30%"], 28, 28, [14, "30%"], 28, 28, 28]} />
        ))}
      {isLoaded && rows.length === 0 && <p className="muted">{t("customers.timeline.nothing")}</p>}
      <div className={isBefore ? "rs-list before" : "rs-list"} aria-busy={isBefore}>
        <Months items={rows} />
      </div>
      {isMoreError && <ErrorCard title={t("customers.timeline.moreError")} error={error} onRetry={retry} />}
      {isLoaded && !isWhole && !isMoreError && (
        <Button onPress={loadMore} isPending={isLoadingMore}>
          {t("customers.timeline.more")}
        </Button>
      )}
    </Card>
  );
}

function Months({ items }: { items: readonly TimelineItem[] }) {
  const { monthOfYear } = useFormat(useTimeZone());
  const months = Map.groupBy(items, ({ at }) => monthOfYear(at));
  return [...months].map(([month, some]) => (
    <section key={month}>
      <h3>{month}</h3>
      <ul>
        {some.map((item) => (
          <TimelineLine key={`${item.kind} ${item.id}`} item={item} />
        ))}
      </ul>
    </section>
  ));
}
