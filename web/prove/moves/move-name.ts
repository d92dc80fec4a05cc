import type { TFunction } from "i18next";
import type { Format } from "../../ui/format.ts";
import type { MoveCategory, MoveCell, MoveRow, Moves } from "./moves-data.ts";

/** A way from one category, to another or to any. */
export interface Move {
  before?: MoveCategory | undefined;
  after?: MoveCategory | undefined;
}

type Period = NonNullable<Moves["from"]>;

/** What a period is called: its wave, or its days. */
export function periodName(t: TFunction, format: Format, { name, from, to }: Period): string {
  return name ?? t("moves.span", { from: format.shortDate(from), to: format.shortDate(to) });
}

/** The row of a category. */
export function rowOf(rows: readonly MoveRow[], category: MoveCategory): MoveRow | undefined {
  return rows.find((row) => row.category === category);
}

/** The cell of a move. */
export function cellOf(
  rows: readonly MoveRow[],
  before: MoveCategory,
  after: MoveCategory,
): MoveCell | undefined {
  return rowOf(rows, before)?.cells.find(({ category }) => category === after);
}

/** How many made a move; undefined where the tables do not say. */
export function countOf({ together, apart }: Moves, { before, after }: Move): number | undefined {
  for (const rows of [together, apart]) {
    const row = before && rowOf(rows, before);
    if (row && !after) return row.n;
    const cell = row && after && row.cells.find(({ category }) => category === after);
    if (cell) return cell.count;
  }
  return undefined;
}
