import type { TrendPoint } from "./trend-band.tsx";
import { beyond, type TrendScale } from "./trend-scale.ts";

const room = 40;

/** The single periods as dots; what lies off the axis as an arrow at its edge, with its value where there is room. */
export function TrendDots({
  points,
  scale,
  xOf,
  yOf,
  format,
}: {
  points: readonly TrendPoint[];
  scale: TrendScale;
  xOf: (point: TrendPoint) => number;
  yOf: (value: number) => number;
  format: (value: number) => string;
}) {
  const far = points.filter(({ value }) => value !== null && beyond(scale, value));
  const hasRoom = far.every((point, index) => {
    const before = far[index - 1];
    return !before || xOf(point) - xOf(before) >= room;
  });
  return points.map((point) => {
    const { at, value } = point;
    if (value === null) return null;
    const x = xOf(point);
    const side = beyond(scale, value);
    if (!side) return <circle key={at} cx={x} cy={yOf(value)} r="2.2" fill="var(--line-strong)" />;
    const edge = yOf(value);
    const away = side === "above" ? -1 : 1;
    return (
      <g key={at} className="trend-far">
        <path d={`M${x - 4} ${edge - away * 3}h8l-4 ${away * 6}z`} />
        {hasRoom && (
          <text x={x + 7} y={edge - away * 3 + 4} className="halo">
            {format(value)}
          </text>
        )}
      </g>
    );
  });
}
