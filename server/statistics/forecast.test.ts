import { expect, it } from "vitest";
import { whenEnough } from "./forecast.ts";

it("counts the days until 30 answers at the present rate, rounded up", () => {
  expect(whenEnough(12, 3)).toBe(6);
  expect(whenEnough(12, 4)).toBe(5);
  expect(whenEnough(29, 0.1)).toBe(10);
  expect(whenEnough(12, 3, 100)).toBe(30);
});

it("needs no day more when there are enough, whatever the rate", () => {
  expect(whenEnough(30, 0)).toBe(0);
  expect(whenEnough(31, 5)).toBe(0);
});

it("does not know when nothing comes in", () => {
  expect(whenEnough(12, 0)).toBeUndefined();
  expect(whenEnough(12, Number.NaN)).toBeUndefined();
});
