import type { CSSProperties, ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { type Format, useFormat } from "../../ui/format.ts";
import type { PassiveFilter } from "./passive-filter.ts";
import type { MapRow, MapRowData } from "./passives-data.ts";

/** What the map writes, which cell is chosen, and what happens when one is. */
export interface MapView {
  figures: "customers" | "revenue";
  filter: PassiveFilter;
  onFilter: (filter: PassiveFilter) => void;
}

/** How many customers a cell has, and their revenue where some is known. */
export function figuresOf(
  format: Format,
  { customers, revenue }: MapRowData["cells"][number],
  currency: string | null,
): { count: string; money: string } {
  return {
    count: customers > 0 ? format.count(customers) : "",
    money: revenue.customers > 0 ? format.money(revenue.amount, currency, true) : "",
  };
}

/** The figures of a cell; pressing it shows its customers in the list, pressing it again all. */
export function CellFigures({
  row,
  cell,
  currency,
  view: { figures, filter, onFilter },
  style,
  isTight = false,
}: {
  row: MapRow;
  cell: MapRowData["cells"][number];
  currency: string | null;
  view: MapView;
  style?: CSSProperties;
  /** An amount breaks rather than run into the next cell. */
  isTight?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, customers, revenue } = cell;
  if (customers === 0) return null;
  const isChosen = filter.row === row && filter.state === state;
  const isHot = (row === "8" || row === "7") && (state === "cooling" || state === "dormant");
  const { count, money: short } = figuresOf(format, cell, currency);
  // "2,91 Mio. €" breaks after the number, and nowhere else.
  const money = isTight ? short.replaceAll(/\s/g, "\u00a0").replace("\u00a0", " ") : short;
  const name = t("passives.map.cell", {
    count: customers,
    row: t(`passives.rows.${row}`),
    state: t(`passives.states.${state}`),
    revenue:
      revenue.customers > 0
        ? format.money(Math.round(revenue.amount), currency)
        : t("passives.map.noRevenue"),
  });
  return (
    <AriaButton
      className={["pa-cell", isHot && "hot", isChosen && "on", row === "8" || row === "7" ? "p" : "s"]
        .filter(Boolean)
        .join(" ")}
      aria-label={name}
      aria-pressed={isChosen}
      {...(style && { style })}
      onPress={() => onFilter(isChosen ? without(filter) : { ...filter, row, state })}
    >
      {figures === "revenue" && money ? (
        <>
          <b>{money}</b> <span>{count}</span>
        </>
      ) : (
        <>
          <b>{count}</b> {money && <span>{money}</span>}
        </>
      )}
    </AriaButton>
  );
}

/** What a row is about; pressing it shows its customers in the list. */
export function RowLabel({
  data: { row, customers },
  view: { filter, onFilter },
  style,
  isShort = false,
}: {
  data: MapRowData;
  view: MapView;
  style?: CSSProperties;
  /** Only the mark. */
  isShort?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isChosen = filter.row === row && !filter.state;
  const said: Record<MapRow, string> = {
    "8": t("passives.map.answered"),
    "7": t("passives.map.answered"),
    others: t("passives.map.others"),
    silent: t("passives.map.silent"),
  };
  return (
    <AriaButton
      className={isChosen ? "pa-row on" : "pa-row"}
      aria-label={t("passives.map.row", { count: customers, row: t(`passives.rows.${row}`) })}
      aria-pressed={isChosen}
      isDisabled={customers === 0}
      {...(style && { style })}
      onPress={() => onFilter(isChosen ? without(filter) : { ...without(filter), row })}
    >
      <RowMark row={row} />
      {!isShort && (
        <span>
          {said[row]}
          <b>{format.count(customers)}</b>
        </span>
      )}
    </AriaButton>
  );
}

/** The mark of a row: the score, or that there is none. */
function RowMark({ row }: { row: MapRow }): ReactNode {
  if (row === "8" || row === "7") return <span className="score p">{row}</span>;
  return (
    <span className={row === "silent" ? "score s pa-dashed" : "score"}>{row === "silent" ? "–" : "≠"}</span>
  );
}

function without({ row: _row, state: _state, ...rest }: PassiveFilter): PassiveFilter {
  return rest;
}
