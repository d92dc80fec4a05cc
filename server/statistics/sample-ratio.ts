import { binomialTest, chiSquareTail } from "./distributions.ts";

/** Below this p-value the arms are not the ones that were drawn: one false alarm in a thousand. */
export const sampleRatioAlarm = 0.001;

export type SampleRatio = {
  /** How likely a deviation of this size or more is when nothing is wrong. */
  readonly pValue: number;
  /** Exact binomial test (two arms, up to 1,000 units) or chi-square. */
  readonly method: "exact" | "chi-square";
  /** Something puts units into arms, or loses them from arms, other than chance: the comparison must not be read. */
  readonly alarm: boolean;
};

/**
 * Sample-ratio check: whether the arms have the sizes that chance would give them.
 *
 * Question: did the assignment do what it was told, and are all whom it assigned still there? Assumes that each unit was
 * assigned on its own. Two arms with at most 1,000 units together: exact binomial test, adding up all outcomes no
 * likelier than the one seen. Otherwise Pearson's χ² = Σ (seen − expected)²/expected with one degree of freedom less than arms.
 * @param counts units seen in each arm; count what was assigned (accounts where accounts are)
 * @param shares the part meant for each arm, in the same order; they add up to 1
 * @returns `undefined` for no units, and for three or more arms as long as one of them expects fewer than 5
 * @see Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments, KDD
 */
export function checkSampleRatio(
  counts: readonly number[],
  shares: readonly number[],
): SampleRatio | undefined {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (
    counts.length !== shares.length ||
    counts.length < 2 ||
    Math.abs(total - 1) > 1e-9 ||
    !shares.every((share) => share > 0)
  ) {
    throw new RangeError(`Arms need one share above 0 each, together 1, not ${shares.join(" + ")}.`);
  }
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`Arms hold whole numbers of units, not ${counts.join(", ")}.`);
  }
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return undefined;
  if (counts.length === 2 && n <= 1000) return judge(binomialTest(counts[0]!, n, shares[0]!), "exact");
  if (counts.length > 2 && shares.some((share) => share * n < 5)) return undefined;

  const x2 = counts.reduce((sum, count, arm) => {
    const expected = n * shares[arm]!;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return judge(chiSquareTail(x2, counts.length - 1), "chi-square");
}

function judge(pValue: number, method: SampleRatio["method"]): SampleRatio {
  return { pValue, method, alarm: pValue < sampleRatioAlarm };
}
