/** Below this many answers a number gets no verdict and no colour. */
export const enoughAnswers = 30;

/**
 * In how many days there will be enough answers, if they keep coming at the present rate.
 *
 * Question: when can we say something?
 * @param n answers so far
 * @param perDay answers a day at present
 * @returns whole days, 0 when there are enough; `undefined` when nothing comes in
 */
export function whenEnough(n: number, perDay: number, needed = enoughAnswers): number | undefined {
  if (n >= needed) return 0;
  if (!(perDay > 0)) return undefined;
  return Math.ceil((needed - n) / perDay);
}
