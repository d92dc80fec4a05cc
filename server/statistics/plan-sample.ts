import { normalQuantile } from "./distributions.ts";
import { defaultLevel, standardErrorsFor } from "./interval.ts";

/** Variance of one answer to plan with before there are any: 50 % promoters, 35 % passives, 15 % detractors. */
export const plannedVariance = 0.5275;

/** The chance of noticing a true change that plans are made for. */
export const defaultPower = 0.8;

/**
 * How many answers make the NPS precise to ± `margin` points: Var·z²/margin² − 3, rounded up.
 *
 * Question: how many do we need for an interval of this width? The 3 are the adjusted Wald's imaginary answers.
 * Answers, not invitations: divide by the expected response rate.
 * @param margin points, above 0
 * @param options.populationSize all customers; reduces the number when it would exceed 5 % of them
 * @returns whole answers, at least 1
 */
export function sampleSizeForMargin(
  margin: number,
  {
    variance = plannedVariance,
    level = defaultLevel,
    populationSize = Infinity,
  }: { variance?: number; level?: number; populationSize?: number } = {},
): number {
  const share = pointsAsShare(margin, "margin");
  const spread = standardErrorsFor(level) ** 2 * checkedVariance(variance);
  const needed = spread / share ** 2 - 3;
  if (needed <= 0.05 * populationSize) return wholeAnswers(needed);
  // Solves margin = z·√(Var/(n + 3))·√((N − n)/(N − 1)) for n.
  const others = share ** 2 * (populationSize - 1);
  return wholeAnswers((spread * populationSize - 3 * others) / (spread + others));
}

/**
 * How many answers each of two waves needs for a true change to be noticed: 2·Var·(z_α + z_β)²/change² − 3, rounded up.
 *
 * Question: how large must our waves be to see a change of this size, four times in five?
 * @param change points, above 0
 * @returns whole answers per wave, at least 1
 */
export function sampleSizePerWave(
  change: number,
  {
    variance = plannedVariance,
    level = defaultLevel,
    power = defaultPower,
  }: { variance?: number; level?: number; power?: number } = {},
): number {
  const share = pointsAsShare(change, "change");
  return wholeAnswers(
    (2 * checkedVariance(variance) * standardErrorsToDetect(level, power) ** 2) / share ** 2 - 3,
  );
}

/**
 * The smallest true change that two waves of these sizes would notice, four times in five.
 *
 * Question: what can we not see? (z_α + z_β)·√(V₁/(n₁ + 3) + V₂/(n₂ + 3)). Show it beside every change.
 * @param n1 answers in one wave
 * @param n2 answers in the other, as many when left out
 * @param variance of one answer, or one for each wave
 * @returns points; can exceed 200, which means "nothing"
 */
export function smallestDetectableChange(
  n1: number,
  n2 = n1,
  variance: number | readonly [number, number] = plannedVariance,
  { level = defaultLevel, power = defaultPower }: { level?: number; power?: number } = {},
): number {
  const [v1, v2] = typeof variance === "number" ? [variance, variance] : variance;
  const squaredError = checkedVariance(v1) / (n1 + 3) + checkedVariance(v2) / (n2 + 3);
  return 100 * standardErrorsToDetect(level, power) * Math.sqrt(squaredError);
}

function standardErrorsToDetect(level: number, power: number): number {
  if (!(power > 0 && power < 1))
    throw new RangeError(`Power lies between 0 and 1 (80 % is 0.8), not ${power}.`);
  return standardErrorsFor(level) + normalQuantile(power);
}

function pointsAsShare(points: number, name: string): number {
  if (!(points > 0)) throw new RangeError(`The ${name} is a number of points above 0, not ${points}.`);
  return points / 100;
}

function checkedVariance(variance: number): number {
  if (!(variance >= 0 && variance <= 1)) {
    throw new RangeError(`The variance of one answer lies between 0 and 1, not ${variance}.`);
  }
  return variance;
}

function wholeAnswers(n: number): number {
  // The subtraction can leave 200.0000000001 where 200 is meant.
  return Math.max(1, Math.ceil(n - 1e-9));
}
