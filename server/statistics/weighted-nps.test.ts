import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyScores } from "./arbitrary-counts.ts";
import { categoryCounts, nps, npsStandardError } from "./nps.ts";
import { adjustedWaldInterval } from "./nps-interval.ts";
import { wilsonInterval } from "./share-interval.ts";
import {
  addWeightedAnswer,
  addWeightedScoreCounts,
  emptyWeightedScoreCounts,
  weightedNps,
  weightedScoreCounts,
} from "./weighted-nps.ts";

const anyAnswers = fc.array(
  fc.record({ score: fc.nat(10), weight: fc.double({ min: 0.05, max: 20, noNaN: true }) }),
  { minLength: 1, maxLength: 200 },
);

describe("the weighted NPS", () => {
  it("agrees with a calculation by hand", () => {
    // Weights 2, 1, 1: mean (2 − 1)/4; Σw²(v − ¼)² = 4·9/16 + 1/16 + 25/16 = 3.875; (Σw)²/Σw² = 16/6.
    const answers = weightedScoreCounts([
      { score: 10, weight: 2 },
      { score: 8, weight: 1 },
      { score: 0, weight: 1 },
    ]);
    const result = weightedNps(answers)!;
    expect(result.nps).toBe(25);
    expect(result.standardError).toBeCloseTo((100 * Math.sqrt(3.875)) / 4, 10);
    expect(result.effectiveN).toBeCloseTo(8 / 3, 12);
    expect(result.designEffect).toBeCloseTo(9 / 8, 12);
    expect(result.n).toBe(3);
    expect(result.shares).toEqual({ detractors: 0.25, passives: 0.25, promoters: 0.5 });
    expect(result.passiveShareInterval).toEqual(wilsonInterval(2 / 3, 8 / 3));
    expect(result.interval.low).toBeCloseTo(25 - 1.959964 * 49.2125, 3);
    expect(result.interval.high).toBe(100);
  });

  it("is undefined when nobody answered", () => {
    expect(weightedNps(emptyWeightedScoreCounts())).toBeUndefined();
  });

  it("does not pretend certainty when all answers are alike", () => {
    const answers = weightedScoreCounts([
      { score: 10, weight: 1 },
      { score: 9, weight: 3 },
    ]);
    const result = weightedNps(answers)!;
    expect(result.nps).toBe(100);
    expect(result.standardError).toBe(0);
    const { low, high } = adjustedWaldInterval({ detractors: 0, passives: 0, promoters: 1.6 })!;
    expect(result.interval.low).toBeCloseTo(low, 10);
    expect(result.interval.high).toBeCloseTo(high, 10);
  });

  it("is the raw NPS, with as many effective answers as there are, when all weigh the same", () => {
    fc.assert(
      fc.property(anyScores, fc.double({ min: 0.1, max: 9, noNaN: true }), (scores, weight) => {
        const raw = categoryCounts(scores);
        const result = weightedNps({
          counts: scores,
          weights: scores.map((count) => count * weight),
          squaredWeights: scores.map((count) => count * weight ** 2),
        })!;
        expect(result.nps).toBeCloseTo(nps(raw)!, 8);
        expect(result.standardError).toBeCloseTo(npsStandardError(raw)!, 5);
        expect(result.effectiveN / result.n).toBeCloseTo(1, 10);
        expect(result.designEffect).toBeCloseTo(1, 10);
      }),
    );
  });

  it("stays the same when all weights are multiplied", () => {
    fc.assert(
      fc.property(anyAnswers, fc.double({ min: 0.01, max: 100, noNaN: true }), (answers, factor) => {
        const one = weightedNps(weightedScoreCounts(answers))!;
        const other = weightedNps(
          weightedScoreCounts(answers.map(({ score, weight }) => ({ score, weight: weight * factor }))),
        )!;
        expect(other.nps).toBeCloseTo(one.nps, 8);
        expect(other.standardError).toBeCloseTo(one.standardError, 4);
        expect(other.effectiveN / one.effectiveN).toBeCloseTo(1, 8);
        expect(other.passiveShareInterval.low).toBeCloseTo(one.passiveShareInterval.low, 8);
      }),
    );
  });

  it("has at most as many effective answers as answers, and an interval around itself", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const result = weightedNps(weightedScoreCounts(answers))!;
        expect(result.effectiveN).toBeLessThanOrEqual(result.n * (1 + 1e-9));
        if (result.standardError > 0) {
          expect(result.interval.low).toBeLessThanOrEqual(result.nps);
          expect(result.interval.high).toBeGreaterThanOrEqual(result.nps);
        }
        expect(result.interval.low).toBeGreaterThanOrEqual(-100);
        expect(result.interval.high).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("needs only the sums: two halves added give the whole", () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (some, others) => {
        const whole = weightedNps(weightedScoreCounts([...some, ...others]))!;
        const added = weightedNps(
          addWeightedScoreCounts(weightedScoreCounts(some), weightedScoreCounts(others)),
        )!;
        expect(added.nps).toBeCloseTo(whole.nps, 8);
        expect(added.standardError).toBeCloseTo(whole.standardError, 4);
      }),
    );
  });

  it.each([0, -1, Number.NaN, Infinity])("refuses the weight %d", (weight) => {
    expect(() => addWeightedAnswer(emptyWeightedScoreCounts(), 9, weight)).toThrow(
      "A weight is a number above 0",
    );
  });

  it.each([-1, 11, 8.5, Number.NaN])("refuses the score %d", (score) => {
    expect(() => addWeightedAnswer(emptyWeightedScoreCounts(), score, 1)).toThrow(
      "whole number from 0 to 10",
    );
  });

  it("refuses sums that no positive weights can have", () => {
    const answers = weightedScoreCounts([{ score: 10, weight: 2 }]);
    const weights = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Number.NaN];
    expect(() => weightedNps({ ...answers, weights })).toThrow("Score 10 has 1 answers");
    expect(() => weightedNps({ ...answers, squaredWeights: weights })).toThrow(
      "each weight must be a number above 0",
    );
    expect(() => weightedNps({ ...answers, counts: weights.map(() => 0) })).toThrow("Score 10 has 0 answers");
    // One answer of weight 2 has the square 4; less than that is impossible, whatever the number of answers.
    expect(() => weightedNps({ ...answers, squaredWeights: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] })).toThrow(
      RangeError,
    );
  });
});
