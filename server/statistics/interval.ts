import { normalQuantile } from "./distributions.ts";

/** Two ends of an interval, in the unit of the estimate it belongs to. */
export type Interval = { readonly low: number; readonly high: number };

/** The confidence level used wherever none is named. */
export const defaultLevel = 0.95;

/** How many standard errors an interval reaches to each side: 1.96 for the level 0.95. */
export function standardErrorsFor(level: number): number {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`A confidence level lies between 0 and 1 (95 % is 0.95), not ${level}.`);
  }
  return normalQuantile((1 + level) / 2);
}

/** The interval cut off where no NPS can be: at −100 and 100 points. */
export function clipToPoints({ low, high }: Interval): Interval {
  return { low: clip(low, -100, 100), high: clip(high, -100, 100) };
}

function clip(x: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, x));
}
