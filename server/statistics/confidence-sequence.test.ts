import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceSequence, estimateSequence, sequenceReach } from "./confidence-sequence.ts";
import { seededRandom } from "./seeded-random.ts";
import { newcombeInterval } from "./share-difference.ts";

describe("a confidence sequence", () => {
  it("has the margins of the drconfseq package", () => {
    // rho² for 500 is 0.016423936, the margin there 0.1357348 for a variance of 1; 0.095979 at 1,000.
    expect(sequenceReach(1) / Math.sqrt(500)).toBeCloseTo(0.1357348, 7);
    expect(sequenceReach(1) / Math.sqrt(1000)).toBeCloseTo(0.095979, 6);
    const margin = (t: number, rho2: number) =>
      Math.sqrt(((2 * (t * rho2 + 1)) / (t * t * rho2)) * Math.log(Math.sqrt(t * rho2 + 1) / 0.05));
    for (const t of [40, 125, 500, 2000]) {
      expect(sequenceReach(t / 500) / Math.sqrt(t)).toBeCloseTo(margin(t, 0.016423936), 7);
    }
  });

  it("is narrowest, in standard errors, about where it was planned to be", () => {
    expect(sequenceReach(1)).toBeCloseTo(3.0351, 4);
    expect(sequenceReach(0.25)).toBeCloseTo(3.2511, 4);
    expect(sequenceReach(4)).toBeCloseTo(3.131, 3);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (fraction) => {
        expect(sequenceReach(fraction)).toBeGreaterThanOrEqual(sequenceReach(1) - 1e-9);
        expect(sequenceReach(fraction, 0.99)).toBeGreaterThan(sequenceReach(fraction));
      }),
    );
  });

  it("finds an effect where there is none in fewer than 5 % of trials over 60 daily looks, Newcombe's interval in 15 %", () => {
    for (const [p, holdoutShare] of [
      [0.2, 0.5],
      [0.05, 0.2],
    ] as const) {
      const random = seededRandom(`peeking ${p}`);
      const planned = { first: 1200 * (1 - holdoutShare), second: 1200 * holdoutShare };
      const seen = { keep: 0, harm: 0, naive: 0 };
      for (let trial = 0; trial < 800; trial++) {
        const said = { keep: false, harm: false, naive: false };
        const [a, b] = [
          { k: 0, n: 0 },
          { k: 0, n: 0 },
        ];
        for (let day = 0; day < 60; day++) {
          for (let unit = 0; unit < 20; unit++) {
            const arm = random.chance(holdoutShare) ? b : a;
            arm.n += 1;
            if (random.chance(p)) arm.k += 1;
          }
          const sequence = differenceSequence(a, b, planned);
          if (!sequence) continue;
          said.keep ||= sequence.low > 0;
          said.harm ||= sequence.high < 0;
          const once = newcombeInterval(a.k, a.n, b.k, b.n)!;
          said.naive ||= once.low > 0 || once.high < 0;
        }
        if (said.keep) seen.keep++;
        if (said.harm) seen.harm++;
        if (said.naive) seen.naive++;
      }
      expect(seen.keep / 800).toBeLessThan(0.035);
      expect((seen.keep + seen.harm) / 800).toBeLessThan(0.05);
      expect(seen.naive / 800).toBeGreaterThan(0.15);
    }
  });

  it("waits for thirty results and five of either kind in each arm", () => {
    const planned = { first: 500, second: 500 };
    expect(differenceSequence({ k: 10, n: 29 }, { k: 10, n: 40 }, planned)).toBeUndefined();
    expect(differenceSequence({ k: 2, n: 40 }, { k: 2, n: 40 }, planned)).toBeUndefined();
    expect(differenceSequence({ k: 38, n: 40 }, { k: 38, n: 40 }, planned)).toBeUndefined();
    expect(differenceSequence({ k: 0, n: 0 }, { k: 0, n: 0 }, planned)).toBeUndefined();
    expect(differenceSequence({ k: 10, n: 30 }, { k: 10, n: 40 }, planned)).toBeDefined();
  });

  it("contains the difference, lies in ±1, turns round with the arms and is wider than one look", () => {
    const arm = fc.tuple(fc.nat(500), fc.nat(500)).map(([k, others]) => ({ k, n: k + others + 30 }));
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const sequence = differenceSequence(a, b, { first: 700, second: 300 });
        if (!sequence) return;
        const { difference, low, high } = sequence;
        expect(difference).toBeCloseTo(a.k / a.n - b.k / b.n, 12);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThan(difference);
        const turned = differenceSequence(b, a, { first: 300, second: 700 })!;
        expect(turned.low).toBeCloseTo(-high, 12);
        const once = newcombeInterval(a.k, a.n, b.k, b.n)!;
        if (low > -1 && high < 1) expect(high - low).toBeGreaterThan(once.high - once.low);
      }),
    );
  });

  it("serves any estimate with a standard error", () => {
    const { low, high } = estimateSequence(5, 2, 2)!;
    expect(low).toBeCloseTo(5 - 2 * 3.0351, 3);
    expect(high).toBeCloseTo(5 + 2 * 3.0351, 3);
    expect(estimateSequence(5, 0, 2)).toBeUndefined();
  });

  it("refuses shares above 1, a plan of nothing and levels in percent", () => {
    const arm = { k: 10, n: 40 };
    expect(() => differenceSequence({ k: 41, n: 40 }, arm, { first: 1, second: 1 })).toThrow("0 ≤ k ≤ n");
    expect(() => differenceSequence(arm, arm, { first: 0, second: 1 })).toThrow("above 0 in each arm");
    expect(() => sequenceReach(1, 95)).toThrow("95 % is 0.95");
    expect(() => sequenceReach(0)).toThrow("above 0, not 0");
  });
});
