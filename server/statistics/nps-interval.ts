import { dirichletPosterior } from "./dirichlet-posterior.ts";
import { clipToPoints, defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { type CategoryCounts, nps, npsStandardError, totalAnswers } from "./nps.ts";

export type NpsIntervalOptions = {
  /** Confidence level, 0.95 unless named. */
  readonly level?: number;
  /** How many customers there are in all; narrows the interval when more than 5 % of them answered. */
  readonly populationSize?: number | undefined;
  /** Cut the interval off at ±100 points; only a comparison with a textbook wants `false`. */
  readonly clip?: boolean;
};

/**
 * Interval for a Net Promoter Score by the adjusted Wald method: ¾, 1½ and ¾ imaginary answers are added.
 *
 * Question: between which values does the score of all customers lie? Assumes answers drawn at random from them.
 * A single answer's interval can miss its own raw score (100 against 98.5): the method is made for more than one.
 * With a finite population the imaginary answers shrink as the uncertainty does, so that asking everybody gives the
 * raw score itself.
 * @param counts detractors, passives, promoters; fractions are allowed (weights, kernels)
 * @returns points from −100 to 100, and the midpoint before clipping; `undefined` for no answers
 * @see Rocks (2016), Interval estimation for the Net Promoter Score, The American Statistician 70(4)
 */
export function adjustedWaldInterval(
  counts: CategoryCounts,
  { level = defaultLevel, populationSize, clip = true }: NpsIntervalOptions = {},
): (Interval & { readonly midpoint: number }) | undefined {
  const n = totalAnswers(counts);
  if (n === 0) return undefined;
  const factor = populationSize === undefined ? 1 : finitePopulationFactor(n, populationSize);
  const adjusted = withImaginaryAnswers(counts, factor ** 2);
  const midpoint = nps(adjusted)!;
  const reach = standardErrorsFor(level) * npsStandardError(adjusted)! * factor;
  const interval = { low: midpoint - reach, high: midpoint + reach };
  return { ...(clip ? clipToPoints(interval) : interval), midpoint };
}

/** The counts with the adjusted Wald method's three imaginary answers, or that fraction of them, added. */
export function withImaginaryAnswers(counts: CategoryCounts, fraction = 1): CategoryCounts {
  return {
    detractors: counts.detractors + 0.75 * fraction,
    passives: counts.passives + 1.5 * fraction,
    promoters: counts.promoters + 0.75 * fraction,
  };
}

/**
 * Interval for a Net Promoter Score by the plain Wald method: score ± z standard errors.
 *
 * Question: the same as the adjusted one. For comparison with other tools; has no width at all when every answer is alike and is too
 * narrow for few answers, so never show it alone.
 * @returns points from −100 to 100; `undefined` for no answers
 */
export function waldInterval(
  counts: CategoryCounts,
  { level = defaultLevel, populationSize, clip = true }: NpsIntervalOptions = {},
): Interval | undefined {
  const score = nps(counts);
  if (score === undefined) return undefined;
  const factor =
    populationSize === undefined ? 1 : finitePopulationFactor(totalAnswers(counts), populationSize);
  const reach = standardErrorsFor(level) * npsStandardError(counts)! * factor;
  const interval = { low: score - reach, high: score + reach };
  return clip ? clipToPoints(interval) : interval;
}

/**
 * Bayesian interval for a Net Promoter Score: the posterior under Jeffreys' prior, Dirichlet(½, ½, ½).
 *
 * Question: given these answers and no earlier knowledge, where is the score with 95 % probability?
 * Mean and standard deviation in closed form: m = (M − D)/A and ((M + D)/A − m²)/(A + 1), A the sum of the counts + ½.
 * The equal-tailed interval is exact up to numerical integration (`dirichlet-posterior.ts`), without random draws.
 * @returns points; `undefined` for no answers
 */
export function dirichletInterval(
  counts: CategoryCounts,
  { level = defaultLevel }: { readonly level?: number } = {},
): (Interval & { readonly mean: number; readonly sd: number }) | undefined {
  if (totalAnswers(counts) === 0) return undefined;
  standardErrorsFor(level);
  const posterior = dirichletPosterior({
    detractors: counts.detractors + 0.5,
    passives: counts.passives + 0.5,
    promoters: counts.promoters + 0.5,
  });
  return {
    mean: 100 * posterior.mean,
    sd: 100 * posterior.sd,
    low: 100 * posterior.quantile((1 - level) / 2),
    high: 100 * posterior.quantile((1 + level) / 2),
  };
}

/**
 * Finite population correction √((N − n)/(N − 1)), by which a standard error shrinks.
 *
 * Question: how much more certain are we because a good part of all customers answered? Applied only above 5 % of
 * them, else 1. It does not cure non-response: those who kept silent may think otherwise.
 * @throws RangeError when more answered than there are
 */
export function finitePopulationFactor(n: number, populationSize: number): number {
  if (!(populationSize >= n && populationSize > 0)) {
    throw new RangeError(`${n} answers cannot come from a population of ${populationSize}.`);
  }
  if (n <= 0.05 * populationSize || populationSize === Infinity) return 1;
  if (populationSize <= 1) return 0;
  return Math.sqrt((populationSize - n) / (populationSize - 1));
}
