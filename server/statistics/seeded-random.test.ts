import { describe, expect, it } from "vitest";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";

function draws(random: SeededRandom, n: number): number[] {
  return Array.from({ length: n }, () => random.uniform());
}

function meanAndVariance(values: readonly number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
}

describe("seeded random numbers", () => {
  it("are the same for the same seed, here and everywhere", () => {
    expect(draws(seededRandom("larkfield"), 5)).toEqual(draws(seededRandom("larkfield"), 5));
    expect(draws(seededRandom("larkfield"), 5)).not.toEqual(draws(seededRandom("larkfeld"), 5));
    expect(draws(seededRandom("larkfield"), 3)).toEqual([
      0.11110883844260377, 0.025609866363379363, 0.12042062716539048,
    ]);
  });

  it("of a fork do not depend on what was drawn before it, nor change what is drawn after it", () => {
    const quiet = seededRandom(7);
    const busy = seededRandom(7);
    draws(busy, 100);
    expect(draws(busy.fork("customer 12"), 5)).toEqual(draws(quiet.fork("customer 12"), 5));
    expect(draws(quiet, 1)).toEqual(draws(seededRandom(7), 1));
  });

  it("of forks with different names or parents are unlike", () => {
    const random = seededRandom(7);
    const first = [
      random.uniform(),
      random.fork("a").uniform(),
      random.fork("b").uniform(),
      random.fork("a").fork("b").uniform(),
      random.fork("b").fork("a").uniform(),
      seededRandom(8).fork("a").uniform(),
    ];
    expect(new Set(first).size).toBe(first.length);
  });

  it("are uniform: mean ½, variance 1/12, every tenth alike", () => {
    const values = draws(seededRandom("uniform"), 100_000);
    const { mean, variance } = meanAndVariance(values);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const x of values) tenths[Math.floor(10 * x)]! += 1;
    // χ² with 9 degrees of freedom exceeds 27.9 once in a thousand.
    expect(tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  it("are normal with the mean and spread asked for", () => {
    const random = seededRandom("normal");
    const { mean, variance } = meanAndVariance(Array.from({ length: 100_000 }, () => random.normal(10, 2)));
    expect(mean).toBeCloseTo(10, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 1);
  });

  it.each([0.3, 4, 75.5])("count events with mean and variance %d", (expected) => {
    const random = seededRandom("poisson");
    const { mean, variance } = meanAndVariance(
      Array.from({ length: 40_000 }, () => random.poisson(expected)),
    );
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.03);
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05);
    expect(random.poisson(0)).toBe(0);
  });

  it("choose categories in proportion to their weights and never one of weight 0", () => {
    const random = seededRandom("categories");
    const seen = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) seen[random.categorical([0, 1, 3, 0])]! += 1;
    expect(seen[0]).toBe(0);
    expect(seen[3]).toBe(0);
    expect(seen[2]! / seen[1]!).toBeCloseTo(3, 0);
    expect(() => random.categorical([0, 0])).toThrow("at least one of them above 0");
    expect(() => random.categorical([1, -1])).toThrow("0 or more");
  });

  it("shuffle into every order equally often, in a new array", () => {
    const random = seededRandom("shuffle");
    const items = ["a", "b", "c"];
    const orders = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = random.shuffle(items).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(["a", "b", "c"]);
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it("pick items and whole numbers within their range", () => {
    const random = seededRandom("pick");
    for (let i = 0; i < 1000; i++) {
      expect([0, 1, 2]).toContain(random.integer(3));
      expect(["x", "y"]).toContain(random.pick(["x", "y"]));
    }
    expect(() => random.pick([])).toThrow("no whole number");
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });
});
