import { z } from "@hono/zod-openapi";
import { localTime } from "../../collect/asking/hours.ts";
import { because } from "../../platform/http/problem-of-issue.ts";

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "is no time; write one like 09:00, at most 24:00");

/** When somebody is there to answer: the same hours on each of these days. */
export const BusinessHours = z
  .strictObject({
    from: clockTime,
    to: clockTime,
    days: z
      .array(z.int().min(1).max(7))
      .min(1, "Choose at least one day.")
      .transform((days) => [...new Set(days)].toSorted((a, b) => a - b))
      .describe("1 is Monday, 7 Sunday."),
  })
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    ...because("ends_before_start", "must be later than the beginning"),
  })
  .openapi("BusinessHours");
export type BusinessHours = z.infer<typeof BusinessHours>;

const minute = 60_000;
const day = 24 * 60 * minute;
// Seven days always hold one that is open, and clocks move by hours: more than a year means no such hours.
const mostDays = 3_700;

/** The moment after so many business hours, counted from `start` on where the clocks show this time zone. */
export function dueAfter(hours: BusinessHours, timeZone: string, start: Date, businessHours: number): Date {
  let left = businessHours * 60 * minute;
  for (const [from, to] of openSpans(hours, timeZone, start)) {
    if (left <= to - from) return new Date(from + left);
    left -= to - from;
  }
  throw new RangeError("These business hours never come to an end.");
}

/** The business time between two moments, in milliseconds. */
export function businessTimeBetween(hours: BusinessHours, timeZone: string, start: Date, end: Date): number {
  let sum = 0;
  for (const [from, to] of openSpans(hours, timeZone, start)) {
    if (from >= end.getTime()) break;
    sum += Math.min(to, end.getTime()) - from;
  }
  return sum;
}

/** The spans of time in which somebody is there, from `start` on. Where a clock is changed in one, it is as long as it is. */
function* openSpans(hours: BusinessHours, timeZone: string, start: Date): Generator<[number, number]> {
  const today = localTime(timeZone, start)?.day ?? start.toISOString().slice(0, 10);
  const first = Date.parse(`${today}T00:00:00Z`);
  for (let n = 0; n < mostDays; n++) {
    const date = new Date(first + n * day);
    if (!hours.days.includes(date.getUTCDay() || 7)) continue;
    const from = Math.max(momentOf(timeZone, date, hours.from), start.getTime());
    const to = momentOf(timeZone, date, hours.to);
    if (from < to) yield [from, to];
  }
}

/** The first moment at which the clocks show this time of this day; where they skip it, the moment that they skip to. */
export function momentOf(timeZone: string, date: Date, time: string): number {
  const wanted = date.getTime() + minutesOf(time) * minute;
  // Clocks change by less than a day, so one of these two knows the distance to UTC.
  const [before, after] = [distance(timeZone, wanted - day), distance(timeZone, wanted + day)];
  const fits = [wanted - before, wanted - after]
    .filter((at) => at + distance(timeZone, at) === wanted)
    .toSorted((a, b) => a - b);
  return fits[0] ?? wanted - before;
}

/** How far the clocks there are ahead of UTC. */
function distance(timeZone: string, at: number): number {
  const whole = Math.floor(at / minute) * minute;
  const local = localTime(timeZone, new Date(whole));
  return local ? Date.parse(`${local.day}T00:00:00Z`) + local.minutes * minute - whole : 0;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
