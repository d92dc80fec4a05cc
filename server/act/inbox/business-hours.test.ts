import fc from "fast-check";
import { expect, test } from "vitest";
import { localTime } from "../../collect/asking/hours.ts";
import { BusinessHours, businessTimeBetween, dueAfter, momentOf } from "./business-hours.ts";

const week: BusinessHours = { from: "09:00", to: "17:00", days: [1, 2, 3, 4, 5] };
const berlin = "Europe/Berlin";
const due = (start: string, hours: number, open = week, zone = berlin) =>
  dueAfter(open, zone, new Date(start), hours).toISOString();

test("business hours skip nights and weekends, and know that clocks are changed", () => {
  // A Tuesday, 11:00 there: eight hours are the rest of the day and two of the next.
  expect(due("2026-10-13T09:00:00Z", 8)).toBe("2026-10-14T09:00:00.000Z");
  // Friday 16:30, two hours: Monday 10:30. At night and on Sunday the clock stands still.
  expect(due("2026-10-16T14:30:00Z", 2)).toBe("2026-10-19T08:30:00.000Z");
  expect(due("2026-10-18T03:12:00Z", 1)).toBe("2026-10-19T08:00:00.000Z");
  // Over the weekend on which summer time ends: 09:00 there is 07:00 UTC before and 08:00 after.
  expect(due("2026-10-23T14:00:00Z", 2)).toBe("2026-10-26T09:00:00.000Z");
  // And on which it begins.
  expect(due("2026-03-27T15:00:00Z", 2)).toBe("2026-03-30T08:00:00.000Z");
  // Where somebody is there on Sunday night too, that day has 23 hours or 25.
  const always: BusinessHours = { from: "00:00", to: "24:00", days: [1, 2, 3, 4, 5, 6, 7] };
  expect(due("2026-03-28T23:00:00Z", 23, always)).toBe("2026-03-29T22:00:00.000Z");
  expect(due("2026-10-24T22:00:00Z", 25, always)).toBe("2026-10-25T23:00:00.000Z");
  // 02:30 comes twice, the first counts; or never, then it is 03:30.
  const at = (day: string, time: string) => new Date(momentOf(berlin, new Date(day), time)).toISOString();
  expect(at("2026-10-25", "02:30")).toBe("2026-10-25T00:30:00.000Z");
  expect(at("2026-03-29", "02:30")).toBe("2026-03-29T01:30:00.000Z");
  // An unknown zone is UTC.
  expect(due("2026-10-13T09:00:00Z", 1, week, "Mars/Olympus")).toBe("2026-10-13T10:00:00.000Z");
  for (const wrong of [
    { ...week, to: "09:00" },
    { ...week, days: [] },
    { ...week, from: "25:00" },
  ])
    expect(BusinessHours.safeParse(wrong).success).toBe(false);
});

const zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"];
const time = fc.integer({ min: 0, max: 95 }).map((n) => {
  const [hour, quarter] = [Math.floor(n / 4), n % 4];
  return `${String(hour).padStart(2, "0")}:${String(quarter * 15).padStart(2, "0")}`;
});
const hoursOf = fc
  .tuple(time, time, fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }))
  .filter(([a, b]) => a !== b)
  .map(([a, b, days]): BusinessHours => ({ from: a < b ? a : b, to: a < b ? b : a, days }));
const moment = fc.integer({ min: Date.parse("2026-01-01") / 60_000, max: Date.parse("2027-12-31") / 60_000 });

test("what is due lies in business hours, parts add up, and later starts are due later", () => {
  fc.assert(
    fc.property(
      hoursOf,
      fc.constantFrom(...zones),
      moment,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (hours, zone, minutes, a, b) => {
        const start = new Date(minutes * 60_000);
        const end = dueAfter(hours, zone, start, a);
        // The last minute before it is one in which somebody is there.
        const last = localTime(zone, new Date(end.getTime() - 60_000))!;
        expect(hours.days).toContain(last.weekday);
        const shown = `${String(Math.floor(last.minutes / 60)).padStart(2, "0")}:${String(last.minutes % 60).padStart(2, "0")}`;
        expect(shown < hours.to).toBe(true);
        expect(businessTimeBetween(hours, zone, start, end)).toBe(a * 3_600_000);
        expect(dueAfter(hours, zone, end, b)).toEqual(dueAfter(hours, zone, start, a + b));
        const later = dueAfter(hours, zone, new Date(start.getTime() + 3_600_000), a);
        expect(later.getTime()).toBeGreaterThanOrEqual(end.getTime());
      },
    ),
    { numRuns: 50 },
  );
});

test("business time is what counting minute by minute finds", () => {
  fc.assert(
    fc.property(
      hoursOf,
      fc.constantFrom(...zones),
      moment,
      fc.integer({ min: 0, max: 4_000 }),
      (hours, zone, m, n) => {
        let counted = 0;
        for (let i = 0; i < n; i++) {
          const { weekday, minutes } = localTime(zone, new Date((m + i) * 60_000))!;
          const shown = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
          if (hours.days.includes(weekday) && shown >= hours.from && shown < hours.to) counted++;
        }
        const between = businessTimeBetween(hours, zone, new Date(m * 60_000), new Date((m + n) * 60_000));
        // A clock that is changed within the hours shows some minutes twice, or never.
        expect(Math.abs(between / 60_000 - counted)).toBeLessThanOrEqual(60);
        if (!isChanged(zone, m, n)) expect(between / 60_000).toBe(counted);
      },
    ),
    { numRuns: 40 },
  );
});

function isChanged(zone: string, start: number, minutes: number): boolean {
  const distance = (at: number) => {
    const { day, minutes } = localTime(zone, new Date(at * 60_000))!;
    return Date.parse(`${day}T00:00:00Z`) / 60_000 + minutes - at;
  };
  return distance(start) !== distance(start + minutes);
}
