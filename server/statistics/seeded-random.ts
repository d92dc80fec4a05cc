import { createHash } from "node:crypto";

export type SeededRandom = {
  /** At least 0, below 1. */
  uniform(): number;
  /** A whole number from 0 to `below` − 1. */
  integer(below: number): number;
  /** True with that probability. */
  chance(probability: number): boolean;
  normal(mean?: number, sd?: number): number;
  /** An index, each with a probability in proportion to its weight. */
  categorical(weights: readonly number[]): number;
  /** A whole number of events when `mean` are expected. */
  poisson(mean: number): number;
  /** One of the items, all equally likely. */
  pick<T>(items: readonly T[]): T;
  /** The same items in random order, as a new array. */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent generator; depends on the seed and the names only, not on what was drawn before. */
  fork(name: string | number): SeededRandom;
};

/**
 * Random numbers that are the same for the same seed on every machine: xoshiro128** (Blackman & Vigna 2018), its state
 * taken from SHA-256 of the seed. For simulations and tests; never for secrets.
 *
 * Give each customer or purpose its own `fork(name)`: then one more draw in one place changes nothing elsewhere.
 */
export function seededRandom(seed: string | number): SeededRandom {
  const next = xoshiro128(String(seed));

  function uniform(): number {
    // 53 random bits, as many as a double between ½ and 1 can hold.
    return ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  }

  function integer(below: number): number {
    if (!(below >= 1)) throw new RangeError(`There is no whole number from 0 to below ${below}.`);
    return Math.floor(uniform() * below);
  }

  function normal(mean = 0, sd = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return mean + sd * radius * Math.cos(2 * Math.PI * uniform());
  }

  function categorical(weights: readonly number[]): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0 && weights.every((weight) => weight >= 0))) {
      throw new RangeError("Weights are numbers of 0 or more, at least one of them above 0.");
    }
    let left = uniform() * total;
    const index = weights.findIndex((weight) => (left -= weight) < 0);
    return index >= 0 ? index : weights.findLastIndex((weight) => weight > 0);
  }

  function poisson(mean: number): number {
    if (!(mean >= 0 && mean < Infinity))
      throw new RangeError(`A mean number of events is 0 or more, not ${mean}.`);
    // Parts of at most 20, because the product of uniforms would run into 0 for large means.
    let events = 0;
    for (let left = mean; left > 0; left -= 20) {
      const limit = Math.exp(-Math.min(left, 20));
      for (let product = uniform(); product > limit; product *= uniform()) events++;
    }
    return events;
  }

  function shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }

  return {
    uniform,
    integer,
    chance: (probability) => uniform() < probability,
    normal,
    categorical,
    poisson,
    pick: (items) => items[integer(items.length)]!,
    shuffle,
    fork: (name) => seededRandom(`${seed}\n${name}`),
  };
}

function xoshiro128(seed: string): () => number {
  const digest = createHash("sha256").update(seed).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
