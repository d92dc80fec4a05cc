import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyScores } from "./arbitrary-counts.ts";
import { expectedMoves, usualAgreement } from "./expected-moves.ts";
import { seededRandom } from "./seeded-random.ts";

describe("regression to the mean", () => {
  it("agrees with SciPy's bivariate normal distribution", () => {
    const scores = [20, 2, 5, 10, 15, 90, 200, 380, 588, 600, 836];
    const expected = [
      [0.7804199, 0.1581189, 0.0493348, 0.0121263],
      [0.3861544, 0.3286877, 0.1946311, 0.0905268],
      [0.1864336, 0.3011661, 0.2831809, 0.2292194],
      [0.0509164, 0.1556425, 0.2546882, 0.5387529],
    ];
    const moves = expectedMoves(scores, 0.75)!;
    for (const [i, row] of expected.entries()) {
      for (const [j, share] of row.entries()) expect(moves[i]![j]).toBeCloseTo(share, 6);
    }
  });

  it("makes 28 to 33 % of the passives of the SFO survey promoters without any treatment", () => {
    // 342 detractors, 968 passives, 1,436 promoters in 2017; all passives in one category here.
    const scores = [342, 0, 0, 0, 0, 0, 0, 0, 968, 1436, 0];
    const toPromoter = (agreement: number) => expectedMoves(scores, agreement)![1]![0]!;
    expect(toPromoter(usualAgreement.low)).toBeCloseTo(0.3316, 3);
    expect(toPromoter(usualAgreement.high)).toBeCloseTo(0.2797, 3);
    expect(expectedMoves(scores, 0.75)![1]![3]).toBeCloseTo(0.145, 3);
  });

  it("is what a simulation of such customers does", () => {
    const random = seededRandom("regression to the mean");
    const scores = [0, 0, 0, 0, 0, 0, 2000, 1000, 2000, 2000, 3000];
    const [afterSeven, promoters] = [{ n: 0 }, { n: 0 }];
    for (let i = 0; i < 40_000; i++) {
      const first = random.normal();
      const second = 0.75 * first + Math.sqrt(1 - 0.75 ** 2) * random.normal();
      // 20 and 30 % of a normal distribution lie below −0.8416 and −0.5244, half below 0.
      if (first < -0.841621 || first >= -0.524401) continue;
      afterSeven.n++;
      if (second >= 0) promoters.n++;
    }
    expect(promoters.n / afterSeven.n).toBeCloseTo(expectedMoves(scores, 0.75)![2]![0]!, 1);
  });

  it("without any agreement gives everybody the same shares, and with much keeps them where they are", () => {
    const scores = [0, 0, 0, 0, 0, 0, 150, 150, 200, 200, 300];
    const random = expectedMoves(scores, 0)!;
    for (const row of random) {
      for (const [j, share] of [0.5, 0.2, 0.15, 0.15].entries()) expect(row[j]).toBeCloseTo(share, 6);
    }
    const firm = expectedMoves(scores, 0.999)!;
    for (const [i, row] of firm.entries()) expect(row[i]).toBeGreaterThan(0.9);
  });

  it("keeps the whole as it is: rows add up to 1, and the same shares come out again", () => {
    fc.assert(
      fc.property(anyScores, fc.double({ min: 0, max: 0.95, noNaN: true }), (scores, agreement) => {
        const moves = expectedMoves(scores, agreement)!;
        const n = scores.reduce((total, count) => total + count, 0);
        const before = [
          scores[9]! + scores[10]!,
          scores[8]!,
          scores[7]!,
          scores.slice(0, 7).reduce((total, count) => total + count, 0),
        ];
        const after = [0, 0, 0, 0];
        for (const [i, row] of moves.entries()) {
          if (row.length === 0) continue;
          expect(row.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 6);
          for (const [j, share] of row.entries()) after[j]! += share * before[i]!;
        }
        for (const [i, count] of after.entries()) expect(count / n).toBeCloseTo(before[i]! / n, 6);
      }),
      { numRuns: 30 },
    );
  });

  it("is nothing for no answers, and refuses agreement of 1 and ten scores", () => {
    expect(expectedMoves([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.7)).toBeUndefined();
    const alike = expectedMoves([0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0], 0.7)!;
    expect(alike.map((row) => row.length)).toEqual([0, 4, 0, 0]);
    expect(alike[1]![1]).toBeCloseTo(1, 12);
    expect(() => expectedMoves([1, 2], 0.7)).toThrow("eleven counts");
    expect(() => expectedMoves([0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0], 1)).toThrow("below 1, not 1");
  });
});
