import type { Interval } from "./interval.ts";

export type Extra = Interval & { readonly estimate: number };

/**
 * How many successes the treatment brought that would not have come anyway: difference × treated, with its interval.
 *
 * Question: how many more are there because of it? Assumes a difference from arms assigned by chance; it says nothing about those
 * who were not treated.
 * @param difference of two shares, treated minus holdout, with its interval
 * @param treated units in the treated arm
 * @returns successes, possibly below 0; not rounded
 */
export function extraSuccesses(
  { difference, low, high }: Interval & { readonly difference: number },
  treated: number,
): Extra {
  if (!(treated >= 0 && treated < Infinity)) {
    throw new RangeError(`A number of treated units is 0 or more, not ${treated}.`);
  }
  return { estimate: difference * treated, low: low * treated, high: high * treated };
}

/**
 * What one extra success cost.
 *
 * Question: was it worth its money? Cost over extra successes; the ends change places. If the treatment may have brought none
 * at all, no upper end can be given.
 * @param cost of the whole treatment, 0 or more, in any currency
 * @returns in that currency; `high` is `undefined` when the interval of extra successes reaches 0; `undefined` when not
 *   even the estimate is above 0
 */
export function costPerExtra(
  cost: number,
  extra: Extra,
): { readonly estimate: number; readonly low: number; readonly high: number | undefined } | undefined {
  if (!(cost >= 0 && cost < Infinity)) throw new RangeError(`A cost is 0 or more, not ${cost}.`);
  if (!(extra.estimate > 0)) return undefined;
  return {
    estimate: cost / extra.estimate,
    low: cost / extra.high,
    high: extra.low > 0 ? cost / extra.low : undefined,
  };
}
