import { expect, test } from "vitest";
import { gapProbability } from "./gap-probability.ts";

test("three usual gaps without a sign have a chance of 5 %", () => {
  expect(gapProbability(3, 1)).toBeCloseTo(0.0498, 4);
  expect(gapProbability(0, 5)).toBe(1);
  expect(gapProbability(100, Infinity)).toBe(1);
  expect(gapProbability(4, 2) * gapProbability(6, 2)).toBeCloseTo(gapProbability(10, 2), 12);
  expect(() => gapProbability(1, 0)).toThrow("above 0");
});
