import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCounts } from "./arbitrary-counts.ts";
import { compareNps } from "./compare-nps.ts";
import { nps, npsStandardError } from "./nps.ts";
import { seededRandom } from "./seeded-random.ts";

const counts = (detractors: number, passives: number, promoters: number) => ({
  detractors,
  passives,
  promoters,
});

describe("the comparison of two waves", () => {
  const before = counts(987, 654, 321);
  const after = counts(789, 456, 123);

  it("rests on figures that give the plain z of the published example, −6.042", () => {
    const plain =
      (nps(after)! - nps(before)!) / Math.hypot(npsStandardError(after)!, npsStandardError(before)!);
    expect(plain).toBeCloseTo(-6.042, 3);
  });

  it("finds that example's drop significant, a little less so with adjusted Wald", () => {
    const comparison = compareNps(before, after)!;
    expect(comparison.change).toBeCloseTo(-14.739, 3);
    expect(comparison.z).toBeCloseTo(-6.022, 3);
    expect(comparison.interval.low).toBeCloseTo(-19.4636, 4);
    expect(comparison.interval.high).toBeCloseTo(-9.9055, 4);
    expect(comparison.pValue).toBeCloseTo(1.719e-9, 12);
    expect(comparison.distinguishable).toBe(true);
  });

  it("does not call four points between two quarters of some 1,300 answers a change", () => {
    const comparison = compareNps(counts(282, 530, 488), counts(268, 490, 526))!;
    expect(comparison.change).toBeCloseTo(4.25, 2);
    expect(comparison.interval.low).toBeLessThan(0);
    expect(comparison.distinguishable).toBe(false);
    expect(comparison.pValue).toBeGreaterThan(0.05);
    expect(comparison.smallestDetectableChange).toBeGreaterThan(4.25);
  });

  it("is undefined when a wave has no answers", () => {
    expect(compareNps(counts(0, 0, 0), after)).toBeUndefined();
    expect(compareNps(before, counts(0, 0, 0))).toBeUndefined();
  });

  it("has an interval, a z, a p-value and a verdict that say the same, and turns round with the waves", () => {
    fc.assert(
      fc.property(anyCounts, anyCounts, (first, second) => {
        const one = compareNps(first, second)!;
        const excludesZero = one.interval.low > 0 || one.interval.high < 0;
        expect(one.distinguishable).toBe(excludesZero);
        expect(one.pValue < 0.05).toBe(excludesZero);
        expect(one.pValue).toBeLessThanOrEqual(1);
        const other = compareNps(second, first)!;
        expect(other.change).toBeCloseTo(-one.change, 9);
        expect(other.z).toBeCloseTo(-one.z, 9);
        expect(other.interval.low).toBeCloseTo(-one.interval.high, 9);
      }),
    );
  });

  it("calls noise a change in 3 to 7 % of 2,000 pairs of waves without one", () => {
    const random = seededRandom("waves without a change");
    const wave = () => {
      const drawn: [number, number, number] = [0, 0, 0];
      for (let i = 0; i < 150; i++) drawn[random.categorical([0.15, 0.35, 0.5]) as 0 | 1 | 2] += 1;
      return counts(...drawn);
    };
    let called = 0;
    for (let pair = 0; pair < 2000; pair++) if (compareNps(wave(), wave())!.distinguishable) called++;
    expect(called / 2000).toBeGreaterThan(0.03);
    expect(called / 2000).toBeLessThan(0.07);
  });
});
