import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marginalShift } from "./marginal-shift.ts";

describe("a shift between two times", () => {
  it("agrees with Stuart's test of 7,477 women's eyes, χ² = 11.957, p = 0.0075", () => {
    const eyes = [
      [1520, 266, 124, 66],
      [234, 1512, 432, 78],
      [117, 362, 1772, 205],
      [36, 82, 179, 492],
    ];
    const shift = marginalShift(eyes)!;
    expect(shift.chiSquare).toBeCloseTo(11.95657, 5);
    expect(shift.degreesOfFreedom).toBe(3);
    expect(shift.pValue).toBeCloseTo(0.0075334, 7);
  });

  it("agrees with Uebersax's example of three categories, χ² = 13.76", () => {
    const shift = marginalShift([
      [20, 10, 5],
      [3, 30, 15],
      [0, 5, 40],
    ])!;
    expect(shift.chiSquare).toBeCloseTo(13.76, 2);
    expect(shift.pValue).toBeCloseTo(0.001026, 6);
  });

  it("is McNemar's test for two categories", () => {
    expect(
      marginalShift([
        [10, 9],
        [2, 20],
      ])!.chiSquare,
    ).toBeCloseTo(49 / 11, 12);
  });

  it("leaves out who stayed among themselves, and is nothing when nobody moved", () => {
    const apart = [
      [10, 9, 0],
      [2, 20, 0],
      [0, 0, 50],
    ];
    expect(marginalShift(apart)).toMatchObject({ degreesOfFreedom: 1 });
    expect(
      marginalShift([
        [5, 0],
        [0, 3],
      ]),
    ).toBeUndefined();
    expect(marginalShift([])).toBeUndefined();
    expect(() => marginalShift([[1, 2]])).toThrow("square");
  });

  it("sees nothing in a symmetric square, and the same after turning round", () => {
    const cell = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), (c) => {
        const counts = [c.slice(0, 3), c.slice(3, 6), c.slice(6)];
        const turned = [0, 1, 2].map((j) => counts.map((row) => row[j]!));
        const shift = marginalShift(counts)!;
        expect(shift.chiSquare).toBeGreaterThanOrEqual(-1e-9);
        expect(marginalShift(turned)!.chiSquare).toBeCloseTo(shift.chiSquare, 7);
        const symmetric = counts.map((row, i) => row.map((count, j) => count + turned[i]![j]!));
        expect(marginalShift(symmetric)!.chiSquare).toBeCloseTo(0, 7);
      }),
      { numRuns: 50 },
    );
  });
});
