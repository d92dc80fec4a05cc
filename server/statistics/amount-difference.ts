import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

/** Amounts of an arm by single units, or by clusters. */
export type ArmAmounts =
  | {
      /** All units, also those without any amount. */
      readonly units: number;
      /** The amounts other than 0, one a unit, in any order. */
      readonly amounts: readonly number[];
    }
  | {
      /** Every cluster with its units and their amount together. */
      readonly clusters: readonly { readonly units: number; readonly amount: number }[];
    };

export type AmountDifference = Interval & {
  /** Mean per unit in the first arm minus the one in the second. */
  readonly difference: number;
  /** `normal` when there are so many amounts that drawing again would change nothing. */
  readonly method: "bootstrap" | "normal";
  /** Whether each arm has enough amounts other than 0 (or clusters) for a verdict. */
  readonly enough: boolean;
};

/** Fewer amounts other than 0 in an arm get an interval, but no verdict. */
export const enoughAmounts = 20;

/** Beyond this many values the interval is computed, not drawn: the two agree, and a million draws take their time. */
const drawnAtMost = 10_000;

/**
 * Difference of two mean amounts per unit, most of which may be 0, with a bootstrap interval.
 *
 * Question: how much more does a treated unit bring than one left alone? Assumes units (or clusters) assigned by chance.
 * Symmetric percentile-t: both arms are drawn again from themselves `resamples` times; |difference* − difference|/SE* is
 * noted, and the interval reaches as many standard errors as 95 % of the draws stay within. Skewed amounts, of which few are large,
 * get the wider interval they need. A unit's SE comes from the variance with n − 1; a cluster's from the ratio's residuals.
 * The same seed and the same amounts give the same interval; order does not matter.
 * @returns in the unit of the amounts; `undefined` with fewer than two units or clusters in an arm
 * @see Hall (1988), On symmetric bootstrap confidence intervals, JRSS B 50; Efron & Tibshirani (1993), chapter 12
 */
export function amountDifference(
  first: ArmAmounts,
  second: ArmAmounts,
  {
    level = defaultLevel,
    resamples = 2000,
    seed = "amounts",
  }: { readonly level?: number; readonly resamples?: number; readonly seed?: string } = {},
): AmountDifference | undefined {
  const z = standardErrorsFor(level);
  const arms = [drawable(first), drawable(second)] as const;
  if (arms.some(({ size }) => size < 2)) return undefined;
  const [a, b] = [arms[0].seen, arms[1].seen];
  const difference = a.mean - b.mean;
  const error = Math.sqrt(a.variance + b.variance);
  const enough = arms.every(({ values }) => values >= enoughAmounts);

  const drawn = arms[0].values + arms[1].values <= drawnAtMost;
  const reach = drawn && error > 0 ? bootstrapReach(arms, { difference, level, resamples, seed }) : z;
  return {
    difference,
    low: difference - reach * error,
    high: difference + reach * error,
    method: drawn ? "bootstrap" : "normal",
    enough,
  };
}

/** What has to be added up over an arm too large to draw from: over its units, or over its clusters. */
export type AmountSums =
  | {
      readonly units: number;
      /** Amounts other than 0, their sum, and the sum of their squares. */
      readonly values: number;
      readonly sum: number;
      readonly squares: number;
    }
  | {
      readonly clusters: number;
      /** Σ units, Σ amount, and Σ of their squares and products, over clusters. */
      readonly units: number;
      readonly sum: number;
      readonly squares: number;
      readonly squaredUnits: number;
      readonly products: number;
    };

/**
 * `amountDifference` for arms of any size, from their sums: the interval that it comes to when drawing adds nothing.
 *
 * @returns in the unit of the amounts; `undefined` with fewer than two units or clusters in an arm
 */
export function amountDifferenceOfSums(
  first: AmountSums,
  second: AmountSums,
  level = defaultLevel,
): AmountDifference | undefined {
  const z = standardErrorsFor(level);
  const sizeOf = (arm: AmountSums) => ("clusters" in arm ? arm.clusters : arm.units);
  if (Math.min(sizeOf(first), sizeOf(second)) < 2) return undefined;
  const [a, b] = [momentsOf(first), momentsOf(second)];
  const difference = a.mean - b.mean;
  const error = Math.sqrt(a.variance + b.variance);
  const enough = [first, second].every(
    (arm) => ("clusters" in arm ? arm.clusters : arm.values) >= enoughAmounts,
  );
  return { difference, low: difference - z * error, high: difference + z * error, method: "normal", enough };
}

function momentsOf(arm: AmountSums): Moments {
  const mean = arm.sum / arm.units;
  if ("clusters" in arm) {
    const { clusters: m, units, squares, squaredUnits, products } = arm;
    const residuals = Math.max(0, squares - 2 * mean * products + mean * mean * squaredUnits);
    return { mean, variance: ((m / (m - 1)) * residuals) / units ** 2 };
  }
  const { units, squares } = arm;
  return { mean, variance: Math.max(0, squares - units * mean * mean) / (units - 1) / units };
}

type Moments = { readonly mean: number; readonly variance: number };

type Drawable = {
  /** What is drawn: units or clusters. */
  readonly size: number;
  /** What there is to draw from. */
  readonly values: number;
  readonly seen: Moments;
  again(random: SeededRandom): Moments;
};

function bootstrapReach(
  [first, second]: readonly [Drawable, Drawable],
  options: { difference: number; level: number; resamples: number; seed: string },
): number {
  const { difference, level, resamples, seed } = options;
  if (!(Number.isInteger(resamples) && resamples >= 100)) {
    throw new RangeError(`A bootstrap needs at least 100 resamples, not ${resamples}.`);
  }
  const random = seededRandom(seed);
  const distances: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const a = first.again(random);
    const b = second.again(random);
    const error = Math.sqrt(a.variance + b.variance);
    const off = Math.abs(a.mean - b.mean - difference);
    // Draws without any amount have no error; they are as far off as can be.
    distances.push(error > 0 ? off / error : off > 0 ? Infinity : 0);
  }
  distances.sort((x, y) => x - y);
  const reach = distances[Math.ceil(level * resamples) - 1]!;
  return Number.isFinite(reach) ? reach : distances.findLast(Number.isFinite)!;
}

function drawable(arm: ArmAmounts): Drawable {
  return "clusters" in arm ? drawClusters(arm.clusters) : drawUnits(arm.units, arm.amounts);
}

function drawUnits(units: number, given: readonly number[]): Drawable {
  const amounts = given.toSorted((x, y) => x - y);
  if (!(Number.isSafeInteger(units) && units >= amounts.length && amounts.every(Number.isFinite))) {
    throw new RangeError(`${amounts.length} finite amounts cannot come from ${units} units.`);
  }
  const values = amounts.length;
  const moments = (sum: number, squares: number): Moments => momentsOf({ units, values, sum, squares });
  let [sum, squares] = [0, 0];
  for (const x of amounts) [sum, squares] = [sum + x, squares + x * x];
  return {
    size: units,
    values,
    seen: moments(sum, squares),
    again(random) {
      let [sum, squares] = [0, 0];
      for (let left = binomial(random, units, amounts.length / units); left > 0; left--) {
        const x = amounts[random.integer(amounts.length)]!;
        sum += x;
        squares += x * x;
      }
      return moments(sum, squares);
    },
  };
}

function drawClusters(given: readonly { readonly units: number; readonly amount: number }[]): Drawable {
  const clusters = given
    .filter(({ units }) => units > 0)
    .toSorted((x, y) => x.amount - y.amount || x.units - y.units);
  if (!clusters.every(({ units, amount }) => Number.isFinite(units) && Number.isFinite(amount))) {
    throw new RangeError("Clusters have finite numbers of units and finite amounts.");
  }
  const m = clusters.length;
  const moments = (pick: (i: number) => number): Moments => {
    const sums = { clusters: m, units: 0, sum: 0, squares: 0, squaredUnits: 0, products: 0 };
    for (let i = 0; i < m; i++) {
      const { units, amount } = clusters[pick(i)]!;
      sums.units += units;
      sums.sum += amount;
      sums.squaredUnits += units * units;
      sums.squares += amount * amount;
      sums.products += units * amount;
    }
    return momentsOf(sums);
  };
  return {
    size: m,
    values: m,
    seen: m < 2 ? { mean: 0, variance: 0 } : moments((i) => i),
    again: (random) => moments(() => random.integer(m)),
  };
}

/** How many of n succeed with probability p each: adds up the gaps between successes, of the rarer kind. */
function binomial(random: SeededRandom, n: number, p: number): number {
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  if (p <= 0) return 0;
  const log = Math.log1p(-p);
  let successes = 0;
  for (let at = 0; ; successes++) {
    at += 1 + Math.floor(Math.log(1 - random.uniform()) / log);
    if (at > n) return successes;
  }
}
