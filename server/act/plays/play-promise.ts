import {
  powerForDifference,
  sampleSizeForDifference,
  smallestDetectableDifference,
} from "../../statistics/plan-trial.ts";
import type { PlayDefinition } from "./play-definition.ts";

/** What the result of a play will be able to say. */
export interface PlayPromise {
  /** Customers with a result that are needed, both arms together; null where nobody is left alone. */
  needed: number | null;
  treated: number;
  holdout: number;
  /** The chance that a gain of `worth` is noticed with the customers there are now. */
  power: number;
  /** The smallest gain that they would show four times in five; null for none. */
  smallest: number | null;
  /** The share without the play from which all this is reckoned, and whether it is a guess. */
  baseline: number;
  guessed: boolean;
}

/** Assumed where nothing is known of the past. */
const guessedBaseline = 0.2;
/** What is enough: the power that plays are planned for. */
export const enoughPower = 0.8;
/** How alike colleagues are in what they do and answer, as a correlation: assumed until a result shows it. */
const likeness = 0.1;

/** How many times as many customers it takes because whole accounts are assigned. */
export function designEffectOf({ assign }: Pick<PlayDefinition, "assign">, perAccount: number): number {
  return assign === "account" ? 1 + Math.max(0, perAccount - 1) * likeness : 1;
}

/** The share that reaches the goal without the play: from the past, or a guess. */
export function likelyBaseline(
  baseline: number | null,
  worth: number,
): { baseline: number; guessed: boolean } {
  // A share of 0 or 1 in the past does not mean that it stays so; and what is worth it must fit above it.
  const p = Math.min(Math.max(baseline ?? guessedBaseline, 0.005), 1 - worth);
  return { baseline: p, guessed: baseline === null };
}

/**
 * What a play with so many customers promises: how many it needs, and what it cannot see.
 * @param customers who will have a result
 * @param options `designEffect`: of `designEffectOf`
 */
export function promiseOf(
  { worth, holdout: { share } }: Pick<PlayDefinition, "worth" | "holdout">,
  customers: number,
  { baseline, designEffect = 1 }: { baseline: number | null; designEffect?: number },
): PlayPromise {
  const known = likelyBaseline(baseline, worth);
  const holdout = Math.round(customers * share);
  const arms = { treated: customers - holdout, holdout };
  if (!(share > 0 && share < 1)) {
    return { ...arms, ...known, needed: null, power: 0, smallest: null };
  }
  const plan = { baseline: known.baseline, difference: worth, holdoutShare: share, designEffect };
  return {
    ...arms,
    ...known,
    needed: sampleSizeForDifference(plan).units,
    power: powerForDifference(plan, arms),
    smallest: smallestDetectableDifference({ baseline: known.baseline, designEffect }, arms) ?? null,
  };
}
