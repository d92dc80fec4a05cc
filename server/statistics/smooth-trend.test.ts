import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyScores } from "./arbitrary-counts.ts";
import { categoryCounts, emptyScoreCounts, nps } from "./nps.ts";
import { adjustedWaldInterval } from "./nps-interval.ts";
import { seededRandom } from "./seeded-random.ts";
import { smoothTrend } from "./smooth-trend.ts";

/** Scores with so many detractors, passives and promoters. */
function scores(detractors: number, passives: number, promoters: number): number[] {
  return [detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters];
}

describe("the smoothed trend", () => {
  it("weighs neighbours by the kernel, as calculated by hand", () => {
    // Bandwidth 1, one period away: e^−½ = 0.60653. (50 + 0.60653·0)/(100 + 60.653) and its counterpart.
    const [first, second] = smoothTrend([scores(0, 50, 50), scores(50, 0, 50)], { bandwidth: 1 });
    expect(first?.nps).toBeCloseTo(31.123, 3);
    expect(second?.nps).toBeCloseTo(18.877, 3);
    // Kish: (160.653)²/(100 + 0.36788·100).
    expect(first?.effectiveN).toBeCloseTo(188.68, 2);
  });

  it("is the raw score with its interval when there is one period only", () => {
    const [only] = smoothTrend([scores(10, 20, 30)]);
    const { low, high } = adjustedWaldInterval({ detractors: 10, passives: 20, promoters: 30 })!;
    expect(only?.nps).toBeCloseTo(100 / 3, 10);
    expect(only?.interval?.low).toBeCloseTo(low, 10);
    expect(only?.interval?.high).toBeCloseTo(high, 10);
    expect(only?.effectiveN).toBeCloseTo(60, 10);
  });

  it("is flat, and surer than any single period, when every period is alike", () => {
    fc.assert(
      fc.property(anyScores, fc.integer({ min: 2, max: 12 }), (period, length) => {
        const trend = smoothTrend(
          Array.from({ length }, () => period),
          { minimumAnswers: 0 },
        );
        const total = period.reduce((sum, count) => sum + count, 0);
        for (const point of trend) {
          expect(point.nps).toBeCloseTo(nps(categoryCounts(period))!, 8);
          expect(point.effectiveN).toBeGreaterThan(total);
        }
      }),
    );
  });

  it("bridges an empty period between full ones", () => {
    const trend = smoothTrend([scores(10, 20, 30), emptyScoreCounts(), scores(10, 20, 30)]);
    expect(trend[1]?.nps).toBeCloseTo(100 / 3, 10);
  });

  it("says nothing where answers are few or far away", () => {
    const few = smoothTrend([scores(1, 2, 3)]);
    expect(few).toEqual([{ nps: undefined, interval: undefined, effectiveN: 6 }]);

    const gap = smoothTrend([
      scores(100, 200, 300),
      ...Array.from({ length: 9 }, emptyScoreCounts),
      scores(100, 200, 300),
    ]);
    expect(gap[0]?.nps).toBeDefined();
    expect(gap[5]).toEqual({ nps: undefined, interval: undefined, effectiveN: 0 });
    // Four periods off, 600 answers count as 17: not enough, although their effective number is 600.
    expect(gap[4]?.nps).toBeUndefined();
    expect(gap[4]?.effectiveN).toBeCloseTo(600, 6);
  });

  it("has nothing to say about nothing", () => {
    expect(smoothTrend([])).toEqual([]);
    expect(smoothTrend([emptyScoreCounts()], { minimumAnswers: 0 })[0]?.nps).toBeUndefined();
  });

  it("refuses a bandwidth of nothing", () => {
    expect(() => smoothTrend([], { bandwidth: 0 })).toThrow("above 0, not 0");
  });

  it("covers a steady truth in 93 to 97 % of 2,000 series", () => {
    const random = seededRandom("steady series");
    let covered = 0;
    for (let series = 0; series < 2000; series++) {
      const periods = Array.from({ length: 7 }, () => {
        const period = emptyScoreCounts();
        for (let i = random.poisson(25); i > 0; i--)
          period[[0, 7, 10][random.categorical([0.2, 0.4, 0.4])]!]! += 1;
        return period;
      });
      const { low, high } = smoothTrend(periods)[3]!.interval!;
      if (low <= 20 && high >= 20) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.93);
    expect(covered / 2000).toBeLessThan(0.97);
  });
});
