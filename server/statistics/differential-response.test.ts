import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareResponse, trimmedBounds, worstCaseBounds } from "./differential-response.ts";

const arm = (asked: number, answered: number, successes: number) => ({ asked, answered, successes });
const anyArm = fc
  .tuple(fc.nat(200), fc.nat(200), fc.nat(200))
  .map(([successes, others, silent]) => arm(successes + others + silent + 1, successes + others, successes));

describe("differential response", () => {
  it("notices that the treated answer more", () => {
    const more = compareResponse(arm(500, 200, 60), arm(500, 150, 45))!;
    expect(more.difference).toBeCloseTo(0.1, 12);
    expect(more.differs).toBe(true);
    expect(compareResponse(arm(500, 160, 60), arm(500, 150, 45))!.differs).toBe(false);
    expect(compareResponse(arm(0, 0, 0), arm(500, 150, 45))).toBeUndefined();
  });

  it("trims the surplus from both ends: by hand, and by cutting off a list", () => {
    // 60 % of the treated answer, 50 % of the others: a sixth of 30 % successes is cut.
    const bounds = trimmedBounds(arm(100, 60, 18), arm(100, 50, 10))!;
    expect(bounds.low).toBeCloseTo(0.16 - 0.2, 12);
    expect(bounds.high).toBeCloseTo(0.36 - 0.2, 12);
    // The same by sorting the 60 answers and leaving out the 10 best or the 10 worst.
    const answers = [...Array.from({ length: 42 }, () => 0), ...Array.from({ length: 18 }, () => 1)];
    const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
    expect(bounds.low).toBeCloseTo(mean(answers.slice(0, 50)) - 0.2, 12);
    expect(bounds.high).toBeCloseTo(mean(answers.slice(10)) - 0.2, 12);
    expect(trimmedBounds(arm(100, 0, 0), arm(100, 50, 10))).toBeUndefined();
  });

  it("is a point when both arms answer alike, and then needs no bounds", () => {
    const { low, high } = trimmedBounds(arm(100, 50, 20), arm(200, 100, 20))!;
    expect(low).toBeCloseTo(0.2, 12);
    expect(high).toBeCloseTo(0.2, 12);
  });

  it("bounds everybody by the silent of both arms", () => {
    const bounds = worstCaseBounds(arm(100, 60, 18), arm(100, 50, 10))!;
    expect(bounds.low).toBeCloseTo(0.18 - 0.6, 12);
    expect(bounds.high).toBeCloseTo(0.58 - 0.1, 12);
    expect(worstCaseBounds(arm(100, 60, 18), arm(0, 0, 0))).toBeUndefined();
  });

  it("keeps its laws: bounds in order, as wide as silence, turning round with the arms", () => {
    fc.assert(
      fc.property(anyArm, anyArm, (a, b) => {
        const worst = worstCaseBounds(a, b)!;
        const silent = 2 - a.answered / a.asked - b.answered / b.asked;
        expect(worst.high - worst.low).toBeCloseTo(silent, 9);
        const trimmed = trimmedBounds(a, b);
        if (!trimmed) return;
        expect(trimmed.low).toBeLessThanOrEqual(trimmed.high + 1e-12);
        const difference = a.successes / a.answered - b.successes / b.answered;
        expect(trimmed.low).toBeLessThanOrEqual(difference + 1e-12);
        expect(trimmed.high).toBeGreaterThanOrEqual(difference - 1e-12);
        const turned = trimmedBounds(b, a)!;
        expect(turned.low).toBeCloseTo(-trimmed.high, 12);
      }),
      { numRuns: 100 },
    );
  });

  it("refuses more answers than asked", () => {
    expect(() => compareResponse(arm(10, 11, 0), arm(10, 5, 1))).toThrow("answered ≤ asked");
    expect(() => trimmedBounds(arm(10, 5, 6), arm(10, 5, 1))).toThrow("successes ≤ answered");
  });
});
