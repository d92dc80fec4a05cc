import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format.ts";
import { PointerLink } from "../pointer-link.tsx";
import type { TrendPoint } from "./trend-band.tsx";

/** Periods of a trend under the pointer: what each says, and where it leads. By keyboard the table does both. */
export function TrendHits({
  points,
  xOf,
  yOf,
  format,
  hrefOf,
  height,
  width,
}: {
  points: readonly TrendPoint[];
  xOf: (point: TrendPoint) => number;
  yOf: (value: number) => number;
  format: (value: number) => string;
  hrefOf: ((point: TrendPoint) => string) | undefined;
  height: number;
  width: number;
}) {
  const [over, setOver] = useState<TrendPoint | null>(null);
  const half = (index: number) => {
    const here = points[index];
    const next = points[index + 1] ?? points[index - 1];
    return here && next ? Math.abs(xOf(next) - xOf(here)) / 2 : 12;
  };
  return (
    <div className="chart-hits" aria-hidden="true">
      {points.map((point, index) => {
        const place = { left: xOf(point) - half(index), width: half(index) * 2, height };
        const watch = {
          onMouseEnter: () => setOver(point),
          onMouseLeave: () => setOver((still) => (still === point ? null : still)),
        };
        if (!hrefOf || point.n === 0) return null;
        return (
          <PointerLink key={point.at} className="chart-hit" href={hrefOf(point)} style={place} {...watch} />
        );
      })}
      {over && over.value !== null && (
        <Tip point={over} value={over.value} {...{ format, width }} x={xOf(over)} y={yOf(over.value)} />
      )}
    </div>
  );
}

function Tip({
  point,
  value,
  format,
  x,
  y,
  width,
}: {
  point: TrendPoint;
  value: number;
  format: (value: number) => string;
  x: number;
  y: number;
  width: number;
}) {
  const { t } = useTranslation();
  const { shortDate, count } = useFormat();
  const side = x > width * 0.6 ? { right: width - x + 10 } : { left: x + 10 };
  return (
    <>
      <span className="chart-over" style={{ left: x, top: y }} />
      <span className="chart-tip" style={{ ...side, top: Math.max(0, y - 48) }}>
        <b>{format(value)}</b> {t("ui.trend.count", { count: point.n, written: count(point.n) })}
        <br />
        {t("ui.trend.begins", { day: shortDate(point.at) })}
      </span>
    </>
  );
}
