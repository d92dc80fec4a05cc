import { normalCdf, normalQuantile } from "./distributions.ts";
import { defaultLevel, standardErrorsFor } from "./interval.ts";
import { defaultPower } from "./plan-sample.ts";

export type TrialPlan = {
  /** Share that succeeds without treatment, 0 to 1. */
  readonly baseline: number;
  /** How much more (or, below 0, less) of the treated would succeed, as a share. */
  readonly difference: number;
  /** Part of all units that is left alone; a half needs the fewest. */
  readonly holdoutShare?: number;
  readonly level?: number;
  readonly power?: number;
  /** How many times the variance of single units, where clusters are assigned; 1 + (mean size − 1)·correlation. */
  readonly designEffect?: number;
};

/**
 * How many units two arms need together for a true difference of two shares to be noticed.
 *
 * Question: how many have to take part until a difference of this size shows, four times in five? Pooled variance for
 * the error of the first kind, own variances for the second (what R's power.prop.test does, for unequal arms):
 * N = (z_α·√(p̄q̄(1/r + 1/(1 − r))) + z_β·√(p₁q₁/(1 − r) + p₀q₀/r))²/difference²·design effect, with r the holdout's share and p̄ the
 * share of both arms together. Against halves a holdout of r costs about 1/(4r(1 − r)) times as many.
 * @returns whole units, at least 2 an arm
 * @throws RangeError for no difference, and for one that leaves 0..1
 * @see Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, chapter 4
 */
export function sampleSizeForDifference(plan: TrialPlan): {
  readonly units: number;
  readonly treated: number;
  readonly holdout: number;
} {
  const { p0, p1, r, level, power, designEffect } = checked(plan);
  const root =
    standardErrorsFor(level) * pooledSpread(p0, p1, r) + normalQuantile(power) * ownSpread(p0, p1, r);
  const units = (root / (p1 - p0)) ** 2 * designEffect;
  const holdout = Math.max(2, Math.ceil(units * r - 1e-9));
  const treated = Math.max(2, Math.ceil(units * (1 - r) - 1e-9));
  return { units: treated + holdout, treated, holdout };
}

/**
 * The chance that arms of this size notice a true difference of two shares.
 *
 * Question: what power will the result have? The same formula, solved for power.
 * @param plan as planned; its power and holdout share are not used
 * @param arms units that will have a result
 * @returns 0 to 1; 0 when an arm is empty
 */
export function powerForDifference(
  plan: TrialPlan,
  arms: { readonly treated: number; readonly holdout: number },
): number {
  const units = arms.treated + arms.holdout;
  if (arms.treated <= 0 || arms.holdout <= 0) return 0;
  const { p0, p1, r, level, designEffect } = checked({ ...plan, holdoutShare: arms.holdout / units });
  const reached = Math.abs(p1 - p0) * Math.sqrt(units / designEffect);
  return normalCdf((reached - standardErrorsFor(level) * pooledSpread(p0, p1, r)) / ownSpread(p0, p1, r));
}

/**
 * The smallest true gain that arms of this size notice four times in five.
 *
 * Question: what can this trial not see? Found by halving, to a millionth.
 * @returns a share above 0; `undefined` when not even success of all treated would be noticed
 */
export function smallestDetectableDifference(
  plan: Omit<TrialPlan, "difference">,
  arms: { readonly treated: number; readonly holdout: number },
): number | undefined {
  const { power = defaultPower, baseline } = plan;
  const enough = (difference: number) => powerForDifference({ ...plan, difference }, arms) >= power;
  let high = 1 - baseline;
  if (!(high > 0) || !enough(high)) return undefined;
  let low = 0;
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * What is still missing, in units and in weeks.
 *
 * Question: how long until we can tell? At the present rate of entering; whoever enters last still has to reach the
 * moment at which the result is seen.
 * @param options.perWeek units that enter a week at present
 * @param options.waitWeeks weeks from entering to the result
 * @returns whole units and whole weeks from now, 0 when there are enough; weeks `undefined` when nobody enters
 */
export function stillNeeded(
  { needed, entered }: { readonly needed: number; readonly entered: number },
  { perWeek, waitWeeks = 0 }: { readonly perWeek: number; readonly waitWeeks?: number },
): { readonly units: number; readonly weeks: number | undefined } {
  const units = Math.max(0, Math.ceil(needed - entered - 1e-9));
  if (units === 0) return { units, weeks: Math.ceil(waitWeeks) };
  return { units, weeks: perWeek > 0 ? Math.ceil(units / perWeek + waitWeeks) : undefined };
}

function pooledSpread(p0: number, p1: number, r: number): number {
  const p = r * p0 + (1 - r) * p1;
  return Math.sqrt(p * (1 - p) * (1 / r + 1 / (1 - r)));
}

function ownSpread(p0: number, p1: number, r: number): number {
  return Math.sqrt((p1 * (1 - p1)) / (1 - r) + (p0 * (1 - p0)) / r);
}

function checked(plan: TrialPlan) {
  const {
    baseline,
    difference,
    holdoutShare = 0.5,
    level = defaultLevel,
    power = defaultPower,
    designEffect = 1,
  } = plan;
  const p1 = baseline + difference;
  if (!(baseline >= 0 && baseline <= 1 && p1 >= 0 && p1 <= 1)) {
    throw new RangeError(`Shares lie between 0 and 1 (5 % is 0.05), not ${baseline} and ${p1}.`);
  }
  if (difference === 0) throw new RangeError("No number of units is enough to notice a difference of 0.");
  if (!(holdoutShare > 0 && holdoutShare < 1)) {
    throw new RangeError(`A comparison needs a holdout between 0 and 1, not ${holdoutShare}.`);
  }
  if (!(power > 0 && power < 1)) {
    throw new RangeError(`Power lies between 0 and 1 (80 % is 0.8), not ${power}.`);
  }
  if (!(designEffect >= 1)) throw new RangeError(`A design effect is 1 or more, not ${designEffect}.`);
  return { p0: baseline, p1, r: holdoutShare, level, power, designEffect };
}
