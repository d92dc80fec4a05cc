import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustedWaldInterval } from "./nps-interval.ts";
import { sampleSizeForMargin, sampleSizePerWave, smallestDetectableChange } from "./plan-sample.ts";

describe("planning", () => {
  it("needs 200 answers for ±10 points and 826 per wave to see 10 points", () => {
    expect(sampleSizeForMargin(10)).toBe(200);
    expect(sampleSizePerWave(10)).toBe(826);
  });

  it("sees 28 points with 100 answers, 14 with 400 and 9 with 1,000", () => {
    expect(Math.round(smallestDetectableChange(100))).toBe(28);
    expect(Math.round(smallestDetectableChange(400))).toBe(14);
    expect(Math.round(smallestDetectableChange(1000))).toBe(9);
    expect(smallestDetectableChange(826)).toBeLessThanOrEqual(10);
    expect(smallestDetectableChange(825)).toBeGreaterThan(10);
  });

  it("needs fewer of a small company: 132 of 385 instead of 200", () => {
    expect(sampleSizeForMargin(1, { populationSize: 100 })).toBeLessThanOrEqual(100);
    // 196·√(0.5275/135)·√(253/384) = 9.95 points; with 131 answers it would be 10.01.
    expect(sampleSizeForMargin(10, { populationSize: 385 })).toBe(132);
    expect(sampleSizeForMargin(10, { populationSize: 1_000_000 })).toBe(200);
  });

  it("gives the two waves their own variances", () => {
    const both = smallestDetectableChange(100, 400, [0.5, 0.8]);
    const byHand = 280.1585218 * Math.sqrt(0.5 / 103 + 0.8 / 403);
    expect(both).toBeCloseTo(byHand, 5);
  });

  it("promises the margin that the interval then has", () => {
    // 50 / 35 / 15 % of 200 answers.
    const { low, high } = adjustedWaldInterval({ detractors: 30, passives: 70, promoters: 100 })!;
    expect((high - low) / 2).toBeCloseTo(10, 1);
  });

  it("needs more for less: a smaller margin, a smaller change, more power, a higher level", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 40, noNaN: true }), (points) => {
        expect(sampleSizeForMargin(points)).toBeGreaterThanOrEqual(sampleSizeForMargin(points * 1.1));
        expect(sampleSizePerWave(points)).toBeGreaterThanOrEqual(sampleSizePerWave(points * 1.1));
        expect(sampleSizePerWave(points, { power: 0.9 })).toBeGreaterThanOrEqual(sampleSizePerWave(points));
        expect(sampleSizeForMargin(points, { level: 0.99 })).toBeGreaterThanOrEqual(
          sampleSizeForMargin(points),
        );
        expect(smallestDetectableChange(sampleSizePerWave(points))).toBeLessThanOrEqual(points + 1e-6);
      }),
    );
  });

  it("refuses a margin of nothing, a variance above 1 and power in percent", () => {
    expect(() => sampleSizeForMargin(0)).toThrow("above 0, not 0");
    expect(() => sampleSizePerWave(-5)).toThrow("above 0, not -5");
    expect(() => sampleSizePerWave(5, { variance: 52 })).toThrow("between 0 and 1, not 52");
    expect(() => sampleSizePerWave(5, { power: 80 })).toThrow("80 % is 0.8");
  });
});
