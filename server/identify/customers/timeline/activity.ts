import type { Database } from "../../../platform/database/open.ts";
import { readEngagement } from "../../engagement/read-engagement.ts";
import { addWeeks } from "../../engagement/week.ts";
import type { TimelineItem, Wanted } from "./timeline.ts";

/** When the customer's activity left its usual range, stopped or came back, at the end of the week that showed it. */
export async function readActivity(
  db: Database,
  { clock, workspaceId, customerId, upTo }: Wanted,
): Promise<TimelineItem[]> {
  const { weeks } = await readEngagement(db, clock, workspaceId, customerId);
  return weeks.flatMap(({ week, state, events, usual }, index) => {
    const before = weeks[index - 1]?.state;
    const at = new Date(addWeeks(week, 1));
    // How somebody is when they come is not a change.
    if (before === undefined || before === state || (before === "unknown" && state === "flat")) return [];
    if (upTo && at > upTo) return [];
    const range = usual && { low: usual.low, high: usual.high };
    return [
      { kind: "activity" as const, id: week, at: at.toISOString(), state, before, events, usual: range },
    ];
  });
}
