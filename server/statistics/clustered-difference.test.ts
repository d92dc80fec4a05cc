import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusteredDifference, sumClusters } from "./clustered-difference.ts";
import { seededRandom } from "./seeded-random.ts";
import { newcombeInterval } from "./share-difference.ts";

/** Weil (1970), Table 1 of Rao & Scott (1992): pups that survived, of pups alive at four days, by litter. */
const control = litters("13/13 12/12 9/9 9/9 8/8 8/8 12/13 11/12 9/10 9/10 8/9 11/13 4/5 5/7 7/10 7/10");
const treated = litters("12/12 11/11 10/10 9/9 10/11 9/10 9/10 8/9 8/9 4/5 7/9 4/7 5/10 3/6 3/10 0/7");

function litters(text: string) {
  return sumClusters(
    text.split(" ").map((litter) => {
      const [k, n] = litter.split("/").map(Number) as [number, number];
      return { k, n };
    }),
  );
}

const singles = (k: number, n: number) =>
  sumClusters(Array.from({ length: n }, (_, i) => ({ n: 1, k: i < k ? 1 : 0 })));

describe("the difference of two shares where clusters were assigned", () => {
  it("has the design effects that Rao and Scott's method gives for Weil's litters", () => {
    const { designEffect } = clusteredDifference(treated, control)!;
    expect(designEffect.first).toBeCloseTo(3.952861, 6);
    expect(designEffect.second).toBeCloseTo(1.232495, 6);
  });

  it("has the standard error of a regression with errors clustered by litter, and its interval", () => {
    const result = clusteredDifference(treated, control)!;
    expect(result.difference).toBeCloseTo(-0.12632038411174, 12);
    // Least squares on 303 pups with the sandwich of litters (times 16/15), computed apart.
    expect(result.standardError).toBeCloseTo(0.07417675574208, 12);
    expect(result.low).toBeCloseTo(-0.2963385631342, 7);
    expect(result.high).toBeCloseTo(0.0019343460549, 7);
    // Pup by pup it would look certain.
    expect(newcombeInterval(112, 145, 142, 158)!.high).toBeLessThan(0);
  });

  it("covers the truth in 93 to 97.5 of 100 trials with 40 unequal, correlated clusters", () => {
    const random = seededRandom("clusters");
    let covered = 0;
    let naive = 0;
    const arm = (p: number) =>
      sumClusters(
        Array.from({ length: 20 }, () => {
          // Half of the clusters lean by 0.2 to one side, half to the other: correlation 0.04/(p(1 − p)) = 0.16 to 0.19.
          const own = p + (random.chance(0.5) ? 0.2 : -0.2);
          const n = 3 + random.integer(18);
          let k = 0;
          for (let i = 0; i < n; i++) if (random.chance(own)) k++;
          return { n, k };
        }),
      );
    for (let trial = 0; trial < 1500; trial++) {
      const [a, b] = [arm(0.4), arm(0.3)];
      const { low, high } = clusteredDifference(a, b)!;
      if (low <= 0.1 && high >= 0.1) covered++;
      const plain = newcombeInterval(a.successes, a.units, b.successes, b.units)!;
      if (plain.low <= 0.1 && plain.high >= 0.1) naive++;
    }
    expect(covered / 1500).toBeGreaterThan(0.93);
    expect(covered / 1500).toBeLessThan(0.975);
    expect(naive / 1500).toBeLessThan(0.8);
  });

  it("keeps an interval when all clusters are alike, and one of the width that their number allows", () => {
    const all = sumClusters(Array.from({ length: 10 }, () => ({ n: 20, k: 20 })));
    const none = sumClusters(Array.from({ length: 10 }, () => ({ n: 20, k: 0 })));
    const both = clusteredDifference(all, none)!;
    expect(both.designEffect).toEqual({ first: 20, second: 20 });
    expect(both.standardError).toBe(0);
    expect(both.low).toBeGreaterThan(0.5);
    expect(both.low).toBeLessThan(0.75);
    // The other arm's design effect is taken over.
    expect(clusteredDifference(all, treated)!.designEffect.first).toBeCloseTo(3.952861, 6);
  });

  it("is undefined with fewer than two clusters in an arm; empty ones do not count", () => {
    expect(clusteredDifference(sumClusters([{ n: 9, k: 1 }]), control)).toBeUndefined();
    expect(
      clusteredDifference(
        control,
        sumClusters([
          { n: 9, k: 1 },
          { n: 0, k: 0 },
        ]),
      ),
    ).toBeUndefined();
    expect(clusteredDifference(sumClusters([]), control)).toBeUndefined();
  });

  it("of clusters of one is Newcombe's, as far as Student's quantile allows, and never narrower", () => {
    const group = fc.tuple(fc.nat(200), fc.nat(200)).map(([k, others]) => [k, k + others + 2] as const);
    fc.assert(
      fc.property(group, group, ([k1, n1], [k2, n2]) => {
        const clustered = clusteredDifference(singles(k1, n1), singles(k2, n2))!;
        const plain = newcombeInterval(k1, n1, k2, n2)!;
        expect(clustered.difference).toBeCloseTo(plain.difference, 10);
        expect(clustered.low).toBeLessThanOrEqual(plain.low + 1e-9);
        expect(clustered.high).toBeGreaterThanOrEqual(plain.high - 1e-9);
        // A variance with n − 1, and Student's quantile: not more than 3 % from fifty on.
        if (Math.min(n1, n2) >= 50)
          expect(clustered.high - clustered.low).toBeLessThan(1.03 * (plain.high - plain.low));
      }),
      { numRuns: 50 },
    );
  });
});
