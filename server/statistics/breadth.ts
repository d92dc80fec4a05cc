/**
 * How many features somebody uses, counted by how evenly: exp(−Σ p·ln p), p the share of each in all use.
 *
 * Question: how broad is their use? n features used alike give n; one that is used almost alone gives little more
 * than 1, however many others were tried once. It is the Hill number of order 1.
 * @param use how much each feature is used, 0 or more
 * @returns from 1 to the number of features used; `undefined` where nothing is
 * @see Hill (1973), Diversity and evenness: a unifying notation and its consequences, Ecology 54(2); Jost (2006),
 * Entropy and diversity, Oikos 113(2)
 */
export function breadth(use: readonly number[]): number | undefined {
  if (!use.every((amount) => amount >= 0 && amount < Infinity))
    throw new RangeError(`Use of a feature is a number of 0 or more: ${use.join(", ")}.`);
  const total = use.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return undefined;
  let entropy = 0;
  for (const amount of use) {
    const share = amount / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
