import * as fc from "fast-check";
import { expect, test } from "vitest";
import { anySeries, drawSeries } from "./arbitrary-activity.ts";
import { commonRhythm, type WeeklySeries } from "./common-rhythm.ts";
import { seededRandom } from "./seeded-random.ts";

const weeks = 60;
const random = seededRandom("rhythm");

function company(n: number, mean: (week: number, customer: number) => number): WeeklySeries[] {
  return Array.from({ length: n }, (_, i) => {
    const usual = Math.exp(random.normal(Math.log(12), 1));
    return drawSeries(random, weeks, (week) => usual * mean(week, i));
  });
}

test("without a rhythm it is 1, within the noise", () => {
  const { level, spread } = commonRhythm(
    company(400, () => 1),
    weeks,
  );
  for (const r of level) expect(Math.abs(r - 1)).toBeLessThan(0.12);
  for (const v of spread) expect(v).toBeLessThan(1.5);
});

test("two weeks at a third are found as such, and the spread of a week in which some are away and some are not", () => {
  const all = commonRhythm(
    company(300, (week) => (week === 50 || week === 51 ? 0.3 : 1)),
    weeks,
  );
  expect(all.level[50]).toBeCloseTo(0.3, 1);
  expect(all.level[51]).toBeCloseTo(0.3, 1);
  expect(all.level[52]).toBeCloseTo(1, 1);
  expect(all.spread[50]).toBeLessThan(1.5);
  const some = commonRhythm(
    company(300, (week, i) => (week === 50 && i % 2 ? 0 : 1)),
    weeks,
  );
  expect(some.level[50]).toBeCloseTo(0.5, 1);
  expect(some.spread[50]).toBeGreaterThan(2.5);
});

test("neither growth nor those who left, nor one customer of a thousandfold activity, make a rhythm", () => {
  const grown = Array.from({ length: 300 }, (_, i) =>
    drawSeries(random, weeks, () => 20, { first: i % weeks }),
  );
  const left = company(100, (week, i) => (week >= 30 + (i % 10) ? 0 : 1));
  const giant = drawSeries(random, weeks, (week) => (week < 45 ? 20_000 : 100));
  const { level } = commonRhythm([...grown, ...left, giant], weeks);
  expect(level[weeks - 1]! / level[20]!).toBeGreaterThan(0.8);
  expect(level[weeks - 1]! / level[20]!).toBeLessThan(1.1);
});

test("two customers make a rhythm only in part", () => {
  const { level } = commonRhythm(
    company(2, (week) => (week === 50 ? 0 : 1)),
    weeks,
  );
  expect(level[50]).toBeGreaterThan(0.4);
});

test("a week says nothing of those before it, and nobody's order matters", () => {
  fc.assert(
    fc.property(
      fc.array(anySeries(40), { maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
      (series, until) => {
        const whole = commonRhythm(series, 40);
        const part = commonRhythm(
          series.filter(({ first }) => first < until),
          until,
        );
        expect([...part.level]).toEqual(Array.from(whole.level.slice(0, until)));
        expect([...part.spread]).toEqual(Array.from(whole.spread.slice(0, until)));
        const turned = commonRhythm(series.toReversed(), 40);
        turned.level.forEach((r, week) => expect(r).toBeCloseTo(whole.level[week]!, 8));
        for (const r of whole.level) expect(r).toBeGreaterThan(0);
      },
    ),
    { numRuns: 50 },
  );
});
