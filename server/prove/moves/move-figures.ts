import { enoughAnswers } from "../../statistics/forecast.ts";
import { compareRepeatedNps } from "../../statistics/compare-repeated-nps.ts";
import { expectedMoves, usualAgreement } from "../../statistics/expected-moves.ts";
import { nps } from "../../statistics/nps.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import { excessMoves, moveShares } from "../../statistics/transitions.ts";
import { gone, silent } from "./moved-customers.ts";
import { apart, type MoveCategory, type MoveRow, type Moves, together } from "./moves.ts";

/** How many were this before and that after: scores, or `silent` and `gone`. */
export interface MoveGroup {
  before: number;
  after: number;
  heldOut: boolean;
  n: number;
}

/** The category of a number as `movedCustomers` gives it, 7s and 8s apart. */
export function categoryApart(code: number): (typeof apart)[number] {
  if (code === silent) return "silent";
  if (code === gone) return "gone";
  if (code >= 9) return "promoter";
  return code === 8 ? "passive8" : code === 7 ? "passive7" : "detractor";
}

const joined = (category: (typeof apart)[number]): (typeof together)[number] =>
  category === "passive8" || category === "passive7" ? "passive" : category;

/** The numbers of a category, 7s and 8s together or apart. */
export function codesOf(category: MoveCategory): number[] {
  return Array.from({ length: gone + 1 }, (_, code) => code).filter(
    (code) => categoryApart(code) === category || joined(categoryApart(code)) === category,
  );
}

function countsOf(groups: readonly MoveGroup[], categories: readonly MoveCategory[]): number[][] {
  const place = (code: number) => {
    const category = categoryApart(code);
    return categories.includes(category)
      ? categories.indexOf(category)
      : categories.indexOf(joined(category));
  };
  const counts = categories.map(() => categories.map(() => 0));
  for (const { before, after, n } of groups) counts[place(before)]![place(after)]! += n;
  return counts;
}

/** The table of moves: each row's shares, where it has enough. */
export function rowsOf(groups: readonly MoveGroup[], categories: readonly MoveCategory[]): MoveRow[] {
  return moveShares(countsOf(groups, categories)).map(({ n, enough, cells }, row) => ({
    category: categories[row]!,
    n,
    enough,
    cells: categories.map((category, column) => {
      const cell = cells[column];
      return {
        category,
        count: cell?.count ?? 0,
        share: cell && enough ? 100 * cell.share : null,
        interval: cell && enough ? [100 * cell.low, 100 * cell.high] : null,
      };
    }),
  }));
}

/** The score of those who answered both times. */
export function sameCustomersOf(groups: readonly MoveGroup[]): Moves["sameCustomers"] {
  const order = ["detractor", "passive", "promoter"] as const;
  const table = countsOf(groups, together);
  const at = order.map((category) => together.indexOf(category));
  const pairs = at.map((row) => at.map((column) => table[row]![column]!) as [number, number, number]);
  const before = inCategories(pairs.map((row) => sum(row)));
  const after = inCategories([0, 1, 2].map((column) => sum(pairs.map((row) => row[column]!))));
  const n = sum(pairs.flat());
  const compared = n < enoughAnswers ? undefined : compareRepeatedNps(before, after, pairs);
  if (!compared) return null;
  const { change, interval, distinguishable } = compared;
  return {
    n,
    before: nps(before)!,
    after: nps(after)!,
    change,
    interval: [interval.low, interval.high],
    distinguishable,
  };
}

const inCategories = ([detractors = 0, passives = 0, promoters = 0]: number[]) => ({
  detractors,
  passives,
  promoters,
});

const answered = ["promoter", "passive8", "passive7", "detractor"] as const;

/** What chance alone does to those who answer again, beside what they did. */
export function chanceOf(groups: readonly MoveGroup[]): Moves["chance"] {
  const scores = Array.from({ length: 11 }, (_, score) =>
    sum(groups.filter(({ before }) => before === score).map(({ n }) => n)),
  );
  const ends = [usualAgreement.high, usualAgreement.low].map((agreement) => expectedMoves(scores, agreement));
  const [high, low] = ends;
  if (!high || !low) return [];
  const weights = answered.map((category) => sum(codesOf(category).map((code) => scores[code]!)));
  const table = countsOf(groups, together);
  return (["promoter", "passive", "detractor"] as const).flatMap((category) => {
    const row = table[together.indexOf(category)]!;
    const n = sum(row.slice(0, 3));
    if (n < enoughAnswers) return [];
    const expect = (moves: number[][], to: MoveCategory) => 100 * togetherShare(moves, weights, category, to);
    return [
      {
        category,
        n,
        cells: together.slice(0, 3).map((to, column) => {
          const count = row[column]!;
          const interval = wilsonInterval(count, n)!;
          const ofChance = [expect(high, to), expect(low, to)].sort((a, b) => a - b);
          return {
            category: to,
            count,
            share: (100 * count) / n,
            interval: [100 * interval.low, 100 * interval.high] as [number, number],
            expected: ofChance as [number, number],
          };
        }),
      },
    ];
  });
}

/** The share of a category that moves to another, of a table that has 7s and 8s apart. */
function togetherShare(
  moves: readonly number[][],
  weights: readonly number[],
  from: MoveCategory,
  to: MoveCategory,
): number {
  const isIn = (category: MoveCategory) => (part: (typeof answered)[number]) => joined(part) === category;
  let [all, moved] = [0, 0];
  for (const [row, part] of answered.entries()) {
    const weight = weights[row]!;
    if (!isIn(from)(part) || weight === 0) continue;
    all += weight;
    for (const [column, end] of answered.entries()) if (isIn(to)(end)) moved += weight * moves[row]![column]!;
  }
  return all === 0 ? 0 : moved / all;
}

/** The moves of those whom no play contacts, and by how much the others differ. */
export function holdoutOf(groups: readonly MoveGroup[], share: number): NonNullable<Moves["holdout"]> {
  const held = countsOf(
    groups.filter(({ heldOut }) => heldOut),
    together,
  );
  const others = countsOf(
    groups.filter(({ heldOut }) => !heldOut),
    together,
  );
  const heldShares = moveShares(held);
  const rows = excessMoves(others, held).flatMap(({ enough, cells }, row) => {
    if (!enough) return [];
    return [
      {
        category: together[row]!,
        n: sum(others[row]!),
        heldOut: sum(held[row]!),
        cells: cells.map(({ difference, low, high }, column) => {
          const cell = heldShares[row]!.cells[column]!;
          return {
            category: together[column]!,
            heldOut: {
              count: cell.count,
              share: 100 * cell.share,
              interval: [100 * cell.low, 100 * cell.high] as [number, number],
            },
            difference: 100 * difference,
            interval: [100 * low, 100 * high] as [number, number],
          };
        }),
      },
    ];
  });
  return { share, customers: sum(held.flat()), rows };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
