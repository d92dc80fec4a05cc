import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  powerForDifference,
  sampleSizeForDifference,
  smallestDetectableDifference,
  stillNeeded,
} from "./plan-trial.ts";
import { seededRandom } from "./seeded-random.ts";
import { newcombeInterval } from "./share-difference.ts";

describe("planning a trial", () => {
  it("agrees with R's power.prop.test", () => {
    // power.prop.test(n = 50, p1 = .50, p2 = .75): power = 0.7401659
    const arms = { treated: 50, holdout: 50 };
    expect(powerForDifference({ baseline: 0.5, difference: 0.25 }, arms)).toBeCloseTo(0.7401659, 7);
    // power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7
    expect(sampleSizeForDifference({ baseline: 0.5, difference: 0.25, power: 0.9 }).holdout).toBe(77);
    expect(sampleSizeForDifference({ baseline: 0.2, difference: 0.1 })).toEqual({
      units: 588,
      treated: 294,
      holdout: 294,
    });
    expect(sampleSizeForDifference({ baseline: 0.25, difference: 0.05 }).treated).toBe(1251);
    expect(sampleSizeForDifference({ baseline: 0.3, difference: -0.1 }).treated).toBe(294);
  });

  it("needs about half as many again when only a fifth is held out", () => {
    const plan = { baseline: 0.2, difference: 0.1 };
    const halves = sampleSizeForDifference(plan);
    const fifth = sampleSizeForDifference({ ...plan, holdoutShare: 0.2 });
    expect(fifth.units / halves.units).toBeCloseTo(1 / (4 * 0.2 * 0.8), 1);
    expect(fifth.holdout / fifth.units).toBeCloseTo(0.2, 2);
    // Computed apart with NumPy: 0.8247175.
    expect(powerForDifference(plan, { treated: 800, holdout: 200 })).toBeCloseTo(0.8247175048, 8);
  });

  it("keeps its promise with Newcombe's interval, also for unequal arms", () => {
    const random = seededRandom("power");
    for (const [baseline, difference, holdoutShare] of [
      [0.2, 0.1, 0.5],
      [0.1, 0.08, 0.2],
    ] as const) {
      const { treated, holdout } = sampleSizeForDifference({ baseline, difference, holdoutShare });
      const successes = (n: number, p: number) => {
        let k = 0;
        for (let i = 0; i < n; i++) if (random.chance(p)) k++;
        return k;
      };
      let seen = 0;
      for (let trial = 0; trial < 1000; trial++) {
        const k1 = successes(treated, baseline + difference);
        if (newcombeInterval(k1, treated, successes(holdout, baseline), holdout)!.low > 0) seen++;
      }
      expect(Math.abs(seen / 1000 - 0.8)).toBeLessThan(0.05);
    }
  });

  it("says what cannot be seen", () => {
    const smallest = smallestDetectableDifference({ baseline: 0.2 }, { treated: 294, holdout: 294 })!;
    expect(smallest).toBeCloseTo(0.1, 3);
    expect(smallestDetectableDifference({ baseline: 0.2 }, { treated: 2, holdout: 1 })).toBeUndefined();
    expect(smallestDetectableDifference({ baseline: 0.2 }, { treated: 30, holdout: 0 })).toBeUndefined();
    expect(smallestDetectableDifference({ baseline: 1 }, { treated: 30, holdout: 30 })).toBeUndefined();
  });

  it("needs more for less, and more still where clusters are assigned", () => {
    const difference = fc.double({ min: 0.01, max: 0.3, noNaN: true });
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(difference, share, fc.double({ min: 0, max: 0.6, noNaN: true }), (gain, r, baseline) => {
        const plan = { baseline, difference: gain, holdoutShare: r };
        const { units, treated, holdout } = sampleSizeForDifference(plan);
        expect(units).toBe(treated + holdout);
        expect(powerForDifference(plan, { treated, holdout })).toBeGreaterThan(0.79);
        expect(sampleSizeForDifference({ ...plan, difference: gain * 1.1 }).units).toBeLessThanOrEqual(units);
        expect(sampleSizeForDifference({ ...plan, power: 0.9 }).units).toBeGreaterThanOrEqual(units);
        expect(sampleSizeForDifference({ ...plan, designEffect: 3 }).units).toBeGreaterThanOrEqual(units);
      }),
      { numRuns: 50 },
    );
  });

  it("counts what is missing in units and weeks", () => {
    expect(stillNeeded({ needed: 588, entered: 200 }, { perWeek: 100 })).toEqual({ units: 388, weeks: 4 });
    expect(stillNeeded({ needed: 588, entered: 200 }, { perWeek: 100, waitWeeks: 13 }).weeks).toBe(17);
    expect(stillNeeded({ needed: 588, entered: 588 }, { perWeek: 0, waitWeeks: 2 })).toEqual({
      units: 0,
      weeks: 2,
    });
    expect(stillNeeded({ needed: 588, entered: 200 }, { perWeek: 0 }).weeks).toBeUndefined();
  });

  it("refuses percentages, no difference, no holdout", () => {
    expect(() => sampleSizeForDifference({ baseline: 20, difference: 5 })).toThrow("5 % is 0.05");
    expect(() => sampleSizeForDifference({ baseline: 0.9, difference: 0.2 })).toThrow("between 0 and 1");
    expect(() => sampleSizeForDifference({ baseline: 0.2, difference: 0 })).toThrow("difference of 0");
    expect(() => sampleSizeForDifference({ baseline: 0.2, difference: 0.1, holdoutShare: 1 })).toThrow(
      "needs a holdout",
    );
    expect(() => sampleSizeForDifference({ baseline: 0.2, difference: 0.1, power: 80 })).toThrow(
      "80 % is 0.8",
    );
    expect(() => sampleSizeForDifference({ baseline: 0.2, difference: 0.1, designEffect: 0.5 })).toThrow(
      "1 or more",
    );
  });
});
