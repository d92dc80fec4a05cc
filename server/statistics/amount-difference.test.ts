import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountDifference, amountDifferenceOfSums } from "./amount-difference.ts";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";

/** Three in ten spend, log-normally: on average e^½·0.3 = 0.4946. */
function spending(random: SeededRandom, units: number) {
  const amounts: number[] = [];
  for (let i = 0; i < units; i++) if (random.chance(0.3)) amounts.push(Math.exp(random.normal()));
  return { units, amounts };
}

const singles = ({ units, amounts }: { units: number; amounts: readonly number[] }) => ({
  clusters: Array.from({ length: units }, (_, i) => ({ units: 1, amount: amounts[i] ?? 0 })),
});

describe("the difference of two mean amounts", () => {
  const a = { units: 60, amounts: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120] };
  const b = { units: 50, amounts: [5, 15, 25, 35, 45, 55, 65, 75] };

  it("is that of the means, with an interval as NumPy draws it", () => {
    const result = amountDifference(a, b, { resamples: 20_000 })!;
    expect(result.difference).toBeCloseTo(780 / 60 - 320 / 50, 12);
    expect(result.method).toBe("bootstrap");
    expect(result.enough).toBe(false);
    // NumPy, 400,000 resamples of the same arms: -2.786 to 15.986.
    expect(result.low).toBeCloseTo(-2.786, 0);
    expect(result.high).toBeCloseTo(15.986, 0);
  });

  it("is the same for the same seed, in whatever order the amounts come", () => {
    const turned = { units: 60, amounts: a.amounts.toReversed() };
    expect(amountDifference(turned, b)).toEqual(amountDifference(a, b));
    expect(amountDifference(a, b, { seed: "another" })).not.toEqual(amountDifference(a, b));
  });

  it("covers the truth in 92 to 98 of 100 trials with skewed amounts", () => {
    const random = seededRandom("spending");
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const { low, high } = amountDifference(spending(random, 300), spending(random, 150), {
        resamples: 200,
      })!;
      if (low <= 0 && high >= 0) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.92);
    expect(covered / 300).toBeLessThan(0.98);
  });

  it("agrees with clusters of one, and finds clusters that spend alike less certain", () => {
    const single = amountDifference(singles(a), singles(b), { resamples: 5000 })!;
    const plain = amountDifference(a, b, { resamples: 5000 })!;
    expect(single.difference).toBeCloseTo(plain.difference, 10);
    expect(single.high - single.low).toBeCloseTo(plain.high - plain.low, 0);

    const random = seededRandom("clusters that spend");
    const arms = [0, 1].map(() =>
      Array.from({ length: 40 }, () => ({ units: 10, amount: 10 * Math.exp(random.normal()) })),
    ) as [{ units: number; amount: number }[], { units: number; amount: number }[]];
    const clustered = amountDifference({ clusters: arms[0] }, { clusters: arms[1] })!;
    const asUnits = (clusters: { units: number; amount: number }[]) => ({
      units: 400,
      amounts: clusters.flatMap(({ amount }) => Array.from({ length: 10 }, () => amount / 10)),
    });
    const naive = amountDifference(asUnits(arms[0]), asUnits(arms[1]))!;
    expect(clustered.high - clustered.low).toBeGreaterThan(2 * (naive.high - naive.low));
    expect(clustered.enough).toBe(true);
  });

  it("computes instead of drawing when there are many amounts", () => {
    const random = seededRandom("many");
    const many = spending(random, 20_000);
    const result = amountDifference(many, spending(random, 20_000))!;
    expect(result.method).toBe("normal");
    expect(result.low).toBeLessThan(0);
    expect(result.high).toBeGreaterThan(0);
    expect(result.high - result.low).toBeLessThan(0.06);
  });

  it("has no interval without units, none of width without amounts", () => {
    expect(amountDifference({ units: 1, amounts: [] }, b)).toBeUndefined();
    expect(amountDifference({ clusters: [] }, { clusters: [] })).toBeUndefined();
    const nothing = amountDifference({ units: 10, amounts: [] }, { units: 10, amounts: [] })!;
    expect(nothing).toMatchObject({ difference: 0, low: 0, high: 0, enough: false });
    const few = amountDifference({ units: 10, amounts: [7] }, { units: 10, amounts: [] })!;
    expect(few.low).toBeLessThan(0);
    expect(Number.isFinite(few.high)).toBe(true);
  });

  it("moves with the currency, and turns round with the arms", () => {
    const amounts = fc.array(fc.integer({ min: -5_000, max: 50_000 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(amounts, amounts, (x, y) => {
        const one = amountDifference(
          { units: 30, amounts: x },
          { units: 25, amounts: y },
          { resamples: 200 },
        )!;
        const cents = amountDifference(
          { units: 30, amounts: x.map((amount) => 128 * amount) },
          { units: 25, amounts: y.map((amount) => 128 * amount) },
          { resamples: 200 },
        )!;
        expect(cents.low).toBeCloseTo(128 * one.low, 6);
        expect(one.low).toBeLessThanOrEqual(one.difference);
        expect(one.high).toBeGreaterThanOrEqual(one.difference);
      }),
      { numRuns: 25 },
    );
  });

  it("of sums is what the many come to, by units and by clusters", () => {
    const random = seededRandom("sums");
    const arm = (n: number) => Array.from({ length: n }, () => Math.exp(random.normal(3, 1)));
    const sumsOf = (amounts: number[], units: number) => ({
      units,
      values: amounts.length,
      sum: amounts.reduce((sum, x) => sum + x, 0),
      squares: amounts.reduce((sum, x) => sum + x * x, 0),
    });
    const [x, y] = [arm(6_000), arm(5_000)];
    const drawn = amountDifference({ units: 9_000, amounts: x }, { units: 8_000, amounts: y })!;
    const added = amountDifferenceOfSums(sumsOf(x, 9_000), sumsOf(y, 8_000))!;
    expect(added.method).toBe("normal");
    expect(added.low).toBeCloseTo(drawn.low, 6);
    expect(added.high).toBeCloseTo(drawn.high, 6);

    // Clusters of one unit each are units, but for their n − 1.
    const single = (amounts: number[]) => ({
      clusters: amounts.length,
      ...sumsOf(amounts, amounts.length),
      squaredUnits: amounts.length,
      products: amounts.reduce((sum, z) => sum + z, 0),
    });
    const clustered = amountDifferenceOfSums(single(x), single(y))!;
    const alone = amountDifferenceOfSums(sumsOf(x, x.length), sumsOf(y, y.length))!;
    expect(clustered.low).toBeCloseTo(alone.low, 6);
  });

  it("refuses more amounts than units, and too few resamples", () => {
    expect(() => amountDifference({ units: 2, amounts: [1, 2, 3] }, b)).toThrow("cannot come from 2 units");
    expect(() => amountDifference({ units: 2, amounts: [Number.NaN] }, b)).toThrow("finite amounts");
    expect(() => amountDifference(a, b, { resamples: 10 })).toThrow("at least 100");
  });
});
