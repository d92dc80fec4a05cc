import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHeldOut, placeOf } from "./assignment.ts";
import { chiSquareTail } from "./distributions.ts";

const units = Array.from({ length: 20_000 }, (_, i) => `unit ${i}`);

describe("assignment by hash", () => {
  it("gives the places that an independent computation gives", () => {
    expect(placeOf("play1", "s1", "cust42")).toBe(0.4590596302233325);
    // Python: int(sha256(b"play1|s1|cust43").hexdigest()[:13], 16) / 2**52
    expect(placeOf("play1", "s1", "cust43")).toBe(0.11295962615548927);
    expect(placeOf("play1", "s2", "cust42")).toBe(0.6452933820003859);
    expect(placeOf("Stück", "s1", "Zoë 🙂")).toBe(0.11206210153356788);
  });

  it("fills every twentieth of the line alike", () => {
    const counts = Array.from({ length: 20 }, () => 0);
    for (const unit of units) counts[Math.floor(20 * placeOf("trial", "salt", unit))]! += 1;
    const x2 = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquareTail(x2, 19)).toBeGreaterThan(0.001);
  });

  it("holds out the share that was asked for, and by another salt others", () => {
    const held = (salt: string) => units.filter((unit) => isHeldOut(placeOf("trial", salt, unit), 0.2));
    const first = new Set(held("first"));
    const second = held("second");
    const both = second.filter((unit) => first.has(unit)).length;
    // 20 % of 20,000 have a standard deviation of 57, 4 % of 28.
    expect(Math.abs(first.size - 4000)).toBeLessThan(4 * 57);
    expect(Math.abs(second.length - 4000)).toBeLessThan(4 * 57);
    expect(Math.abs(both - 800)).toBeLessThan(4 * 28);
  });

  it("moves units into the holdout only when it grows, and holds out nobody at 0 and everybody at 1", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.uuid(), share, share, (unit, a, b) => {
        const place = placeOf("trial", "salt", unit);
        expect(place).toBe(placeOf("trial", "salt", unit));
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThan(1);
        if (isHeldOut(place, Math.min(a, b))) expect(isHeldOut(place, Math.max(a, b))).toBe(true);
        expect(isHeldOut(place, 0)).toBe(false);
        expect(isHeldOut(place, 1)).toBe(true);
      }),
    );
  });

  it("refuses names that could be mistaken for others, and shares in percent", () => {
    expect(() => placeOf("a|b", "salt", "unit")).toThrow('holds no "|"');
    expect(() => placeOf("trial", "", "unit")).toThrow("not empty");
    expect(() => isHeldOut(0.5, 20)).toThrow("20 % is 0.2");
    expect(() => isHeldOut(0.5, Number.NaN)).toThrow("between 0 and 1");
  });
});
