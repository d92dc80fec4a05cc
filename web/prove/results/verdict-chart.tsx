import { type ScaleLinear, scaleLinear } from "d3-scale";
import { useTranslation } from "react-i18next";
import { fewTicks } from "../../ui/charts/few-ticks.ts";
import { useFormat } from "../../ui/format.ts";
import { useWidth } from "../../ui/width.ts";
import type { PlayResult } from "./results-data.ts";
import { usePoints } from "./use-verdict.ts";
import "../../ui/charts/chart.css";

const height = 212;

/** Both arms as the verdict was read, with their intervals, and the difference below. In percent and percentage points. */
export function VerdictChart({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, interval } = usePoints();
  const { ref, width } = useWidth();
  const read = result.verdict.interval ?? result.difference;
  if (!result.asRead || !read) return null;
  const { treated, holdout } = result.asRead;
  const label = t("results.chart.label", {
    treated: format.share(100 * treated.share),
    holdout: format.share(100 * holdout.share),
    difference: points(read.difference),
    interval: interval(read.low, read.high),
  });
  const names = (["treated", "holdout", "difference"] as const).map((name) => t(`results.${name}`));
  // The labels of the rows, whatever the language.
  const left = Math.max(104, ...names.map((name) => 12 + 7.4 * name.length));
  const end = width - 20;
  const shares = scaleLinear()
    .domain([0, Math.max(0.05, treated.high, holdout.high)])
    .nice(4)
    .range([left, end]);
  const differences = scaleLinear()
    .domain([Math.min(-0.02, read.low), Math.max(0.02, read.high)])
    .nice(4)
    .range([left, end]);
  const percent = (share: number) => format.percent(share);
  return (
    <div className="chart-w" ref={ref} style={{ height }}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          <Axis x={shares} from={8} to={92} format={percent} />
          <Row
            x={shares}
            y={28}
            colour="var(--pro)"
            name={t("results.treated")}
            nameClass="t-pro"
            detail={t("results.of", { k: format.count(treated.k), n: format.count(treated.n) })}
            value={{ middle: treated.share, low: treated.low, high: treated.high }}
            written={format.share(100 * treated.share)}
          />
          <Row
            x={shares}
            y={70}
            colour="var(--sil)"
            name={t("results.holdout")}
            nameClass="t-mut"
            detail={t("results.of", { k: format.count(holdout.k), n: format.count(holdout.n) })}
            value={{ middle: holdout.share, low: holdout.low, high: holdout.high }}
            written={format.share(100 * holdout.share)}
          />
          <line x1={0} x2={width} y1={124} y2={124} className="grid-l" />
          <Axis x={differences} from={136} to={182} format={(value) => wholePoints(points(value))} />
          <Row
            x={differences}
            y={160}
            colour="var(--ink)"
            name={t("results.difference")}
            nameClass="t-ink"
            detail={t("results.inPoints")}
            value={{ middle: read.difference, low: read.low, high: read.high }}
            written={points(read.difference)}
            hollow={read.low <= 0 && read.high >= 0}
          />
        </svg>
      )}
    </div>
  );
}

/** Ticks are round: "+5.0" is "+5". */
const wholePoints = (written: string) => written.replace(/[.,]0$/, "");

function Axis({
  x,
  from,
  to,
  format,
}: {
  x: ScaleLinear<number, number>;
  from: number;
  to: number;
  format: (value: number) => string;
}) {
  return fewTicks(x).map((tick) => (
    <g key={tick}>
      <line x1={x(tick)} x2={x(tick)} y1={from} y2={to} className={tick === 0 ? "grid-z" : "grid-l"} />
      <text x={x(tick)} y={to + 17} textAnchor="middle">
        {format(tick)}
      </text>
    </g>
  ));
}

function Row({
  x,
  y,
  colour,
  name,
  nameClass,
  detail,
  value: { middle, low, high },
  written,
  hollow = false,
}: {
  x: ScaleLinear<number, number>;
  y: number;
  colour: string;
  name: string;
  nameClass: string;
  detail: string;
  value: { middle: number; low: number; high: number };
  written: string;
  hollow?: boolean;
}) {
  return (
    <g>
      <text x={0} y={y - 2} className={`t13 b ${nameClass}`}>
        {name}
      </text>
      <text x={0} y={y + 14} className="t12">
        {detail}
      </text>
      <line
        x1={x(low)}
        x2={x(high)}
        y1={y}
        y2={y}
        stroke={colour}
        strokeWidth="9"
        strokeLinecap="round"
        opacity=".26"
      />
      <circle
        cx={x(middle)}
        cy={y}
        r={hollow ? 5 : 6}
        fill={hollow ? "var(--surface)" : colour}
        stroke={colour}
        strokeWidth={hollow ? 2 : 0}
      />
      <text x={x(middle)} y={y - 13} className="t13 b t-ink halo" textAnchor="middle">
        {written}
      </text>
    </g>
  );
}
