import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCounts } from "./arbitrary-counts.ts";
import { nps } from "./nps.ts";
import { ifPassivesMoved } from "./what-if.ts";

describe("if passives moved up", () => {
  it("one in five of 490 among 1,284 answers would add 98 promoters and 7.6 points, giving +28", () => {
    const moved = ifPassivesMoved({ detractors: 268, passives: 490, promoters: 526 })!;
    expect(moved.promotersGained).toBe(98);
    expect(moved.gain).toBeCloseTo(7.6, 1);
    expect(Math.round(moved.nps)).toBe(28);
  });

  it("agrees with counting again, for any answers and share", () => {
    fc.assert(
      fc.property(anyCounts, fc.double({ min: 0, max: 1, noNaN: true }), (counts, share) => {
        const moved = ifPassivesMoved(counts, share)!;
        const again = nps({
          detractors: counts.detractors,
          passives: counts.passives - moved.promotersGained,
          promoters: counts.promoters + moved.promotersGained,
        })!;
        expect(moved.nps).toBeCloseTo(again, 9);
        expect(moved.gain).toBeCloseTo(again - nps(counts)!, 9);
      }),
    );
  });

  it("is undefined when nobody answered, and nothing without passives", () => {
    expect(ifPassivesMoved({ detractors: 0, passives: 0, promoters: 0 })).toBeUndefined();
    expect(ifPassivesMoved({ detractors: 1, passives: 0, promoters: 3 })).toEqual({
      promotersGained: 0,
      nps: 50,
      gain: 0,
    });
  });

  it("refuses a share in percent", () => {
    expect(() => ifPassivesMoved({ detractors: 1, passives: 1, promoters: 1 }, 20)).toThrow(
      "between 0 and 1, not 20",
    );
  });
});
