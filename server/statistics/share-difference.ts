import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { scoreInterval } from "./share-interval.ts";

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
  const z = standardErrorsFor(level);
  return newcombeFrom({ k: k1, n: n1 }, { k: k2, n: n2 }, z);
}

/** Newcombe's interval from two shares k/n whose Wilson intervals reach `z` standard errors. */
export function newcombeFrom(
  a: { readonly k: number; readonly n: number },
  b: { readonly k: number; readonly n: number },
  z: number,
): (Interval & { readonly difference: number }) | undefined {
  const first = scoreInterval(a.k, a.n, z);
  const second = scoreInterval(b.k, b.n, z);
  if (!first || !second) return undefined;
  const p1 = a.k / a.n;
  const p2 = b.k / b.n;
  const difference = p1 - p2;
  return {
    difference,
    low: difference - Math.hypot(p1 - first.low, second.high - p2),
    high: difference + Math.hypot(first.high - p1, p2 - second.low),
  };
}
