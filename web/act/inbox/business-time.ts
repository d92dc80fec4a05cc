import type { InboxSettings } from "../../../server/act/inbox/inbox-settings.ts";

export type BusinessHours = InboxSettings["hours"];

const minutesOfDay = 1440;
/** Longer than any limit; beyond it nobody counts hours. */
const mostDays = 500;

/** The business minutes between two moments, by the clocks of a time zone; 0 when the second is not later. */
export function businessMinutes(hours: BusinessHours, timeZone: string, start: Date, end: Date): number {
  if (end <= start) return 0;
  const [first, last] = [clockIn(timeZone, start), clockIn(timeZone, end)];
  const [from, to] = [minutesIn(hours.from), minutesIn(hours.to)];
  let total = 0;
  for (let day = first.day; day <= Math.min(last.day, first.day + mostDays); day++) {
    if (!hours.days.includes(weekdayOf(day))) continue;
    const opens = Math.max(from, day === first.day ? first.minutes : 0);
    const closes = Math.min(to, day === last.day ? last.minutes : minutesOfDay);
    total += Math.max(0, closes - opens);
  }
  return total;
}

/** How long a business day is, in minutes. */
export function dayLength({ from, to }: BusinessHours): number {
  return minutesIn(to) - minutesIn(from);
}

function minutesIn(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return 60 * hours + minutes;
}

/** What the clocks show there: the day, counted from 1970, and the minutes since midnight. */
function clockIn(timeZone: string, at: Date): { day: number; minutes: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return {
    day: Date.UTC(part("year"), part("month") - 1, part("day")) / 86_400_000,
    minutes: 60 * part("hour") + part("minute") + part("second") / 60,
  };
}

/** 1 is Monday, 7 Sunday; the first of January 1970 was a Thursday. */
const weekdayOf = (day: number) => ((day + 3) % 7) + 1;
