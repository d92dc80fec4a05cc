import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import type { Move } from "./move-name.ts";
import type { MoveCell, MoveRow } from "./moves-data.ts";

/** Every move in figures: rows before, columns after. A cell shows its customers where something listens. */
export function MovesTable({
  rows,
  names,
  chosen,
  onPick,
}: {
  rows: readonly MoveRow[];
  names: readonly [before: string, after: string];
  chosen?: Move | undefined;
  onPick?: ((move: Move) => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = rows.filter(({ n }) => n > 0);
  return (
    <div className="mv-scroll">
      <table className="table mv-table">
        <caption className="sr">{t("moves.table.caption", { from: names[0], to: names[1] })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("moves.table.before", { from: names[0] })}</th>
            <th scope="col" className="r">
              {t("moves.table.n")}
            </th>
            {rows.map(({ category }) => (
              <th key={category} scope="col" className="r">
                {t(`moves.categories.${category}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.category}>
              <th scope="row">
                {t(`moves.categories.${row.category}`)}{" "}
                {!row.enough && <Badge>{t("moves.table.small")}</Badge>}
              </th>
              <td className="r mv-n" data-label={t("moves.table.n")}>
                {format.count(row.n)}
              </td>
              {row.cells.map((cell) => (
                <td key={cell.category} className="r" data-label={t(`moves.categories.${cell.category}`)}>
                  <Figures {...{ row, cell, onPick }} isChosen={isChosen(chosen, row, cell)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isChosen = (chosen: Move | undefined, row: MoveRow, cell: MoveCell) =>
  chosen?.before === row.category && (chosen.after === cell.category || chosen.after === undefined);

function Figures({
  row,
  cell: { category, count, share, interval },
  isChosen,
  onPick,
}: {
  row: MoveRow;
  cell: MoveCell;
  isChosen: boolean;
  onPick?: ((move: Move) => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (count === 0) return <span className="faint">0</span>;
  const inside = (
    <>
      <b>{format.count(count)}</b>
      {share !== null && interval !== null && (
        <>
          <span>{format.share(share)}</span>
          <span className="faint">{format.shareInterval(interval)}</span>
        </>
      )}
    </>
  );
  if (!onPick) return <span className="mv-cell">{inside}</span>;
  return (
    <AriaButton
      className={isChosen ? "mv-cell on" : "mv-cell"}
      aria-pressed={isChosen}
      aria-label={t("moves.table.pick", {
        before: t(`moves.categories.${row.category}`),
        after: t(`moves.categories.${category}`),
        written: format.count(count),
        count,
      })}
      onPress={() => onPick({ before: row.category, after: category })}
    >
      {inside}
    </AriaButton>
  );
}
