import { defaultLevel, type Interval } from "./interval.ts";
import { wilsonInterval } from "./share-interval.ts";

/**
 * Difference of two independent shares with Newcombe's interval (his method 10, from two Wilson intervals).
 *
 * Question: by how much does the share in the first group exceed the one in the second?
 * @returns `difference` = k1/n1 − k2/n2 and its interval, from −1 to 1; `undefined` when a group is empty
 * @see Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17
 */
export function newcombeInterval(
  k1: number,
  n1: number,
  k2: number,
  n2: number,
  level = defaultLevel,
): (Interval & { readonly difference: number }) | undefined {
  const first = wilsonInterval(k1, n1, level);
  const second = wilsonInterval(k2, n2, level);
  if (!first || !second) return undefined;
  const p1 = k1 / n1;
  const p2 = k2 / n2;
  const difference = p1 - p2;
  return {
    difference,
    low: difference - Math.hypot(p1 - first.low, second.high - p2),
    high: difference + Math.hypot(first.high - p1, p2 - second.low),
  };
}
