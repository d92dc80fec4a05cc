import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Alluvial } from "./alluvial.tsx";
import { MoveList } from "./move-list.tsx";
import { cellOf, type Move, periodName, rowOf } from "./move-name.ts";
import type { Moves } from "./moves-data.ts";
import { MovesTable } from "./moves-table.tsx";
import "./moves.css";

/** Where the customers of both periods went, as a drawing or as a table, with the passives' ways in figures. */
export function Flow({
  moves,
  chosen,
  onPick,
}: {
  moves: Moves;
  chosen?: Move | undefined;
  onPick?: ((move: Move) => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const { from, to, together } = moves;
  const row = rowOf(together, "passive");
  if (!from || !to || !row) return null;
  const names = [periodName(t, format, from), periodName(t, format, to)] as const;
  const count = (after: "promoter" | "passive" | "detractor" | "silent" | "gone") =>
    format.count(cellOf(together, "passive", after)?.count ?? 0);
  const label = t("moves.flow.label", {
    from: names[0],
    to: names[1],
    n: format.count(row.n),
    up: count("promoter"),
    stayed: count("passive"),
    down: count("detractor"),
    silent: count("silent"),
    gone: count("gone"),
  });
  return (
    <div>
      {asTable ? (
        <MovesTable rows={together} names={names} chosen={chosen} onPick={onPick} />
      ) : (
        <Alluvial rows={together} names={names} label={label} chosen={chosen} onPick={onPick} />
      )}
      <MoveList row={row} chosen={chosen} onPick={onPick} />
      <div className="chart-foot">
        <span className="note">
          {[
            t("moves.flow.of", { count: row.n, from: names[0] }),
            moves.silentBoth > 0 && !asTable && t("moves.flow.silentBoth", { count: moves.silentBoth }),
            !row.enough && t("moves.flow.few"),
          ]
            .filter(Boolean)
            .join(" ")}
        </span>
        <TextButton onPress={() => setAsTable(!asTable)}>
          {t(asTable ? "ui.showAsChart" : "ui.showAsTable")}
        </TextButton>
      </div>
    </div>
  );
}
