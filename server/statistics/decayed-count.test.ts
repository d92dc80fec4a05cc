import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDecayed,
  decayedAt,
  type DecayedCount,
  decayedCountOf,
  decayedRate,
  halfLives,
  rateTrend,
} from "./decayed-count.ts";

const times = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 30 });

test("two events a half-life apart weigh one and a half, and half as much a half-life later", () => {
  const count = decayedCountOf([0, 10], 10)!;
  expect(count).toEqual({ sum: 1.5, at: 10 });
  expect(decayedAt(count, 20, 10)).toBe(0.75);
});

test("a late event adds what is left of it", () => {
  const count = addDecayed({ sum: 1, at: 10 }, { sum: 1, at: 0 }, 10);
  expect(count).toEqual({ sum: 1.5, at: 10 });
});

test("the order of events does not matter, nor whether they are counted together or apart", () => {
  fc.assert(
    fc.property(times, times, (some, others) => {
      const expected = decayedCountOf([...some, ...others], halfLives.short)!;
      const apart = addDecayed(
        decayedCountOf(others.toReversed(), halfLives.short)!,
        decayedCountOf(some, halfLives.short)!,
        halfLives.short,
      );
      expect(apart.at).toBe(expected.at);
      expect(apart.sum).toBeCloseTo(expected.sum, 9);
    }),
  );
});

test("a steady pace is its own rate, however short it has lasted", () => {
  const perDay = 200;
  for (const age of [3, 20, 400]) {
    const days = Array.from({ length: age * perDay }, (_, i) => (i + 0.5) / perDay);
    for (const halfLife of Object.values(halfLives)) {
      const sum = decayedAt(decayedCountOf(days, halfLife)!, age, halfLife);
      expect(decayedRate(sum, { halfLife, age })).toBeCloseTo(perDay, 1);
    }
  }
});

test("a trend is the logarithm of the ratio, and nothing against nothing is none", () => {
  expect(rateTrend(2, 4, { epsilon: 1e-9 })).toBeCloseTo(-Math.LN2, 6);
  expect(rateTrend(0, 0)).toBe(0);
  expect(rateTrend(1, 3)).toBeCloseTo(-rateTrend(3, 1), 12);
});

test("refuses what is no half-life, age or rate", () => {
  const count: DecayedCount = { sum: 1, at: 0 };
  expect(() => decayedAt(count, 1, 0)).toThrow("above 0, not 0");
  expect(() => decayedRate(1, { halfLife: 14, age: 0 })).toThrow("above 0, not 0");
  expect(() => rateTrend(-1, 1)).toThrow("0 or more");
  expect(decayedCountOf([], 14)).toBeUndefined();
});
