import { line as lineOf } from "d3-shape";

/** A small line of a few values, with a dashed level to compare with and a dot at its end. Decorative: say it in words. */
export function Sparkline({
  values,
  level,
  tone = "ink",
  width = 100,
  height = 26,
}: {
  values: readonly number[];
  /** Drawn dashed: what is usual, or a target. */
  level?: number | null | undefined;
  tone?: "ink" | "pas";
  width?: number;
  height?: number;
}) {
  const most = Math.max(1, level ?? 0, ...values);
  const x = (index: number) => 2 + (index * (width - 6)) / Math.max(1, values.length - 1);
  const y = (value: number) => height - 3 - (value / most) * (height - 6);
  const path = lineOf<number>((_, index) => x(index), y)(values) ?? "";
  const colour = tone === "pas" ? "var(--pas)" : "var(--ink)";
  const last = values.at(-1);
  return (
    <svg
      className="chart spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {level !== null && level !== undefined && (
        <path
          d={`M2 ${y(level)}H${width - 4}`}
          stroke="var(--faint)"
          strokeWidth="1"
          strokeDasharray="1.5 3"
        />
      )}
      <path d={path} fill="none" stroke={colour} strokeWidth="1.5" strokeLinejoin="round" />
      {last !== undefined && <circle cx={x(values.length - 1)} cy={y(last)} r="2.4" fill={colour} />}
    </svg>
  );
}
