import { chiSquareTail } from "./distributions.ts";
import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";

/**
 * Whether an effect is another one in each of several groups, by Cochran's Q.
 *
 * Question: does it work better for some than for others, or do the groups differ as chance lets them? Assumes groups of
 * different units. Q = Σ w·(d − d̄)² with w = 1/SE² and d̄ = Σ w·d/Σ w, compared with χ² of one degree of freedom less than
 * groups. Standard errors are half the width of the intervals over the quantile, which for Newcombe's is an approximation.
 * @param estimates a difference with its interval for each group
 * @returns `undefined` with fewer than two groups that have a width
 * @see Cochran (1954), The combination of estimates from different experiments, Biometrics 10
 */
export function effectHeterogeneity(
  estimates: readonly (Interval & { readonly difference: number })[],
  level = defaultLevel,
): { readonly q: number; readonly pValue: number } | undefined {
  const z = standardErrorsFor(level);
  const known = estimates
    .map(({ difference, low, high }) => ({ difference, weight: ((2 * z) / (high - low)) ** 2 }))
    .filter(({ weight }) => Number.isFinite(weight));
  if (known.length < 2) return undefined;
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const mean = known.reduce((sum, { weight, difference }) => sum + weight * difference, 0) / total;
  const q = known.reduce((sum, { weight, difference }) => sum + weight * (difference - mean) ** 2, 0);
  return { q, pValue: chiSquareTail(q, known.length - 1) };
}
