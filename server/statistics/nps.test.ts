import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCounts, anyScores } from "./arbitrary-counts.ts";
import {
  addScoreCounts,
  categoryCounts,
  emptyScoreCounts,
  nps,
  npsStandardError,
  npsVariance,
} from "./nps.ts";

const counts = (detractors: number, passives: number, promoters: number) => ({
  detractors,
  passives,
  promoters,
});

describe("the Net Promoter Score and its variance", () => {
  it("agree with the tests of the R package NPS", () => {
    expect(nps(counts(1, 2, 3))).toBeCloseTo(33.33333333, 8);
    expect(npsVariance(counts(1, 2, 3))).toBeCloseTo(0.5555555556, 10);
    expect(npsStandardError(counts(1, 2, 3))).toBeCloseTo(30.4, 1);

    expect(npsVariance(counts(1, 0, 1))).toBe(1);
    expect(npsVariance(counts(0, 1, 1))).toBe(0.25);
    expect(npsVariance(counts(1, 1, 1))).toBeCloseTo(2 / 3, 12);
    expect(npsStandardError(counts(1, 0, 1))).toBeCloseTo(70.7, 1);
    expect(npsStandardError(counts(0, 1, 1))).toBeCloseTo(35.4, 1);
    expect(npsStandardError(counts(1, 1, 1))).toBeCloseTo(47.1, 1);
  });

  it("agree with the Cross Validated thread: half promoters, a third passives, 324 answers", () => {
    const answers = counts(54, 108, 162);
    expect(nps(answers)).toBeCloseTo(100 / 3, 10);
    expect(npsVariance(answers)).toBeCloseTo(5 / 9, 12);
    expect(npsStandardError(answers)).toBeCloseTo(4.1, 1);
  });

  it("agree with the SFO survey of 2017", () => {
    expect(nps(counts(342, 968, 1436))).toBeCloseTo(39.8398, 4);
    expect(npsStandardError(counts(342, 968, 1436))).toBeCloseTo(1.3341, 4);
  });

  it("are undefined when nobody answered", () => {
    expect(nps(counts(0, 0, 0))).toBeUndefined();
    expect(npsVariance(counts(0, 0, 0))).toBeUndefined();
    expect(npsStandardError(counts(0, 0, 0))).toBeUndefined();
  });

  it("are 100 times promoters' minus detractors' share, for any answers", () => {
    fc.assert(
      fc.property(anyScores, (scores) => {
        const answers = scores.flatMap((count, score) => Array.from({ length: count }, () => score));
        const share = (low: number, high: number) =>
          answers.filter((score) => score >= low && score <= high).length / answers.length;
        expect(nps(categoryCounts(scores))).toBeCloseTo(100 * (share(9, 10) - share(0, 6)), 9);
      }),
      { numRuns: 30 },
    );
  });

  it("has as variance the mean squared distance of −1, 0 and 1 from their mean, for any answers", () => {
    fc.assert(
      fc.property(anyCounts, ({ detractors: d, passives: p, promoters: m }) => {
        const n = d + p + m;
        const mean = (m - d) / n;
        const byDefinition = (d * (-1 - mean) ** 2 + p * mean ** 2 + m * (1 - mean) ** 2) / n;
        expect(npsVariance(counts(d, p, m))).toBeCloseTo(byDefinition, 10);
      }),
    );
  });

  it("change sign, and keep their variance, when promoters and detractors swap", () => {
    fc.assert(
      fc.property(anyCounts, ({ detractors, passives, promoters }) => {
        const swapped = counts(promoters, passives, detractors);
        expect(nps(swapped)).toBeCloseTo(-nps(counts(detractors, passives, promoters))!, 10);
        expect(npsVariance(swapped)).toBeCloseTo(npsVariance(counts(detractors, passives, promoters))!, 12);
      }),
    );
  });
});

describe("score counts", () => {
  it("put 0–6, 7–8 and 9–10 into the three categories", () => {
    expect(categoryCounts([1, 2, 3, 4, 5, 6, 7, 10, 20, 100, 200])).toEqual(counts(28, 30, 300));
  });

  it("add score by score and leave the summands alone", () => {
    const start = emptyScoreCounts();
    const one = emptyScoreCounts();
    one[8] = 1;
    expect(addScoreCounts(start, one)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(start).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("give the same score added first or categorised first", () => {
    fc.assert(
      fc.property(anyScores, anyScores, (a, b) => {
        const together = categoryCounts(addScoreCounts(a, b));
        const [first, second] = [categoryCounts(a), categoryCounts(b)];
        expect(together.passives).toBe(first.passives + second.passives);
        expect(together.promoters).toBe(first.promoters + second.promoters);
        expect(together.detractors).toBe(first.detractors + second.detractors);
      }),
    );
  });

  it("refuse ten numbers, negative counts and counts that are no numbers", () => {
    expect(() => categoryCounts([0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toThrow("eleven numbers");
    expect(() => categoryCounts([0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0])).toThrow("0 or more, not -1");
    expect(() => nps(counts(1, Number.NaN, 1))).toThrow("0 or more, not NaN");
  });
});
