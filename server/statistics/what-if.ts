import { type CategoryCounts, nps, totalAnswers } from "./nps.ts";

/**
 * What the score would be if a share of the passives had answered 9 or 10.
 *
 * Question: how much is in our passives? Plain arithmetic, not a forecast: nothing says that they can be moved.
 * @param share of the passives, from 0 to 1; one in five unless named
 * @returns whole promoters gained, the NPS then and the gain, both in points; `undefined` for no answers
 * @throws RangeError for a share outside 0..1
 */
export function ifPassivesMoved(
  counts: CategoryCounts,
  share = 1 / 5,
): { readonly promotersGained: number; readonly nps: number; readonly gain: number } | undefined {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share lies between 0 and 1, not ${share}.`);
  const now = nps(counts);
  if (now === undefined) return undefined;
  const promotersGained = Math.round(share * counts.passives);
  const gain = (100 * promotersGained) / totalAnswers(counts);
  return { promotersGained, nps: now + gain, gain };
}
