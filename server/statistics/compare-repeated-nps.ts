import { twoSidedPValue } from "./distributions.ts";
import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { type CategoryCounts, nps, npsStandardError, totalAnswers } from "./nps.ts";
import { withImaginaryAnswers } from "./nps-interval.ts";

/** Customers who answered both times: rows before, columns after, each detractor, passive, promoter. */
export type Pairs = readonly (readonly [number, number, number])[];

export type RepeatedComparison = {
  /** Raw NPS after minus raw NPS before, points. */
  readonly change: number;
  /** Points from −200 to 200. */
  readonly interval: Interval;
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
  /** Whether the interval excludes 0. */
  readonly distinguishable: boolean;
  /** Customers who answered both times. */
  readonly pairs: number;
  /** How alike their two answers are, −1 to 1; `undefined` when either never varies. */
  readonly correlation: number | undefined;
};

/**
 * Compares the NPS of two waves of which some customers, or all, answered both.
 *
 * Question: did the score really change, when largely the same people answered? Adjusted Wald on each side as for independent waves, but
 * what the two answers of one customer have in common is taken out of the error:
 * Var = V₁/n₁ + V₂/n₂ − 2·n₁₂·Cov/(n₁·n₂), Cov over the n₁₂ pairs on the −1..1 scale. Without pairs it is `compareNps`; with pairs
 * alone the paired comparison of vᵢ₂ − vᵢ₁.
 * @param before all answers of the first wave, pairs included
 * @param after all answers of the second, pairs included
 * @returns points; `undefined` when a wave has no answers
 */
export function compareRepeatedNps(
  before: CategoryCounts,
  after: CategoryCounts,
  pairs: Pairs,
  level = defaultLevel,
): RepeatedComparison | undefined {
  checkPairs(before, after, pairs);
  if (totalAnswers(before) === 0 || totalAnswers(after) === 0) return undefined;
  const [first, second] = [withImaginaryAnswers(before), withImaginaryAnswers(after)];
  const common = moments(pairs);
  const shared = (2 * common.n * common.covariance) / (totalAnswers(first) * totalAnswers(second));
  const independent = (npsStandardError(first)! / 100) ** 2 + (npsStandardError(second)! / 100) ** 2;
  const error = 100 * Math.sqrt(independent - shared);
  const adjusted = nps(second)! - nps(first)!;
  const reach = standardErrorsFor(level) * error;
  const z = adjusted / error;
  const spread = Math.sqrt(common.variances[0] * common.variances[1]);
  return {
    change: nps(after)! - nps(before)!,
    interval: { low: Math.max(-200, adjusted - reach), high: Math.min(200, adjusted + reach) },
    z,
    pValue: twoSidedPValue(z),
    distinguishable: Math.abs(adjusted) > reach,
    pairs: common.n,
    correlation: spread > 0 ? common.covariance / spread : undefined,
  };
}

/** Means, variances and covariance of the pairs on the −1..1 scale. */
function moments(pairs: Pairs) {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (const [i, row] of pairs.entries()) {
    for (const [j, count] of row.entries()) {
      const [a, b] = [i - 1, j - 1];
      n += count;
      x += a * count;
      y += b * count;
      xx += a * a * count;
      yy += b * b * count;
      xy += a * b * count;
    }
  }
  if (n === 0) return { n, covariance: 0, variances: [0, 0] as const };
  const variances = [xx / n - (x / n) ** 2, yy / n - (y / n) ** 2] as const;
  return { n, covariance: xy / n - (x / n) * (y / n), variances };
}

function checkPairs(before: CategoryCounts, after: CategoryCounts, pairs: Pairs): void {
  const rows = pairs.map((row) => row[0] + row[1] + row[2]);
  const columns = [0, 1, 2].map((j) => pairs.reduce((total, row) => total + row[j]!, 0));
  const all = (counts: CategoryCounts) => [counts.detractors, counts.passives, counts.promoters];
  const fits = (part: readonly number[], whole: readonly number[]) =>
    part.every((count, i) => count >= 0 && count <= whole[i]!);
  const negative = pairs.some((row) => row.some((count) => !(count >= 0)));
  if (pairs.length !== 3 || negative || !fits(rows, all(before)) || !fits(columns, all(after))) {
    throw new RangeError("Pairs are nine counts of customers who are among the answers of both waves.");
  }
}
