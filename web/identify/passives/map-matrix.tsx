import { useTranslation } from "react-i18next";
import { CellFigures, RowLabel, type MapView } from "./map-cell.tsx";
import { shownRows } from "./map-layout.ts";
import type { Passives, State } from "./passives-data.ts";

const states = ["dormant", "cooling", "flat", "warming", "unknown"] as const satisfies readonly State[];
const always: ReadonlySet<State> = new Set(["cooling", "flat", "warming"]);

/** The map where there is no room to draw it: the figures of its cells. */
export function MapMatrix({ passives, view }: { passives: Passives; view: MapView }) {
  const { t } = useTranslation();
  const rows = shownRows(passives.rows);
  const has = (state: State) =>
    rows.some(({ cells }) => cells.some((cell) => cell.state === state && cell.customers > 0));
  const isKnown = states.some((state) => state !== "unknown" && has(state));
  const columns = states.filter((state) => has(state) || (isKnown && always.has(state)));
  return (
    <table className={columns.length > 4 ? "pa-matrix tight" : "pa-matrix"}>
      <caption className="sr">{t("passives.map.title")}</caption>
      <thead>
        <tr>
          <td>
            <span className="sr">{t("passives.filter.row")}</span>
          </td>
          {columns.map((state) => (
            <th key={state} scope="col">
              {t(`passives.states.${state}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row}>
            <th scope="row">
              <RowLabel data={row} view={view} isShort />
            </th>
            {columns.map((state) => (
              <td key={state}>
                <CellFigures
                  row={row.row}
                  cell={row.cells.find((cell) => cell.state === state)!}
                  currency={passives.currency}
                  view={view}
                  isTight
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
