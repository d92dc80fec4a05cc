import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import type { Move } from "./move-name.ts";
import type { MoveRow } from "./moves-data.ts";

const ways = [
  ["promoter", "up"],
  ["passive", "stayed"],
  ["detractor", "down"],
  ["silent", "silent"],
  ["gone", "gone"],
] as const;

/** What became of the passives, in words and figures; a line shows its customers where something listens. */
export function MoveList({
  row,
  chosen,
  onPick,
}: {
  row: MoveRow;
  chosen?: Move | undefined;
  onPick?: ((move: Move) => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = ways.flatMap(([category, way]) => {
    const cell = row.cells.find((cell) => cell.category === category);
    if (!cell || (cell.count === 0 && category === "gone")) return [];
    const inside = (
      <>
        <i className={category} />
        <span>
          <b>{format.count(cell.count)}</b> {t(`moves.flow.${way}`)}{" "}
          {cell.share !== null && cell.interval !== null && (
            <em>
              {format.share(cell.share)}, {format.shareInterval(cell.interval)}
            </em>
          )}
        </span>
      </>
    );
    return (
      <li key={category}>
        {onPick ? (
          <AriaButton
            className="mv-way"
            aria-pressed={chosen?.before === "passive" && chosen.after === category}
            onPress={() => onPick({ before: "passive", after: category })}
          >
            {inside}
          </AriaButton>
        ) : (
          <span className="mv-way">{inside}</span>
        )}
      </li>
    );
  });
  return (
    <ul className="mv-ways">
      {lines}
      {!row.enough && (
        <li>
          <Badge>{t("moves.flow.small")}</Badge>
        </li>
      )}
    </ul>
  );
}
