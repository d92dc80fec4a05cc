import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrendPoint } from "./trend-band.tsx";
import { beyond, roundTicks, trendScale } from "./trend-scale.ts";

/** Weeks with these values, under a band from `low` to `high`. */
function weeks(values: readonly (number | null)[], [low, high]: readonly [number, number] | [null, null]) {
  return values.map((value): TrendPoint => ({
    at: "2026-01-05",
    value,
    n: 9,
    smoothed: low === null ? null : 30,
    low,
    high,
  }));
}

describe("the axis of a trend", () => {
  it("has a tick below zero as soon as a week lies there", () => {
    expect(trendScale(weeks([31, -8, -10, 55], [12, 62])).ticks).toEqual([-25, 0, 25, 50, 75]);
    expect(trendScale(weeks([31, 8, 55], [12, 62])).ticks).toEqual([0, 20, 40, 60, 80]);
  });

  it("is not pressed flat by a week far out, and knows that it lies beyond", () => {
    const scale = trendScale(weeks([31, -100, 55, 100], [12, 48]));
    expect(scale.ticks).toEqual([0, 20, 40, 60]);
    expect([-100, 31, 55, 100].map((value) => beyond(scale, value))).toEqual([
      "below",
      undefined,
      undefined,
      "above",
    ]);
  });

  it("holds every week where there are too few answers for a band", () => {
    expect(trendScale(weeks([100, null, -100], [null, null])).ticks).toEqual([-100, -50, 0, 50, 100]);
    expect(trendScale([]).ticks).toEqual([0, 5, 10]);
  });

  it("always holds zero and the whole band, with two to five ticks, and stays within −100 to 100", () => {
    const score = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(fc.array(score), score, score, (values, one, other) => {
        const band = [Math.min(one, other), Math.max(one, other)] as const;
        const scale = trendScale(weeks([...values, null], band));
        for (const held of [0, ...band]) expect(beyond(scale, held)).toBeUndefined();
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(5);
        expect(scale.low).toBeGreaterThanOrEqual(-100);
        expect(scale.high).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe("round ticks", () => {
  it("are evenly spaced and enclose both ends", () => {
    expect(roundTicks(0, 10)).toEqual([0, 5, 10]);
    expect(roundTicks(-100, 100)).toEqual([-100, -50, 0, 50, 100]);
    expect(roundTicks(-3, 3)).toEqual([-4, -2, 0, 2, 4]);
    expect(roundTicks(-31, 44)).toEqual([-50, -25, 0, 25, 50]);
  });
});
