import type { ReactNode } from "react";
import { useTimeZone } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { ScoreChip } from "../../ui/marks.tsx";
import type { TimelineItem } from "./customers-data.ts";
import { Said } from "./timeline-said.tsx";

const icons: Record<Exclude<TimelineItem["kind"], "answer">, IconName> = {
  change: "undo",
  set_aside: "filter",
  invitation: "mail",
  reminder: "mail",
  suppression: "close",
  complaint: "warning",
  visit: "eye",
  activity: "trend",
  purchase: "table",
  merge: "link",
  segment: "category",
  message: "mail",
  play: "category",
  incentive: "table",
  created: "person",
};

/** One thing that happened: a drawing, a sentence, and when. */
export function TimelineLine({ item }: { item: TimelineItem }) {
  const { day, dateTime } = useFormat(useTimeZone());
  const isLow = item.kind === "activity" && (item.state === "cooling" || item.state === "dormant");
  return (
    <li>
      <span className={isLow ? "cu-ic pas" : "cu-ic"}>{drawing(item)}</span>
      <div className="cu-said">
        <Said item={item} />
      </div>
      <time dateTime={item.at} title={dateTime(item.at)}>
        {day(item.kind === "visit" ? item.day : item.at)}
      </time>
    </li>
  );
}

function drawing(item: TimelineItem): ReactNode {
  if (item.kind === "answer") return <ScoreChip score={item.score} />;
  const isLow = item.kind === "activity" && (item.state === "cooling" || item.state === "dormant");
  return <Icon name={isLow ? "cooling" : icons[item.kind]} size={14} />;
}
