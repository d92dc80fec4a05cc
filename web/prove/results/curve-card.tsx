import { scaleLinear, scaleUtc } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../ui/button.tsx";
import { Card, Note } from "../../ui/card.tsx";
import { fewTicks } from "../../ui/charts/few-ticks.ts";
import { useFormat } from "../../ui/format.ts";
import { Table } from "../../ui/table.tsx";
import { useWidth } from "../../ui/width.ts";
import type { PlayResult } from "./results-data.ts";
import "../../ui/charts/chart.css";

type Point = PlayResult["curve"][number];
type Of = NonNullable<Point["treated"]>;

/** Shares of both arms among all who had entered by a day, with their bands: for watching. */
export function CurveCard({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const goal = result.plan?.goal.kind ?? "promoter";
  return (
    <Card span={8} title={t(`results.curve.title.${goal}`)} sub={t("results.curve.sub")}>
      {asTable ? <AsTable result={result} /> : <Chart result={result} />}
      <div className="chart-foot">
        <Note>
          {[t("results.curve.note"), goal === "promoter" && t("results.curve.unanswered")]
            .filter(Boolean)
            .join(" ")}
        </Note>
        <TextButton onPress={() => setAsTable(!asTable)}>
          {t(asTable ? "ui.showAsChart" : "ui.showAsTable")}
        </TextButton>
      </div>
    </Card>
  );
}

function AsTable({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const written = (of: Point["treated"]) =>
    of ? `${format.share(100 * of.share)} (${format.shareInterval([100 * of.low, 100 * of.high])})` : "–";
  return (
    <div className="chart-table">
      <Table
        label={t(`results.curve.title.${result.plan?.goal.kind ?? "promoter"}`)}
        rows={result.curve}
        rowId={({ day }) => day}
        columns={[
          { id: "day", header: t("results.curve.entered"), cell: ({ day }) => format.shortDate(day) },
          {
            id: "treated",
            header: t("results.treated"),
            cell: ({ treated }) => written(treated),
            align: "end",
          },
          {
            id: "holdout",
            header: t("results.holdout"),
            cell: ({ holdout }) => written(holdout),
            align: "end",
          },
        ]}
      />
    </div>
  );
}

/** From fewer results in an arm a curve jumps about, and its band is the whole card. */
const fewest = 10;

/** The part of a curve that is worth drawing. */
export function drawnCurve({ curve }: PlayResult): Point[] {
  return curve.filter(({ treated, holdout }) => Math.min(treated?.n ?? 0, holdout?.n ?? 0) >= fewest);
}

function Chart({ result }: { result: PlayResult }) {
  const curve = drawnCurve(result);
  const { t } = useTranslation();
  const format = useFormat();
  const { ref, width } = useWidth();
  const isPhone = width < 420;
  const height = isPhone ? 210 : 270;
  const first = curve[0]!;
  const last = curve.at(-1)!;
  const nameAt = (arm: "treated" | "holdout", share: number) =>
    `${t(`results.${arm}`)} ${format.share(100 * share)}`;
  const longest = Math.max(nameAt("treated", 0.1).length, nameAt("holdout", 0.1).length);
  const margin = { left: 36, right: isPhone ? 10 : 16 + 6.7 * longest, top: 12, bottom: 30 };
  const x = scaleUtc()
    .domain([new Date(first.day), new Date(last.day)])
    .range([margin.left, width - margin.right]);
  // The first few customers' bands would squeeze all that comes after them.
  const steady = curve.slice(Math.floor(curve.length / 4));
  const top = Math.max(...steady.flatMap(({ treated, holdout }) => [treated?.high ?? 0, holdout?.high ?? 0]));
  const y = scaleLinear()
    .domain([0, Math.min(1, Math.max(0.05, top))])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
  const said = t("results.curve.label", {
    day: format.date(last.day),
    treated: last.treated ? format.share(100 * last.treated.share) : "–",
    holdout: last.holdout ? format.share(100 * last.holdout.share) : "–",
  });
  const ends = labelPlaces(last, y);
  return (
    <div className="chart-w" ref={ref} style={{ minHeight: height }}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={said}>
          {fewTicks(y).map((tick) => (
            <g key={tick}>
              <line
                x1={margin.left}
                x2={width - margin.right}
                y1={y(tick)}
                y2={y(tick)}
                className={tick === 0 ? "grid-z" : "grid-l"}
              />
              <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
                {format.percent(tick)}
              </text>
            </g>
          ))}
          {fewTicksOfTime(x.ticks(isPhone ? 3 : 5)).map((tick) => (
            <text key={tick.toISOString()} x={x(tick)} y={height - 8} textAnchor="middle">
              {format.day(tick.toISOString().slice(0, 10))}
            </text>
          ))}
          <Band arm="holdout" colour="var(--sil)" {...{ curve, x, y }} />
          <Band arm="treated" colour="var(--pro)" {...{ curve, x, y }} />
          {!isPhone &&
            ends.map(({ arm, at, of }) => (
              <text
                key={arm}
                x={width - margin.right + 10}
                y={at + 4}
                className={`t12 b ${arm === "treated" ? "t-pro" : "t-mut"}`}
              >
                {nameAt(arm, of.share)}
              </text>
            ))}
        </svg>
      )}
      {isPhone && (
        <p className="pr-key small">
          <span className="pro strong">{t("results.treated")}</span> ·{" "}
          <span className="muted strong">{t("results.holdout")}</span>
        </p>
      )}
    </div>
  );
}

const fewTicksOfTime = (ticks: Date[]) => (ticks.length > 5 ? ticks.filter((_, i) => i % 2 === 0) : ticks);

/** Where the names of the two lines go, so that they do not cover each other. */
function labelPlaces(last: Point, y: (share: number) => number) {
  const found = (["treated", "holdout"] as const).flatMap((arm) => {
    const of = last[arm];
    return of ? [{ arm, of, at: y(of.share) }] : [];
  });
  const [a, b] = found.toSorted((one, other) => one.at - other.at);
  if (a && b && b.at - a.at < 16) {
    const middle = (a.at + b.at) / 2;
    a.at = middle - 8;
    b.at = middle + 8;
  }
  return found;
}

function Band({
  arm,
  colour,
  curve,
  x,
  y,
}: {
  arm: "treated" | "holdout";
  colour: string;
  curve: readonly Point[];
  x: (day: Date) => number;
  y: (share: number) => number;
}) {
  const points = curve.flatMap((point): (Of & { day: string })[] => {
    const of = point[arm];
    return of ? [Object.assign({ day: point.day }, of)] : [];
  });
  const at = ({ day }: { day: string }) => x(new Date(day));
  const top = y.bind(null);
  const clipped = (share: number) => Math.max(12, top(share));
  const band =
    area<(typeof points)[number]>(
      at,
      ({ low }) => clipped(low),
      ({ high }) => clipped(high),
    ).curve(curveMonotoneX)(points) ?? "";
  const path =
    line<(typeof points)[number]>(at, ({ share }) => clipped(share)).curve(curveMonotoneX)(points) ?? "";
  const last = points.at(-1);
  return (
    <g>
      <path d={band} fill={colour} opacity=".14" />
      <path d={path} fill="none" stroke={colour} strokeWidth="2" strokeLinejoin="round" />
      {last && <circle cx={at(last)} cy={clipped(last.share)} r="3.5" fill={colour} />}
    </g>
  );
}
