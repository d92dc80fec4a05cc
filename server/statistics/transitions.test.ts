import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newcombeInterval } from "./share-difference.ts";
import { wilsonInterval } from "./share-interval.ts";
import { excessMoves, moveCategories, moveShares } from "./transitions.ts";

const square = fc.array(fc.array(fc.nat(60), { minLength: 6, maxLength: 6 }), { minLength: 6, maxLength: 6 });

describe("moves between two waves", () => {
  // Promoters, 8s, 7s, detractors, silent, gone.
  const treated = [
    [180, 20, 5, 5, 80, 10],
    [60, 70, 20, 10, 70, 20],
    [20, 40, 40, 25, 60, 15],
    [5, 8, 12, 60, 50, 25],
    [10, 8, 6, 6, 150, 20],
    [0, 0, 0, 0, 0, 20],
  ];
  const holdout = [
    [90, 12, 3, 2, 38, 5],
    [20, 40, 12, 6, 37, 10],
    [8, 22, 22, 12, 30, 6],
    [2, 4, 6, 30, 26, 12],
    [4, 5, 3, 3, 78, 7],
    [0, 0, 0, 0, 0, 12],
  ];

  it("have a share and Wilson's interval of all who were there, the silent and the gone included", () => {
    const rows = moveShares(treated);
    const eights = rows[moveCategories.indexOf("passive8")]!;
    expect(eights).toMatchObject({ n: 250, enough: true });
    expect(eights.cells[0]).toMatchObject({ count: 60, share: 0.24, ...wilsonInterval(60, 250)! });
    expect(rows[5]).toMatchObject({ n: 20, enough: false });
    expect(rows[5]!.cells[5]!.share).toBe(1);
  });

  it("count as an effect only beyond what the holdout did", () => {
    const excess = excessMoves(treated, holdout);
    expect(excess[1]!.cells[0]).toEqual(newcombeInterval(60, 250, 20, 125));
    expect(excess[1]!.enough).toBe(true);
    expect(excess[5]!.enough).toBe(false);
  });

  it("are nothing where nobody was, and need thirty for a verdict", () => {
    const none = treated.map((row, i) => (i === 2 ? row.map(() => 0) : row));
    expect(moveShares(none)[2]).toEqual({ n: 0, enough: false, cells: [] });
    expect(excessMoves(none, holdout)[2]).toEqual({ enough: false, cells: [] });
    expect(
      moveShares([
        [29, 0],
        [15, 15],
      ]).map(({ enough }) => enough),
    ).toEqual([false, true]);
  });

  it("add up to everybody, row by row, and to no excess at all over all columns", () => {
    fc.assert(
      fc.property(square, square, (a, b) => {
        for (const { n, cells } of moveShares(a)) {
          if (n > 0) expect(cells.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 9);
        }
        for (const { cells } of excessMoves(a, b)) {
          expect(cells.reduce((total, { difference }) => total + difference, 0)).toBeCloseTo(0, 9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("are refused when they are no square of whole counts", () => {
    expect(() => moveShares([[1, 2]])).toThrow("square");
    expect(() => moveShares([[-1]])).toThrow("whole numbers");
    expect(() => excessMoves([[1]], holdout)).toThrow("same categories");
  });
});
