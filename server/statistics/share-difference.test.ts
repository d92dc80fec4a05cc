import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newcombeInterval } from "./share-difference.ts";

describe("Newcombe's interval for the difference of two shares", () => {
  it("agrees with Newcombe (1998) and Fagerland (2015)", () => {
    expect(newcombeInterval(56, 70, 48, 80)?.low).toBeCloseTo(0.05243147, 8);
    expect(newcombeInterval(56, 70, 48, 80)?.high).toBeCloseTo(0.33387265, 8);
    expect(newcombeInterval(7, 34, 1, 34)?.low).toBeCloseTo(0.01892144, 8);
    expect(newcombeInterval(7, 34, 1, 34)?.high).toBeCloseTo(0.34036869, 8);
    expect(newcombeInterval(7, 34, 1, 34)?.difference).toBeCloseTo(6 / 34, 12);
  });

  it("is undefined when a group is empty", () => {
    expect(newcombeInterval(0, 0, 1, 34)).toBeUndefined();
    expect(newcombeInterval(1, 34, 0, 0)).toBeUndefined();
  });

  it("contains the difference, lies in ±1 and turns round with the groups", () => {
    const group = fc.tuple(fc.nat(500), fc.nat(500)).map(([k, others]) => [k, k + others + 1] as const);
    fc.assert(
      fc.property(group, group, ([k1, n1], [k2, n2]) => {
        const { difference, low, high } = newcombeInterval(k1, n1, k2, n2)!;
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        const turned = newcombeInterval(k2, n2, k1, n1)!;
        expect(turned.low).toBeCloseTo(-high, 10);
        expect(turned.high).toBeCloseTo(-low, 10);
      }),
    );
  });
});
