import { expect, it } from "vitest";
import { costPerExtra, extraSuccesses } from "./extra-successes.ts";
import { newcombeInterval } from "./share-difference.ts";

it("extra successes are the difference times the treated, and each has its price", () => {
  const extra = extraSuccesses(newcombeInterval(130, 500, 96, 500)!, 500);
  expect(extra.estimate).toBeCloseTo(34, 9);
  expect(extra.low).toBeCloseTo(500 * 0.0161441186, 5);
  const cost = costPerExtra(1700, extra)!;
  expect(cost.estimate).toBeCloseTo(50, 9);
  expect(cost.low).toBeCloseTo(1700 / extra.high, 9);
  expect(cost.high).toBeCloseTo(1700 / extra.low, 9);
});

it("there is no upper end when there may be none, and no price when there are none", () => {
  const perhaps = extraSuccesses({ difference: 0.02, low: -0.01, high: 0.05 }, 1000);
  expect(costPerExtra(500, perhaps)).toEqual({ estimate: 25, low: 10, high: undefined });
  expect(costPerExtra(500, extraSuccesses({ difference: 0, low: -0.01, high: 0.01 }, 1000))).toBeUndefined();
  expect(costPerExtra(500, extraSuccesses({ difference: 0.1, low: 0.05, high: 0.15 }, 0))).toBeUndefined();
  expect(() => costPerExtra(-1, perhaps)).toThrow("0 or more");
  expect(() => extraSuccesses({ difference: 0, low: 0, high: 0 }, -1)).toThrow("0 or more");
});
