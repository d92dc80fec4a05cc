import type { SurveySettings } from "../surveys/survey-settings.ts";

export type Hours = SurveySettings["hours"];

const minute = 60_000;
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** What the clocks show in a time zone: weekday 1 (Monday) to 7, the day as 2026-01-31, and minutes since midnight. */
export interface LocalTime {
  weekday: number;
  day: string;
  minutes: number;
}

/** Whether this Node knows the time zone. */
export function isTimeZone(name: string): boolean {
  return formatOf(name) !== undefined;
}

/** The local time at a moment; undefined for a time zone that this Node does not know. */
export function localTime(timeZone: string, at: Date): LocalTime | undefined {
  const format = formatOf(timeZone);
  if (!format) return undefined;
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  const day = `${parts.year!.padStart(4, "0")}-${parts.month!}-${parts.day!}`;
  return {
    day,
    weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** Whether mails may go out at this moment where the clocks show this time zone. From 22:00 to 06:00 is over night. */
export function isWithinHours(hours: Hours, timeZone: string, at: Date): boolean {
  const local = localTime(timeZone, at);
  return local !== undefined && isOpen(hours, local);
}

function isOpen({ from, to, weekends }: Hours, { weekday, minutes }: LocalTime): boolean {
  if (!weekends && weekday >= 6) return false;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  // The same time twice means the whole day.
  if (start === end) return true;
  return start < end ? minutes >= start && minutes < end : minutes >= start || minutes < end;
}

/** The first moment from `at` on when mails may go out; `at` itself where the time zone is unknown. */
export function nextWithinHours(hours: Hours, timeZone: string, at: Date): Date {
  if (!localTime(timeZone, at) || isWithinHours(hours, timeZone, at)) return at;
  // Clocks are changed by whole quarters of an hour and hours begin at any minute: by quarters, then by minutes.
  let time = Math.floor(at.getTime() / minute) * minute;
  const open = () => isWithinHours(hours, timeZone, new Date(time));
  const last = time + 8 * 24 * 60 * minute;
  while (!open() && time < last) time += 15 * minute;
  if (!open()) return nextByMinutes(hours, timeZone, at);
  while (time - minute > at.getTime() && isWithinHours(hours, timeZone, new Date(time - minute)))
    time -= minute;
  return new Date(Math.max(time, at.getTime()));
}

/** The first moment from `at` on when a mail may go to a customer: by their clock, else by the workspace's. */
export function nextForCustomer(
  { settings, workspaceTimeZone }: { settings: { hours: Hours }; workspaceTimeZone: string },
  timeZone: string | null,
  at: Date,
): Date {
  const zone = timeZone !== null && isTimeZone(timeZone) ? timeZone : workspaceTimeZone;
  return nextWithinHours(settings.hours, zone, at);
}

// Hours shorter than a quarter of an hour lie between two steps.
function nextByMinutes(hours: Hours, timeZone: string, at: Date): Date {
  let time = Math.ceil(at.getTime() / minute) * minute;
  const last = time + 8 * 24 * 60 * minute;
  while (time < last && !isWithinHours(hours, timeZone, new Date(time))) time += minute;
  return new Date(time);
}

/** The moment at which the day of `at` began where the clocks show this time zone. */
export function startOfDay(timeZone: string, at: Date): Date {
  const today = localTime(timeZone, at)?.day;
  if (today === undefined) return new Date(Math.floor(at.getTime() / (24 * 60 * minute)) * 24 * 60 * minute);
  // A day has at most 25 hours; the last moment at which it was yesterday lies within them.
  let [yesterday, same] = [Math.floor(at.getTime() / minute) - 26 * 60, Math.floor(at.getTime() / minute)];
  while (same - yesterday > 1) {
    const middle = Math.floor((yesterday + same) / 2);
    if (localTime(timeZone, new Date(middle * minute))!.day < today) yesterday = middle;
    else same = middle;
  }
  return new Date(same * minute);
}

/** The moment at which the next day begins. */
export function endOfDay(timeZone: string, at: Date): Date {
  const start = startOfDay(timeZone, at).getTime();
  return startOfDay(timeZone, new Date(start + 27 * 60 * minute));
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(timeZone)) {
    if (formats.size > 1_000) formats.clear();
    formats.set(timeZone, newFormat(timeZone));
  }
  return formats.get(timeZone);
}

function newFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const numeric = "2-digit";
    return new Intl.DateTimeFormat("en-GB-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
    });
  } catch {
    return undefined;
  }
}
