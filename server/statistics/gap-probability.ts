/**
 * The chance of a gap at least this long between two events of a Poisson process: e^(−gap/mean gap).
 *
 * Question: how surprising is a silence, given how often they usually come? Three usual gaps without a sign are
 * surprising: 5 %. Assumes that events come independently; habits of fixed days make long gaps rarer than it says.
 * @param gap time since the last event, 0 or more
 * @param meanGap the usual time between two, above 0, in the same unit
 * @returns 0 to 1
 */
export function gapProbability(gap: number, meanGap: number): number {
  if (!(gap >= 0 && meanGap > 0))
    throw new RangeError(`A gap is 0 or more and a mean gap above 0, not ${gap} and ${meanGap}.`);
  return Math.exp(-gap / meanGap);
}
