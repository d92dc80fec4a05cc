import { enoughAnswers } from "./forecast.ts";
import { defaultLevel, type Interval } from "./interval.ts";
import { newcombeInterval } from "./share-difference.ts";
import { wilsonInterval } from "./share-interval.ts";

/** What a customer can be in a wave, sevens and eights apart: the order of rows and columns. */
export const moveCategories = ["promoter", "passive8", "passive7", "detractor", "silent", "gone"] as const;

/** How many moved from each row's category to each column's, as a square of counts. */
export type MoveCounts = readonly (readonly number[])[];

export type MoveCell = Interval & { readonly count: number; readonly share: number };

export type MoveRow = {
  /** All who were in this category before. */
  readonly n: number;
  /** Whether they are enough for a verdict. */
  readonly enough: boolean;
  /** One a column; empty when nobody was in this category. */
  readonly cells: readonly MoveCell[];
};

/**
 * Shares of each category that moved to each other one, with Wilson's intervals.
 *
 * Question: what became of them? Everybody who was in the category counts, so that silent and gone ones are part of the
 * answer. A row with fewer than 30 gets no verdict. These are moves, not effects: without any treatment
 * extreme answers move to the middle (`expectedMoves`), and only the excess over a holdout's row is one.
 * @param counts rows before, columns after
 * @returns a row each, shares from 0 to 1
 */
export function moveShares(counts: MoveCounts, level = defaultLevel): MoveRow[] {
  checkMoves(counts);
  return counts.map((row) => {
    const n = sum(row);
    const cells =
      n === 0 ? [] : row.map((count) => ({ count, share: count / n, ...wilsonInterval(count, n, level)! }));
    return { n, enough: n >= enoughAnswers, cells };
  });
}

export type ExcessCell = Interval & { readonly difference: number };

/**
 * By how much more of the treated moved than of those left alone, row by row, with Newcombe's intervals.
 *
 * Question: which moves did the treatment cause? Assumes arms assigned by chance. Look at the row that was planned; of six columns and
 * six rows without any effect, one or two differ.
 * @returns for each row whether both arms have 30 or more, and a difference of shares per column; empty when an arm has
 *   nobody there
 */
export function excessMoves(
  treated: MoveCounts,
  holdout: MoveCounts,
  level = defaultLevel,
): { readonly enough: boolean; readonly cells: readonly ExcessCell[] }[] {
  checkMoves(treated);
  checkMoves(holdout);
  if (treated.length !== holdout.length) throw new RangeError("Both arms have the same categories.");
  return treated.map((row, from) => {
    const [n1, n2] = [sum(row), sum(holdout[from]!)];
    const cells =
      n1 === 0 || n2 === 0
        ? []
        : row.map((count, to) => newcombeInterval(count, n1, holdout[from]![to]!, n2, level)!);
    return { enough: Math.min(n1, n2) >= enoughAnswers, cells };
  });
}

function checkMoves(counts: MoveCounts): void {
  for (const row of counts) {
    if (row.length !== counts.length || !row.every((count) => Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError("Moves are a square of whole numbers of 0 or more.");
    }
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
