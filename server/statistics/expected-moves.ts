import { normalCdf, normalQuantile } from "./distributions.ts";
import { emptyScoreCounts, type ScoreCounts } from "./nps.ts";

/**
 * How alike two answers of one customer are when nothing happened between them, as correlations of what they feel. An
 * assumption: we found no published figure for retests of the NPS question. From a year to a quarter apart.
 */
export const usualAgreement = { low: 0.7, high: 0.8 };

/** The answered categories in the order of `moveCategories`: from the top score down. */
const categories = [
  [9, 10],
  [8, 8],
  [7, 7],
  [0, 6],
] as const;

/**
 * Which moves chance alone brings: the regression to the mean.
 *
 * Question: how many passives would answer 9 or 10 next time if nothing were done? Assumes that feelings at both times are normal with
 * correlation `agreement`, that scores cut them where they cut them now, and that everybody answers again. Then
 * P(from i to j) = ∫ φ(x)·[Φ((tⱼ − ρx)/√(1 − ρ²)) − Φ((tⱼ₋₁ − ρx)/√(1 − ρ²))] dx over the i-th piece of the line, divided by its share.
 * @param scores how many gave each score, 0 to 10
 * @param agreement the correlation, from 0 (they answer at random) to below 1
 * @returns rows and columns promoter, 8, 7, detractor; a row is empty when nobody is in it; `undefined` for no answers
 */
export function expectedMoves(scores: ScoreCounts, agreement: number): number[][] | undefined {
  if (scores.length !== emptyScoreCounts().length || !scores.every((count) => count >= 0)) {
    throw new RangeError("Scores are eleven counts of 0 or more.");
  }
  if (!(agreement >= 0 && agreement < 1)) {
    throw new RangeError(`An agreement lies between 0 and below 1, not ${agreement}.`);
  }
  const n = scores.reduce((total, count) => total + count, 0);
  if (n === 0) return undefined;
  const atMost = (score: number) => {
    let below = 0;
    for (const [at, count] of scores.entries()) if (at <= score) below += count;
    if (below === 0) return -Infinity;
    return below === n ? Infinity : normalQuantile(below / n);
  };
  const pieces = categories.map(([from, to]) => ({ low: atMost(from - 1), high: atMost(to) }));
  return pieces.map((from) => {
    if (!(from.low < from.high)) return [];
    const weight = normalCdf(from.high) - normalCdf(from.low);
    return pieces.map((to) => (to.low < to.high ? both(from, to, agreement) / weight : 0));
  });
}

type Piece = { readonly low: number; readonly high: number };

/** Probability that the first feeling lies in one piece and the second in the other, by Simpson's rule. */
function both(from: Piece, to: Piece, correlation: number): number {
  const spread = Math.sqrt(1 - correlation ** 2);
  const [a, b] = [Math.max(from.low, -9), Math.min(from.high, 9)];
  // Fine enough for the narrower of the two bells.
  const steps = 2 * Math.ceil(50 + (20 * (b - a)) / spread);
  const width = (b - a) / steps;
  const density = (x: number) =>
    Math.exp((-x * x) / 2) *
    (normalCdf((to.high - correlation * x) / spread) - normalCdf((to.low - correlation * x) / spread));
  let total = density(a) + density(b);
  for (let i = 1; i < steps; i++) total += (i % 2 ? 4 : 2) * density(a + i * width);
  return (total * width) / 3 / Math.sqrt(2 * Math.PI);
}
