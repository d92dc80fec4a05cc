import { twoSidedPValue } from "./distributions.ts";
import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { type CategoryCounts, nps, npsStandardError, npsVariance, totalAnswers } from "./nps.ts";
import { withImaginaryAnswers } from "./nps-interval.ts";
import { defaultPower, smallestDetectableChange } from "./plan-sample.ts";

export type NpsComparison = {
  /** Raw NPS after minus raw NPS before, points. */
  readonly change: number;
  /** Where the true change lies, points from −200 to 200. */
  readonly interval: Interval;
  /** Adjusted change in standard errors. */
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
  /** Whether the interval excludes 0; if not, print no arrow, colour or verdict. */
  readonly distinguishable: boolean;
  /** The true change that waves of these sizes notice four times in five, points. */
  readonly smallestDetectableChange: number;
};

/**
 * Compares the NPS of two independent waves by adjusted Wald on each side.
 *
 * Question: did the score really change, or is it noise? Assumes two random samples of different people; where the same
 * customers answered twice, a paired comparison is sharper. The change shown is the raw one; interval, z and p come
 * from the adjusted counts and agree with each other.
 * @returns points; `undefined` when a wave has no answers
 * @see Lewis & Sauro, How to statistically compare two Net Promoter Scores, measuringu.com/nps-significance-test
 */
export function compareNps(
  before: CategoryCounts,
  after: CategoryCounts,
  { level = defaultLevel, power = defaultPower }: { readonly level?: number; readonly power?: number } = {},
): NpsComparison | undefined {
  const [n1, n2] = [totalAnswers(before), totalAnswers(after)];
  if (n1 === 0 || n2 === 0) return undefined;
  const first = withImaginaryAnswers(before);
  const second = withImaginaryAnswers(after);
  const adjustedChange = nps(second)! - nps(first)!;
  const error = Math.hypot(npsStandardError(first)!, npsStandardError(second)!);
  const reach = standardErrorsFor(level) * error;
  const z = adjustedChange / error;
  return {
    change: nps(after)! - nps(before)!,
    interval: { low: Math.max(-200, adjustedChange - reach), high: Math.min(200, adjustedChange + reach) },
    z,
    pValue: twoSidedPValue(z),
    distinguishable: Math.abs(adjustedChange) > reach,
    smallestDetectableChange: smallestDetectableChange(n1, n2, [npsVariance(first)!, npsVariance(second)!], {
      level,
      power,
    }),
  };
}
