import type { Outlook } from "./count-outlook.ts";
import { endOfDay, nextWithinHours } from "./hours.ts";
import type { Asking } from "./turn.ts";

/** How many days ahead a forecast looks. */
export const daysAhead = 7;

/** The ends of today and of the days after it, where the clocks show this time zone. */
export function dayEnds(timeZone: string, now: Date): Date[] {
  const ends: Date[] = [];
  for (let day = 0, at = now; day < daysAhead; day++) {
    at = endOfDay(timeZone, at);
    ends.push(at);
  }
  return ends;
}

/**
 * How many are asked in the days ahead, when next and how many then: each day those who are free by its end, as far as
 * the daily cap lets them. Days are the workspace's.
 */
export function planDays(
  { settings, workspaceTimeZone }: Asking & { workspaceTimeZone: string },
  { freeByDay, firstFree, firstFreeByDay }: Outlook,
  { capLeft, now }: { capLeft: number; now: Date },
): { asked: number; nextAt: Date | null; nextN: number } {
  const cap = settings.perDay ?? Number.POSITIVE_INFINITY;
  let [waiting, asked, nextN] = [0, 0, 0];
  let nextAt: Date | null = null;
  for (const [day, end] of dayEnds(workspaceTimeZone, now).entries()) {
    const fresh = freeByDay[day] ?? 0;
    const start = day === 0 ? now : dayEnds(workspaceTimeZone, now)[day - 1]!;
    // Where nobody has waited, the day's first mail goes out when the first customer is free.
    const from = waiting > 0 ? start : (firstFreeByDay[day] ?? start);
    const opens = nextWithinHours(settings.hours, workspaceTimeZone, from > start ? from : start);
    waiting += fresh;
    if (opens >= end) continue;
    const n = Math.min(waiting, day === 0 ? capLeft : cap);
    waiting -= n;
    asked += n;
    if (n > 0 && !nextAt) [nextAt, nextN] = [opens, n];
  }
  if (nextAt || !firstFree) return { asked, nextAt, nextN };
  return { asked, nextAt: nextWithinHours(settings.hours, workspaceTimeZone, firstFree), nextN: 1 };
}
