import { expect, test } from "vitest";
import { deviationOf, lookAtWeek, moveBaseline, newWeeklyBaseline } from "./weekly-baseline.ts";

/** What is usual in the week after these, with a rhythm of 1 unless another is given. */
function baselineAfter(counts: number[], rhythm?: number[]) {
  const weeks = counts.length;
  const levels = rhythm ?? Array.from({ length: weeks }, () => 1);
  const baseline = newWeeklyBaseline(counts, { first: 0, weeks });
  for (let week = 0; week < weeks; week++) {
    moveBaseline(baseline, week, levels);
    lookAtWeek(baseline, week, levels[week]!);
  }
  return baseline;
}

test("level and dispersion are those of glm(count ~ 1, quasipoisson) for spray A of R's InsectSprays", () => {
  // Beall (1942). Two weeks of settling before, and four recent ones after, are not counted.
  const sprays = [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13];
  const baseline = baselineAfter([99, 99, ...sprays, 1, 1, 1, 1]);
  expect(baseline.weeks).toBe(12);
  expect(baseline.level).toBeCloseTo(14.5, 10);
  expect(baseline.dispersion).toBeCloseTo(1.536, 3);
  expect(deviationOf(baseline, 1)).toBeCloseTo(Math.sqrt(1.536 * 14.5 * (1 + 1 / 12)) * (1 + 2 / 12), 2);
});

test("a level needs six weeks besides settling and the last four", () => {
  const steady = (weeks: number) => baselineAfter(Array.from({ length: weeks }, () => 5)).level;
  expect(steady(11)).toBeUndefined();
  expect(steady(12)).toBe(5);
});

test("a week of holidays lowers the expectation, not the level", () => {
  const rhythm = Array.from({ length: 24 }, (_, week) => (week % 3 === 0 ? 0.2 : 1));
  const baseline = baselineAfter(
    rhythm.map((r) => 20 * r),
    rhythm,
  );
  expect(baseline.level).toBeCloseTo(20, 10);
  expect(baseline.dispersion).toBe(1);
  expect(baseline.z).toBeCloseTo(0, 10);
});

test("one odd week does not become the measure", () => {
  const counts = Array.from({ length: 36 }, () => 20);
  counts[20] = 2_000;
  expect(baselineAfter(counts).level).toBeLessThan(21);
  expect(baselineAfter(counts).limited[20]).toBeCloseTo(
    20 + 3 * Math.sqrt(20 * (1 + 1 / 15)) * (1 + 2 / 15),
    0,
  );
});

test("only the last 26 weeks count, and who did nothing in them is not far from one event", () => {
  const counts = [...Array.from({ length: 30 }, () => 50), ...Array.from({ length: 90 }, () => 0), 1];
  const baseline = baselineAfter(counts);
  expect(baseline.level).toBe(0);
  expect(baseline.z).toBeGreaterThan(0);
  expect(baseline.z).toBeLessThan(10);
});
