import { scaleLinear } from "d3-scale";
import { useTranslation } from "react-i18next";
import { useWidth } from "../width.ts";
import { fewTicks } from "./few-ticks.ts";
import "./chart.css";

/** One estimate with its interval, e.g. a wave. Without an interval it is too small to show. */
export interface IntervalRow {
  id: string;
  label: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** The one the page is about: ink instead of grey. */
  emphasis?: boolean;
}

const rowHeight = 24;
const top = 8;

/** Estimates under each other, each a dot on a round-capped band: do the intervals overlap? */
export function Interval({
  rows,
  format,
  label,
}: {
  rows: readonly IntervalRow[];
  /** How a value is written on the axis and in the label: `useFormat().nps`. */
  format: (value: number) => string;
  /** The finding, for those who cannot see it; by default the values. */
  label?: string;
}) {
  const { t } = useTranslation();
  const { ref, width } = useWidth();
  const said = rows.map(({ label, value, low, high }) =>
    value === null || low === null || high === null
      ? t("ui.intervals.rowWithout", { label })
      : t("ui.intervals.row", { label, value: format(value), low: format(low), high: format(high) }),
  );
  const name = label ?? t("ui.intervals.label", { rows: said.join("; ") });
  const height = top + rows.length * rowHeight + 28;
  return (
    <div className="chart-w" ref={ref} style={{ height }}>
      {width > 0 && <Drawing rows={rows} format={format} label={name} width={width} height={height} />}
    </div>
  );
}

function Drawing({
  rows,
  format,
  label,
  width,
  height,
}: {
  rows: readonly IntervalRow[];
  format: (value: number) => string;
  label: string;
  width: number;
  height: number;
}) {
  const longest = Math.max(...rows.map((row) => row.label.length), 2);
  const left = Math.min(24 + longest * 6.6, width * 0.4);
  const ends = rows.flatMap((row) => [row.low, row.high, row.value]).filter((end) => end !== null);
  const x = scaleLinear()
    .domain([Math.min(...ends, 0), Math.max(...ends, 10)])
    .nice(4)
    .range([left, width - 16]);
  const bottom = top + rows.length * rowHeight + 4;
  return (
    <svg className="chart" width={width} height={height} role="img" aria-label={label}>
      {fewTicks(x, width < 260 ? 4 : 5).map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} className={tick === 0 ? "grid-z" : "grid-l"} />
          <text x={x(tick)} y={bottom + 18} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      {rows.map((row, index) => (
        <OneRow key={row.id} row={row} x={x} y={top + index * rowHeight + 14} />
      ))}
    </svg>
  );
}

function OneRow({ row, x, y }: { row: IntervalRow; x: (value: number) => number; y: number }) {
  const colour = row.emphasis ? "var(--ink)" : "var(--sil)";
  const isKnown = row.value !== null && row.low !== null && row.high !== null;
  return (
    <g>
      <text x={0} y={y + 4} className={row.emphasis ? "t12 t-ink b" : "t12"}>
        {row.label}
      </text>
      {isKnown && (
        <>
          <line
            x1={x(row.low ?? 0)}
            x2={x(row.high ?? 0)}
            y1={y}
            y2={y}
            stroke={colour}
            strokeWidth="8"
            strokeLinecap="round"
            opacity=".22"
          />
          <circle cx={x(row.value ?? 0)} cy={y} r="5" fill={colour} />
        </>
      )}
    </g>
  );
}
