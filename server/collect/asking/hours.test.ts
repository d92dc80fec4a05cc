import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfDay, isWithinHours, localTime, nextWithinHours, startOfDay } from "./hours.ts";

const office = { from: "09:00", to: "17:00", weekends: false };
const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Pacific/Chatham",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Pacific/Kiritimati",
];
const time = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
});
const someHours = fc.record({ from: time, to: time, weekends: fc.boolean() });
const someMoment = fc
  .date({ min: new Date("2025-01-01"), max: new Date("2028-01-01"), noInvalidDate: true })
  .map((date) => new Date(date));

describe("the hours of a survey", () => {
  it("are those of the clock on the wall, in summer and in winter", () => {
    expect(isWithinHours(office, "Europe/Berlin", new Date("2026-07-01T07:00:00Z"))).toBe(true);
    expect(isWithinHours(office, "Europe/Berlin", new Date("2026-12-01T07:59:00Z"))).toBe(false);
    expect(isWithinHours(office, "Europe/Berlin", new Date("2026-12-01T08:00:00Z"))).toBe(true);
    // The Sunday on which the clocks jump from 02:00 to 03:00, and the Monday after it.
    const all = { ...office, weekends: true };
    expect(isWithinHours(all, "Europe/Berlin", new Date("2026-03-29T06:59:00Z"))).toBe(false);
    expect(isWithinHours(all, "Europe/Berlin", new Date("2026-03-29T07:00:00Z"))).toBe(true);
    expect(nextWithinHours(office, "Europe/Berlin", new Date("2026-03-28T12:00:00Z"))).toEqual(
      new Date("2026-03-30T07:00:00Z"),
    );
  });

  it("leave the weekend out, and go over midnight where they end before they begin", () => {
    expect(isWithinHours(office, "UTC", new Date("2026-10-17T10:00:00Z"))).toBe(false);
    expect(isWithinHours(office, "UTC", new Date("2026-10-16T17:00:00Z"))).toBe(false);
    const night = { from: "22:00", to: "06:00", weekends: true };
    expect(isWithinHours(night, "UTC", new Date("2026-10-16T23:00:00Z"))).toBe(true);
    expect(isWithinHours(night, "UTC", new Date("2026-10-16T05:59:00Z"))).toBe(true);
    expect(isWithinHours(night, "UTC", new Date("2026-10-16T06:00:00Z"))).toBe(false);
  });

  it("are unknown in a place that is none", () => {
    expect(isWithinHours(office, "Mars/Base", new Date("2026-10-16T10:00:00Z"))).toBe(false);
    expect(localTime("Mars/Base", new Date())).toBeUndefined();
  });

  it("begin next at a moment within them, and at no earlier minute", () => {
    fc.assert(
      fc.property(
        someHours,
        fc.constantFrom(...zones),
        someMoment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hours, zone, at, share) => {
          const next = nextWithinHours(hours, zone, at);
          expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
          expect(isWithinHours(hours, zone, next)).toBe(true);
          // Any moment before it is outside.
          const between = new Date(at.getTime() + Math.floor((next.getTime() - at.getTime() - 1) * share));
          if (between >= at && between < next) expect(isWithinHours(hours, zone, between)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a day", () => {
  it("begins and ends at the local midnight, and has 23 to 25 hours", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), someMoment, (zone, at) => {
        const [start, end] = [startOfDay(zone, at), endOfDay(zone, at)];
        const day = (moment: Date) => localTime(zone, moment)!.day;
        expect(start <= at && at < end).toBe(true);
        expect(day(start)).toBe(day(at));
        expect(day(new Date(start.getTime() - 1))).not.toBe(day(at));
        expect(day(new Date(end.getTime() - 1))).toBe(day(at));
        expect(day(end)).not.toBe(day(at));
        const hours = (end.getTime() - start.getTime()) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(23);
        expect(hours).toBeLessThanOrEqual(25);
      }),
      { numRuns: 200 },
    );
  });
});
