import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addScores, noScores, type ScoreSums } from "../collect/score-sums.ts";
import { scoreOf } from "./score.ts";

const sumsOf = (answers: readonly { score: number; weight: number }[], sign = 1): ScoreSums => {
  const sums = { ...noScores(), weights: noScores().counts, squaredWeights: noScores().counts };
  for (const { score, weight } of answers) {
    sums.counts[score]! += sign;
    sums.weights[score]! += sign * weight;
    sums.squaredWeights[score]! += sign * weight ** 2;
  }
  return sums;
};

const anyAnswers = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 10 }),
    weight: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  }),
  { maxLength: 30 },
);

test("shares add up to 100, and the NPS is promoters minus detractors", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 11, maxLength: 11 }), (counts) => {
      const score = scoreOf({ counts, weights: null, squaredWeights: null });
      if (score.n === 0) return expect(score).toMatchObject({ nps: null, passiveShare: null });
      expect(score.detractorShare! + score.passiveShare! + score.promoterShare!).toBeCloseTo(100, 9);
      expect(score.nps).toBeCloseTo(score.promoterShare! - score.detractorShare!, 9);
      expect(score.sevens + score.eights).toBe(score.passives);
      return undefined;
    }),
  );
});

test("weights that were added and taken away again, in floating point, never make a score fail", () => {
  fc.assert(
    fc.property(anyAnswers, anyAnswers, (staying, leaving) => {
      const left = addScores(addScores(sumsOf(staying), sumsOf(leaving)), sumsOf(leaving, -1));
      expect(scoreOf(left).n).toBe(staying.length);
    }),
  );
});

test("when only weights of 1 are left, there is no weighted score", () => {
  const heavy = [
    { score: 9, weight: 0.3 },
    { score: 3, weight: 1.7 },
  ];
  const ones = [{ score: 9, weight: 1 }];
  const left = addScores(addScores(sumsOf(ones), sumsOf(heavy)), sumsOf(heavy, -1));
  expect(scoreOf(left)).not.toHaveProperty("weighted");
});
