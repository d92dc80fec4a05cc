import * as fc from "fast-check";
import { expect, test } from "vitest";
import { breadth } from "./breadth.ts";

const use = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });

test("features used alike count fully; a half and two quarters are 2·√2", () => {
  expect(breadth([3, 3, 3, 3])).toBeCloseTo(4, 12);
  expect(breadth([2, 1, 1])).toBeCloseTo(2 * Math.SQRT2, 12);
  expect(breadth([1000, 1])).toBeCloseTo(1.008, 3);
});

test("lies between one and the number of features, whatever the unit and the order, and is not moved by what is not used", () => {
  fc.assert(
    fc.property(use, fc.double({ min: 0.01, max: 100, noNaN: true }), (amounts, unit) => {
      const value = breadth(amounts)!;
      expect(value).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(value).toBeLessThanOrEqual(amounts.length + 1e-9);
      expect(breadth(amounts.toReversed().map((amount) => amount * unit))).toBeCloseTo(value, 9);
      expect(breadth([...amounts, 0])).toBeCloseTo(value, 12);
    }),
  );
});

test("two equal groups of features without overlap are twice as broad as one", () => {
  fc.assert(
    fc.property(use, (amounts) => {
      expect(breadth([...amounts, ...amounts])).toBeCloseTo(2 * breadth(amounts)!, 8);
    }),
  );
});

test("who uses nothing has no breadth", () => {
  expect(breadth([])).toBeUndefined();
  expect(breadth([0, 0])).toBeUndefined();
  expect(() => breadth([-1])).toThrow("0 or more");
});
