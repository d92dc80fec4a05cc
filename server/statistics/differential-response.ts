import { defaultLevel, type Interval } from "./interval.ts";
import { newcombeInterval } from "./share-difference.ts";

/** Answers of one arm. */
export type ArmAnswers = {
  readonly asked: number;
  readonly answered: number;
  /** How many of the answers count as success. */
  readonly successes: number;
};

/**
 * Whether one arm answers more than the other.
 *
 * Question: may those who answered be compared at all? If the treatment itself makes people answer, the answers of the
 * two arms come from different people, and their difference is not the treatment's effect.
 * @returns difference of the shares that answered, Newcombe's interval and whether it excludes 0; `undefined` when
 *   nobody was asked in an arm
 */
export function compareResponse(
  treated: ArmAnswers,
  holdout: ArmAnswers,
  level = defaultLevel,
): (Interval & { readonly difference: number; readonly differs: boolean }) | undefined {
  checkAnswers(treated);
  checkAnswers(holdout);
  const compared = newcombeInterval(treated.answered, treated.asked, holdout.answered, holdout.asked, level);
  return compared && { ...compared, differs: compared.low > 0 || compared.high < 0 };
}

/**
 * Bounds for the effect on those who would answer in either arm, by Lee's trimming.
 *
 * Question: how large or small can the effect on success be, if the additional answerers of one arm are all successes,
 * or none of them? Assumes that the treatment moves everybody's willingness to answer in one direction only. In the arm
 * that answers more the surplus q = 1 − (lower rate)/(higher rate) is cut off from the one end and from the other:
 * the share p becomes (p − q)/(1 − q) at least and p/(1 − q) at most. Not an interval: chance comes on top.
 * @returns difference of shares, treated minus holdout; `undefined` when nobody answered in an arm
 * @see Lee (2009), Training, wages, and sample selection, Review of Economic Studies 76
 */
export function trimmedBounds(treated: ArmAnswers, holdout: ArmAnswers): Interval | undefined {
  checkAnswers(treated);
  checkAnswers(holdout);
  if (treated.answered === 0 || holdout.answered === 0) return undefined;
  const rates = [treated.answered / treated.asked, holdout.answered / holdout.asked] as const;
  const trim = (arm: ArmAnswers, own: number, other: number): Interval => {
    const p = arm.successes / arm.answered;
    const kept = Math.min(1, other / own);
    return { low: Math.max(0, (p - (1 - kept)) / kept), high: Math.min(1, p / kept) };
  };
  const first = trim(treated, rates[0], rates[1]);
  const second = trim(holdout, rates[1], rates[0]);
  return { low: first.low - second.high, high: first.high - second.low };
}

/**
 * Bounds for the effect on everybody asked, whatever those think who kept silent.
 *
 * Question: what is certain without any assumption about silence? Once all silent treated count as failures and all
 * silent held out as successes, once the other way round. Always as wide as the two shares of silent people together.
 * @returns difference of shares, treated minus holdout; `undefined` when nobody was asked in an arm
 * @see Manski (1990), Nonparametric bounds on treatment effects, American Economic Review 80
 */
export function worstCaseBounds(treated: ArmAnswers, holdout: ArmAnswers): Interval | undefined {
  checkAnswers(treated);
  checkAnswers(holdout);
  if (treated.asked === 0 || holdout.asked === 0) return undefined;
  const least = (arm: ArmAnswers) => arm.successes / arm.asked;
  const most = (arm: ArmAnswers) => (arm.successes + arm.asked - arm.answered) / arm.asked;
  return { low: least(treated) - most(holdout), high: most(treated) - least(holdout) };
}

function checkAnswers({ asked, answered, successes }: ArmAnswers): void {
  if (!(successes >= 0 && successes <= answered && answered <= asked && asked < Infinity)) {
    throw new RangeError(
      `An arm needs 0 ≤ successes ≤ answered ≤ asked, not ${successes}, ${answered} and ${asked}.`,
    );
  }
}
