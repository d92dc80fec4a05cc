import { expect, it } from "vitest";
import { businessMinutes, dayLength } from "./business-time.ts";

const hours = { from: "09:00", to: "17:00", days: [1, 2, 3, 4, 5] };
const between = (start: string, end: string, zone = "Europe/Berlin") =>
  businessMinutes(hours, zone, new Date(start), new Date(end));

it("counts the minutes in which somebody is there, by the clocks of the time zone", () => {
  expect(dayLength(hours)).toBe(480);
  // Friday 16:00 to Monday 11:00 in Berlin.
  expect(between("2026-10-09T14:00:00Z", "2026-10-12T09:00:00Z")).toBe(180);
  expect(between("2026-10-13T07:00:00Z", "2026-10-13T08:52:00Z")).toBe(112);
  // A weekend, a night, and what is over.
  expect(between("2026-10-10T08:00:00Z", "2026-10-11T20:00:00Z")).toBe(0);
  expect(between("2026-10-13T16:00:00Z", "2026-10-14T06:00:00Z")).toBe(0);
  expect(between("2026-10-13T08:00:00Z", "2026-10-13T07:00:00Z")).toBe(0);
  // Over the night in which clocks go back: still eight hours a day.
  expect(between("2026-10-23T07:00:00Z", "2026-10-26T16:00:00Z")).toBe(960);
  expect(between("2026-10-12T23:30:00Z", "2026-10-13T00:30:00Z", "Asia/Tokyo")).toBe(30);
});
