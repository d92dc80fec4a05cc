import { area, curveMonotoneX, line } from "d3-shape";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRouter } from "@tanstack/react-router";
import { useWorkspace } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import { segmentOf } from "../../ui/marks.tsx";
import { customerAddress } from "../customers/customer-filter.ts";
import { CellFigures, figuresOf, RowLabel, type MapView } from "./map-cell.tsx";
import { type DrawnRow, layOutMap, type MapDot, type MapLayout } from "./map-layout.ts";
import type { Passives } from "./passives-data.ts";

/** The map: each customer at their change of activity, in the row of what they said. */
export function MapChart({ passives, view, width }: { passives: Passives; view: MapView; width: number }) {
  const format = useFormat();
  const { rows, currency } = passives;
  const layout = useMemo(
    () => layOutMap(rows, width, (cell) => Object.values(figuresOf(format, cell, currency)).join(" ")),
    [rows, width, format, currency],
  );
  return <Drawing layout={layout} passives={passives} view={view} />;
}

function Drawing({ layout, passives, view }: { layout: MapLayout; passives: Passives; view: MapView }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { slug } = useWorkspace();
  const [near, setNear] = useState<MapDot | undefined>();
  const total = (state: string) =>
    passives.rows
      .filter(({ row }) => row === "8" || row === "7")
      .flatMap(({ cells }) => cells)
      .filter((cell) => cell.state === state)
      .reduce((sum, { customers }) => sum + customers, 0);
  const dots = layout.rows.flatMap((row) => row.dots);
  return (
    <div
      className="pa-map-in"
      style={{ height: layout.height }}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setNear(nearest(dots, event.clientX - box.left, event.clientY - box.top));
      }}
      onPointerLeave={() => setNear(undefined)}
      // Before the cell under it; by keyboard the list leads there.
      onClickCapture={(event) => {
        if (!near) return;
        event.stopPropagation();
        void router.navigate({ href: customerAddress(slug, near.dot.id) });
      }}
    >
      <svg
        className="chart"
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="img"
        aria-label={t("passives.map.finding", {
          count: passives.passives,
          cooling: total("cooling"),
          flat: total("flat"),
          warming: total("warming"),
        })}
      >
        <Ground layout={layout} />
        {layout.rows.map((row) => (
          <Row key={row.row} row={row} isRevenue={view.figures === "revenue"} />
        ))}
        {near && <circle cx={near.x} cy={near.y} r="6.5" fill="none" stroke="var(--ink)" strokeWidth="1.5" />}
      </svg>
      <Head layout={layout} total={total} />
      {layout.rows.map(({ row, y, height }) => (
        <RowLabel
          key={row}
          data={passives.rows.find((data) => data.row === row)!}
          view={view}
          style={{ left: 0, top: y, width: layout.labelWidth, height }}
        />
      ))}
      {layout.rows.flatMap(({ row, y, height }) =>
        layout.columns.map((column) => (
          <CellFigures
            key={`${row} ${column.state}`}
            row={row}
            cell={passives.rows
              .find((data) => data.row === row)!
              .cells.find(({ state }) => state === column.state)!}
            currency={passives.currency}
            view={view}
            style={{ left: column.x, top: y, width: column.width, height }}
          />
        )),
      )}
      {near && <Tip near={near} layout={layout} />}
    </div>
  );
}

/** The warm ground under the cooling passives, the lines between rows and columns, and the axis. */
function Ground({
  layout: { rows, columns, left, right, width, bottom, ticks, headHeight },
}: {
  layout: MapLayout;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const stated = rows.filter(({ row }) => row === "8" || row === "7");
  const height = stated.reduce((sum, row) => sum + row.height, 0);
  const cooling = columns.filter(({ state }) => state === "cooling" || state === "dormant");
  const end = cooling.at(-1);
  return (
    <>
      {end && (
        <rect
          x={cooling[0]?.x}
          y={headHeight}
          width={end.x + end.width - (cooling[0]?.x ?? 0)}
          height={height}
          rx="8"
          fill="var(--pas-soft)"
        />
      )}
      {rows.slice(1).map(({ row, y }) => (
        <path key={row} d={`M0 ${y}H${width}`} className="grid-l" />
      ))}
      {columns.slice(1).map(({ state, x }) => (
        <path key={state} d={`M${x} ${headHeight}V${bottom}`} className="grid-l" strokeDasharray="3 4" />
      ))}
      {ticks.length > 0 && <path d={`M${left} ${bottom}H${right}`} className="grid-l" />}
      {ticks.map(({ x, change }) => (
        <g key={change}>
          <path d={`M${x} ${bottom}v5`} stroke="var(--line-strong)" />
          <text x={x} y={bottom + 18} textAnchor="middle">
            {format.changeShare(change)}
          </text>
        </g>
      ))}
      {ticks.length > 0 && (
        <text x={left + 12} y={bottom + 38}>
          {t("passives.map.axis")}
        </text>
      )}
    </>
  );
}

function Row({ row, isRevenue }: { row: DrawnRow; isRevenue: boolean }) {
  const most = Math.max(1, ...row.dots.map(({ dot }) => dot.revenue ?? 0));
  const base = row.y + row.height;
  const shape = area<{ x: number; y: number }>(
    (d) => d.x,
    base,
    (d) => d.y,
  ).curve(curveMonotoneX);
  const outline = line<{ x: number; y: number }>(
    (d) => d.x,
    (d) => d.y,
  ).curve(curveMonotoneX);
  return (
    <g>
      {row.curve.length > 0 && (
        <>
          <path d={shape(row.curve) ?? ""} fill={curveColour(row)} opacity="0.3" />
          <path d={outline(row.curve) ?? ""} fill="none" stroke={curveColour(row)} strokeWidth="1.5" />
        </>
      )}
      {row.dots.map((each) => {
        const { dot, x, y, isHollow } = each;
        const radius = isRevenue
          ? Math.max(0.8, row.radius * 1.5 * Math.sqrt((dot.revenue ?? 0) / most))
          : row.radius;
        const colour = colourOf(row, each);
        const isQuiet = dot.state === "flat" || dot.state === "warming" || dot.state === "unknown";
        return isHollow ? (
          <circle
            key={dot.id}
            cx={x}
            cy={y}
            r={radius - 0.6}
            fill="none"
            stroke={colour}
            strokeWidth="1.1"
            opacity="0.6"
          />
        ) : (
          <circle key={dot.id} cx={x} cy={y} r={radius} fill={colour} opacity={isQuiet ? 0.42 : 1} />
        );
      })}
    </g>
  );
}

const curveColour = ({ row }: DrawnRow) => (row === "8" || row === "7" ? "var(--pas)" : "var(--sil)");

/** In the row of those who are passive by behaviour only, each has the colour of what they said. */
function colourOf({ row }: DrawnRow, { dot }: MapDot): string {
  if (row === "silent" || dot.score === null) return "var(--sil)";
  return { detractor: "var(--det)", passive: "var(--pas)", promoter: "var(--pro)" }[segmentOf(dot.score)];
}

function Head({ layout, total }: { layout: MapLayout; total: (state: string) => number }) {
  const { t } = useTranslation();
  const meaning = {
    dormant: t("passives.map.gone"),
    cooling: t("passives.map.below"),
    flat: t("passives.map.within"),
    warming: t("passives.map.above"),
    unknown: t("passives.map.tooNew"),
  };
  return (
    <>
      {layout.columns.map(({ state, x, width }) => (
        <p key={state} className="pa-col" style={{ left: x, width }}>
          <b className={state === "cooling" || state === "dormant" ? "pas-text" : ""}>
            {t(`passives.states.${state}`)}
          </b>
          <span>
            <span className="ink">{t("passives.map.passives", { count: total(state) })}</span>
            {width > 190 ? ", " : <br />}
            {meaning[state]}
          </span>
        </p>
      ))}
    </>
  );
}

function Tip({ near: { dot, x, y }, layout }: { near: MapDot; layout: MapLayout }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isRight = x > layout.width * 0.66;
  return (
    <p
      className="chart-tip"
      style={{ top: y + 10, ...(isRight ? { right: layout.width - x } : { left: x + 4 }) }}
    >
      <b>{dot.name ?? t("passives.list.anonymous")}</b>
      <br />
      {t(`passives.states.${dot.state}`)}
      {dot.change !== null &&
        dot.state !== "unknown" &&
        dot.state !== "dormant" &&
        ` ${format.changeShare(dot.change)}`}
      {dot.revenue !== null && `, ${format.money(dot.revenue, dot.currency)}`}
    </p>
  );
}

const reach = 9;

function nearest(dots: readonly MapDot[], x: number, y: number): MapDot | undefined {
  let best: MapDot | undefined;
  let least = reach ** 2;
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance < least) [best, least] = [dot, distance];
  }
  return best;
}
