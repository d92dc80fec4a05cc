import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHeldOut, placeOf } from "./assignment.ts";
import { checkSampleRatio } from "./sample-ratio.ts";
import { seededRandom } from "./seeded-random.ts";

describe("the sample-ratio check", () => {
  it("agrees with published figures: 821,588 against 815,482, and 682 of 925", () => {
    const published = checkSampleRatio([821_588, 815_482], [0.5, 0.5])!;
    expect(published.pValue / 1.8217928726e-6).toBeCloseTo(1, 8);
    expect(published).toMatchObject({ method: "chi-square", alarm: true });
    // The example of R's binom.test (Conover 1971): p = 0.3825.
    const conover = checkSampleRatio([682, 243], [0.75, 0.25])!;
    expect(conover.pValue).toBeCloseTo(0.3824915595748517, 9);
    expect(conover).toMatchObject({ method: "exact", alarm: false });
  });

  it("is exact for few and takes several arms", () => {
    expect(checkSampleRatio([9, 1], [0.5, 0.5])!.pValue).toBeCloseTo(0.021484375, 10);
    // scipy.stats.chisquare([480, 330, 190], [500, 300, 200])
    expect(checkSampleRatio([480, 330, 190], [0.5, 0.3, 0.2])!.pValue).toBeCloseTo(0.1164841577737, 10);
    expect(checkSampleRatio([4, 0, 0], [0.5, 0.3, 0.2])).toBeUndefined();
    expect(checkSampleRatio([0, 0], [0.5, 0.5])).toBeUndefined();
  });

  it("catches that 5 % of a holdout were treated after all", () => {
    for (let trial = 0; trial < 10; trial++) {
      const random = seededRandom(`leak ${trial}`);
      const counts = [0, 0];
      const honest = [0, 0];
      for (let unit = 0; unit < 20_000; unit++) {
        const held = isHeldOut(placeOf(`leak ${trial}`, "salt", `${unit}`), 0.5);
        honest[held ? 1 : 0]! += 1;
        counts[held && !random.chance(0.05) ? 1 : 0]! += 1;
      }
      expect(checkSampleRatio(honest, [0.5, 0.5])!.alarm).toBe(false);
      expect(checkSampleRatio(counts, [0.5, 0.5])!.alarm).toBe(true);
    }
  });

  it("raises a false alarm at most once in a thousand, as far as 4,000 trials can tell", () => {
    const random = seededRandom("no leak");
    let low = 0;
    let alarms = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const held = random.poisson(60);
      const treated = random.poisson(240);
      if (held + treated === 0) continue;
      const { pValue, alarm } = checkSampleRatio([treated, held], [0.8, 0.2])!;
      if (pValue < 0.05) low++;
      if (alarm) alarms++;
    }
    expect(low / 4000).toBeLessThan(0.06);
    expect(alarms).toBeLessThanOrEqual(12);
  });

  it("does not care about the order of arms, and grows less patient with size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }), (a, b) => {
        const one = checkSampleRatio([a, b], [0.3, 0.7])!;
        const other = checkSampleRatio([b, a], [0.7, 0.3])!;
        expect(one.pValue).toBeCloseTo(other.pValue, 9);
        expect(one.pValue).toBeGreaterThanOrEqual(0);
        expect(one.pValue).toBeLessThanOrEqual(1);
        const larger = checkSampleRatio([1000 * a, 1000 * b], [0.3, 0.7])!;
        expect(larger.pValue).toBeLessThanOrEqual(one.pValue + 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it("refuses shares that are not the whole and counts that are not whole", () => {
    expect(() => checkSampleRatio([1, 2], [0.5, 0.4])).toThrow("together 1");
    expect(() => checkSampleRatio([1, 2], [1, 0])).toThrow("above 0");
    expect(() => checkSampleRatio([1.5, 2], [0.5, 0.5])).toThrow("whole numbers");
    expect(() => checkSampleRatio([1], [1])).toThrow("Arms need");
  });
});
