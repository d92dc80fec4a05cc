import { scaleLinear, scaleUtc } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, TextButton } from "../button.tsx";
import { useFormat } from "../format.ts";
import { Table } from "../table.tsx";
import { useWidth } from "../width.ts";
import { TrendHits } from "./trend-hits.tsx";
import { TrendDots } from "./trend-dots.tsx";
import { beyond, trendScale } from "./trend-scale.ts";
import "./chart.css";

/** One period, e.g. a week, of a measure over time. */
export interface TrendPoint {
  /** First day of the period: "2026-10-12". */
  at: string;
  /** The period by itself, drawn as a dot; null when nobody answered. */
  value: number | null;
  n: number;
  /** The smoothed line and its 95 % band; null where there are too few answers to say. */
  smoothed: number | null;
  low: number | null;
  high: number | null;
}

/** What both drawings need: where things go and how they are written. */
interface Frame {
  points: readonly TrendPoint[];
  width: number;
  height: number;
  label: string;
  format: (value: number) => string;
  formatInterval: (interval: readonly [number, number]) => string;
  /** Where a period leads, e.g. to its answers. */
  hrefOf?: ((point: TrendPoint) => string) | undefined;
  isCurrent: boolean;
}

const phoneWidth = 420;
const mostNamed = 6;

/** A measure over time: single periods as dots, the smoothed line, its 95 % band, and the same as a table. */
export function TrendBand({
  points,
  format,
  formatInterval,
  caption,
  label,
  note,
  hrefOf,
  isCurrent = true,
}: {
  points: readonly TrendPoint[];
  /** How a value is written: `useFormat().nps`. */
  format: (value: number) => string;
  /** How an interval is written: `useFormat().npsInterval`. */
  formatInterval: (interval: readonly [number, number]) => string;
  /** Name of the table that shows the same numbers. */
  caption: string;
  /** The finding, for those who cannot see it. */
  label?: string;
  note?: string;
  /** Where a period leads, e.g. to its answers. */
  hrefOf?: (point: TrendPoint) => string;
  /** Does the last period reach until today? Only then is its value the one of "now". */
  isCurrent?: boolean;
}) {
  const { t } = useTranslation();
  const { ref, width } = useWidth();
  const [asTable, setAsTable] = useState(false);
  const far = useFar(points, format);
  const name = [useFinding(points, format, label), far].filter(Boolean).join(" ");
  const height = width > 0 && width < phoneWidth ? 220 : 320;
  return (
    <div>
      <div className="chart-w" ref={ref} style={asTable ? {} : { minHeight: height }}>
        {asTable ? (
          <AsTable {...{ points, format, formatInterval, caption, hrefOf }} />
        ) : (
          width > 0 && (
            <Drawing {...{ points, width, height, format, formatInterval, hrefOf, isCurrent }} label={name} />
          )
        )}
      </div>
      <div className="chart-foot">
        <span className="note">{[note, !asTable && far].filter(Boolean).join(" ")}</span>
        <TextButton onPress={() => setAsTable(!asTable)}>
          {t(asTable ? "ui.showAsChart" : "ui.showAsTable")}
        </TextButton>
      </div>
    </div>
  );
}

function useFinding(
  points: readonly TrendPoint[],
  format: (value: number) => string,
  label: string | undefined,
) {
  const { t } = useTranslation();
  const { date } = useFormat();
  if (label !== undefined) return label;
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return "";
  const span = { from: date(first.at), until: date(last.at) };
  const latest = points.findLast((point) => point.smoothed !== null);
  if (!latest || latest.smoothed === null) return t("ui.trend.labelWithout", span);
  const written = {
    value: format(latest.smoothed),
    low: format(latest.low ?? 0),
    high: format(latest.high ?? 0),
  };
  return t("ui.trend.label", { ...span, ...written });
}

/** Which periods lie off the axis. */
function useFar(points: readonly TrendPoint[], format: (value: number) => string): string {
  const { t } = useTranslation();
  const { count } = useFormat();
  const scale = trendScale(points);
  const far = points.flatMap(({ value }) => (value !== null && beyond(scale, value) ? [value] : []));
  if (far.length === 0) return "";
  const values = far.slice(0, mostNamed).map(format).join(", ") + (far.length > mostNamed ? ", …" : "");
  return t("ui.trend.beyond", { count: far.length, written: count(far.length), values });
}

function Drawing({ points, width, height, label, format, formatInterval, hrefOf, isCurrent }: Frame) {
  const isPhone = width < phoneWidth;
  const margin = { left: 36, right: isPhone ? 8 : 92, top: isPhone ? 26 : 12, bottom: 26 };
  const { x, y, scale } = scalesOf(points, width, height, margin);
  const at = (point: TrendPoint) => x(new Date(point.at));
  const smooth = points.filter((point) => point.smoothed !== null);
  const latest = smooth.at(-1);
  const linePath =
    line<TrendPoint>(at, (point) => y(point.smoothed ?? 0)).curve(curveMonotoneX)(smooth) ?? "";
  const bandPath =
    area<TrendPoint>(
      at,
      (point) => y(point.low ?? 0),
      (point) => y(point.high ?? 0),
    ).curve(curveMonotoneX)(smooth) ?? "";
  return (
    <>
      <svg className="chart" width={width} height={height} role="img" aria-label={label}>
        <Axes {...{ x, y, scale, width, height, margin, format }} />
        <path d={bandPath} fill="var(--ink)" opacity=".09" />
        <TrendDots {...{ points, scale, format }} xOf={at} yOf={y} />
        <path d={linePath} fill="none" stroke="var(--ink)" strokeWidth="1.8" strokeLinejoin="round" />
        {latest && latest.smoothed !== null && (
          <Latest
            {...{ latest, format, formatInterval, isPhone }}
            isNow={isCurrent && latest === points.at(-1)}
            x={at(latest)}
            y={y(latest.smoothed)}
          />
        )}
      </svg>
      <TrendHits {...{ points, width, format, hrefOf }} height={height - margin.bottom} xOf={at} yOf={y} />
    </>
  );
}

type Scales = ReturnType<typeof scalesOf>;
type Margin = { left: number; right: number; top: number; bottom: number };

function scalesOf(points: readonly TrendPoint[], width: number, height: number, margin: Margin) {
  const days = points.map((point) => new Date(point.at));
  const scale = trendScale(points);
  return {
    scale,
    x: scaleUtc()
      .domain([days[0] ?? new Date(0), days.at(-1) ?? new Date(1)])
      .range([margin.left, width - margin.right]),
    y: scaleLinear()
      .domain([scale.low, scale.high])
      .range([height - margin.bottom, margin.top])
      .clamp(true),
  };
}

function Axes({
  x,
  y,
  scale,
  width,
  height,
  margin,
  format,
}: Scales & { width: number; height: number; margin: Margin; format: (value: number) => string }) {
  const { month } = useFormat();
  const ticks = x.ticks(width < phoneWidth ? 4 : 6);
  const [start] = x.domain();
  // The first month rarely begins on the first day: it is named where it begins, if there is room.
  const months = start && x(ticks[0] ?? start) - x(start) > 40 ? [start, ...ticks] : ticks;
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={margin.left}
            x2={width - margin.right}
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? "grid-z" : "grid-l"}
          />
          <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {months.map((tick) => (
        <text
          key={+tick}
          x={x(tick)}
          y={height - 4}
          textAnchor={x(tick) < margin.left + 12 ? "start" : "middle"}
        >
          {month(tick)}
        </text>
      ))}
    </>
  );
}

function Latest({
  latest,
  format,
  formatInterval,
  isPhone,
  isNow,
  x,
  y,
}: Pick<Frame, "format" | "formatInterval"> & {
  latest: TrendPoint;
  isPhone: boolean;
  isNow: boolean;
  x: number;
  y: number;
}) {
  const { t } = useTranslation();
  const smoothed = format(latest.smoothed ?? 0);
  const value = isNow ? t("ui.trend.now", { value: smoothed }) : smoothed;
  const interval =
    latest.low !== null && latest.high !== null ? formatInterval([latest.low, latest.high]) : "";
  return (
    <g>
      <circle cx={x} cy={y} r="3.5" fill="var(--ink)" />
      {isPhone ? (
        <text x={x + 3} y={12} textAnchor="end" className="t12 t-ink b">
          {value}
          <tspan className="faint-text" dx="6" fontWeight="400" fill="var(--faint)">
            {interval}
          </tspan>
        </text>
      ) : (
        <>
          <text x={x + 10} y={y} className="t13 t-ink b">
            {value}
          </text>
          <text x={x + 10} y={y + 16}>
            {interval}
          </text>
        </>
      )}
    </g>
  );
}

function AsTable({
  points,
  format,
  formatInterval,
  caption,
  hrefOf,
}: Pick<Frame, "points" | "format" | "formatInterval" | "hrefOf"> & { caption: string }) {
  const { t } = useTranslation();
  const { shortDate, count } = useFormat();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keyboard
    <div className="chart-table" role="group" aria-label={caption} tabIndex={0}>
      <Table
        label={caption}
        rows={points}
        rowId={(point) => point.at}
        columns={[
          {
            id: "at",
            header: t("ui.trend.period"),
            cell: (point) =>
              hrefOf && point.n > 0 ? (
                <Link href={hrefOf(point)}>{shortDate(point.at)}</Link>
              ) : (
                shortDate(point.at)
              ),
          },
          {
            id: "n",
            header: t("ui.trend.answers"),
            align: "end",
            cell: (point) => count(point.n),
            phoneLabel: true,
          },
          {
            id: "value",
            header: t("ui.trend.value"),
            align: "end",
            phoneLabel: true,
            cell: (point) => (point.value === null ? "–" : format(point.value)),
          },
          {
            id: "smoothed",
            header: t("ui.trend.smoothed"),
            align: "end",
            phoneLabel: true,
            cell: (point) => (point.smoothed === null ? "–" : format(point.smoothed)),
          },
          {
            id: "interval",
            header: t("ui.trend.interval"),
            align: "end",
            phoneLabel: true,
            cell: (point) =>
              point.low === null || point.high === null ? "–" : formatInterval([point.low, point.high]),
          },
        ]}
      />
    </div>
  );
}
