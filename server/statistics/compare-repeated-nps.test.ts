import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCounts } from "./arbitrary-counts.ts";
import { compareNps } from "./compare-nps.ts";
import { compareRepeatedNps, type Pairs } from "./compare-repeated-nps.ts";
import { seededRandom } from "./seeded-random.ts";

const none: Pairs = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];
const pairs: Pairs = [
  [30, 20, 10],
  [10, 80, 40],
  [5, 25, 80],
];
const counts = (detractors: number, passives: number, promoters: number) => ({
  detractors,
  passives,
  promoters,
});

describe("two waves of largely the same customers", () => {
  it("have the change and the error of the pairs' differences", () => {
    const compared = compareRepeatedNps(counts(60, 130, 110), counts(45, 125, 130), pairs)!;
    expect(compared.change).toBeCloseTo(11.6666666667, 9);
    // By NumPy: adjusted 11.5512 ± 1.96·4.0988; the plain paired error is 4.0949.
    expect(compared.interval.low).toBeCloseTo(3.5177322995, 7);
    expect(compared.interval.high).toBeCloseTo(19.5845779311, 7);
    expect(compared.z).toBeCloseTo(2.8182069494, 8);
    expect(compared).toMatchObject({ distinguishable: true, pairs: 300 });
    expect(compared.correlation).toBeCloseTo(0.5175015372, 9);
    // As if they were different people, the interval would be two fifths wider.
    const plain = compareNps(counts(60, 130, 110), counts(45, 125, 130))!.interval;
    expect((plain.high - plain.low) / (compared.interval.high - compared.interval.low)).toBeCloseTo(1.431, 3);
  });

  it("without pairs are two independent waves", () => {
    fc.assert(
      fc.property(anyCounts, anyCounts, (before, after) => {
        const repeated = compareRepeatedNps(before, after, none)!;
        const plain = compareNps(before, after)!;
        expect(repeated.change).toBe(plain.change);
        expect(repeated.interval.low).toBeCloseTo(plain.interval.low, 9);
        expect(repeated.pValue).toBeCloseTo(plain.pValue, 9);
        expect(repeated.correlation).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it("stay finite when nobody changes their mind", () => {
    const same: Pairs = [
      [20, 0, 0],
      [0, 50, 0],
      [0, 0, 80],
    ];
    const { change, interval, correlation } = compareRepeatedNps(
      counts(20, 50, 80),
      counts(20, 50, 80),
      same,
    )!;
    expect(change).toBe(0);
    expect(correlation).toBeCloseTo(1, 12);
    expect(interval.high).toBeGreaterThan(0);
    expect(interval.high).toBeLessThan(4);
  });

  it("cover the truth in 93 to 97 of 100 simulated pairs of waves that half overlap", () => {
    const random = seededRandom("overlap");
    const cut = (x: number) => (x < -1 ? 0 : x < 0.2 ? 1 : 2);
    let [covered, naive] = [0, 0];
    for (let trial = 0; trial < 1500; trial++) {
      const [before, after] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      const both = [0, 1, 2].map((): [number, number, number] => [0, 0, 0]);
      for (let i = 0; i < 120; i++) {
        const first = random.normal();
        const a = cut(first);
        const b = cut(0.8 * first + 0.6 * random.normal());
        before[a]! += 1;
        after[b]! += 1;
        both[a]![b] += 1;
      }
      for (let i = 0; i < 60; i++) {
        before[cut(random.normal())]! += 1;
        after[cut(random.normal())]! += 1;
      }
      const [x, y] = [before, after].map((c) => counts(c[0]!, c[1]!, c[2]!)) as [
        ReturnType<typeof counts>,
        ReturnType<typeof counts>,
      ];
      if (!compareRepeatedNps(x, y, both)!.distinguishable) covered++;
      if (!compareNps(x, y)!.distinguishable) naive++;
    }
    expect(covered / 1500).toBeGreaterThan(0.93);
    expect(covered / 1500).toBeLessThan(0.97);
    expect(naive / 1500).toBeGreaterThan(0.975);
  });

  it("refuse pairs that are not among the answers", () => {
    expect(() => compareRepeatedNps(counts(1, 1, 1), counts(50, 200, 200), pairs)).toThrow(
      "among the answers",
    );
    expect(compareRepeatedNps(counts(0, 0, 0), counts(1, 1, 1), none)).toBeUndefined();
  });
});
