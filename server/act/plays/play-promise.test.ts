import * as fc from "fast-check";
import { expect, test } from "vitest";
import { promiseOf } from "./play-promise.ts";

const half = { worth: 0.1, holdout: { share: 0.5, reason: null } };

test("a play promises what its size allows, and says from what it is reckoned", () => {
  expect(promiseOf(half, 588, { baseline: 0.2 })).toMatchObject({
    needed: 588,
    treated: 294,
    holdout: 294,
    baseline: 0.2,
    guessed: false,
  });
  const few = promiseOf(half, 200, { baseline: null });
  expect(few).toMatchObject({ needed: 588, guessed: true });
  expect(few.power).toBeLessThan(0.4);
  expect(few.smallest).toBeCloseTo(0.1786, 3);
  expect(promiseOf(half, 588, { baseline: 0.2, designEffect: 2 }).needed).toBe(1174);
  const nobody = { worth: 0.1, holdout: { share: 0, reason: "Required." } };
  expect(promiseOf(nobody, 588, { baseline: 0.2 })).toMatchObject({ needed: null, power: 0, smallest: null });
  expect(promiseOf(half, 3, { baseline: 0.2 }).smallest).toBeNull();
});

test("more customers promise more, whatever was in the past", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const definition = fc.record({
    worth: fc.double({ min: 0.001, max: 1, noNaN: true }),
    holdout: fc.record({
      share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      reason: fc.constant(null),
    }),
  });
  fc.assert(
    fc.property(definition, share, fc.integer({ min: 40, max: 5_000 }), (play, baseline, customers) => {
      const one = promiseOf(play, 100 * customers, { baseline });
      const ten = promiseOf(play, 1_000 * customers, { baseline });
      expect(one.treated + one.holdout).toBe(100 * customers);
      expect(one.power).toBeGreaterThanOrEqual(0);
      expect(ten.power).toBeGreaterThanOrEqual(one.power - 1e-9);
      if (one.smallest !== null) expect(ten.smallest).toBeLessThanOrEqual(one.smallest + 1e-6);
    }),
    { numRuns: 100 },
  );
});
