import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";

/**
 * Interval for a share by Wilson's method.
 *
 * Question: k of n answered so; between which values does the share among all customers lie? Assumes answers drawn at
 * random. Good for few answers and for shares near 0 or 1, where the plain ± interval fails.
 * @param k how many; may be a fraction (share × effective n)
 * @returns shares from 0 to 1; `undefined` for n = 0
 * @throws RangeError unless 0 ≤ k ≤ n
 * @see Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22
 */
export function wilsonInterval(k: number, n: number, level = defaultLevel): Interval | undefined {
  return scoreInterval(k, n, standardErrorsFor(level));
}

/**
 * Intervals for several shares of one whole that hold all together, by Goodman's method (Wilson's with the error
 * divided among the shares).
 *
 * Question: what are the shares of detractors, passives and promoters, if we want to be 95 % sure of all at once?
 * @param counts one count per category
 * @returns shares from 0 to 1 in the same order; `undefined` when there are no answers
 * @see Goodman (1965), On simultaneous confidence intervals for multinomial proportions, Technometrics 7(2)
 */
export function goodmanIntervals(counts: readonly number[], level = defaultLevel): Interval[] | undefined {
  const n = counts.reduce((total, count) => total + count, 0);
  if (n === 0) return undefined;
  standardErrorsFor(level);
  const z = standardErrorsFor(1 - (1 - level) / counts.length);
  return counts.map((count) => scoreInterval(count, n, z)!);
}

/** Wilson's interval reaching `z` standard errors, for levels that are not those of the normal distribution. */
export function scoreInterval(k: number, n: number, z: number): Interval | undefined {
  if (!(k >= 0 && n >= 0 && k <= n && n < Infinity)) {
    throw new RangeError(`A share needs 0 ≤ k ≤ n, not k = ${k} and n = ${n}.`);
  }
  if (n === 0) return undefined;
  const centre = (k + z ** 2 / 2) / (n + z ** 2);
  const reach = (z / (n + z ** 2)) * Math.sqrt((k * (n - k)) / n + z ** 2 / 4);
  // Exact at the ends, where rounding would leave 1e-17.
  return { low: k === 0 ? 0 : Math.max(0, centre - reach), high: k === n ? 1 : Math.min(1, centre + reach) };
}
