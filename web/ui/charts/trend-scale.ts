import type { TrendPoint } from "./trend-band.tsx";

/** The vertical axis of a trend: round values, the first and last of which are its ends. */
export interface TrendScale {
  ticks: readonly number[];
  low: number;
  high: number;
}

/**
 * The axis holds zero, the whole band, and every single period that lies near it. One that lies further out, as a week
 * of two answers does at ±100, would press the line flat: it is drawn as a marker at the edge.
 */
export function trendScale(points: readonly TrendPoint[]): TrendScale {
  const values = present(points.map(({ value }) => value));
  const band = present(points.flatMap(({ low, high }) => [low, high]));
  const core = band.length > 0 ? band : values;
  const least = Math.min(...core, 0);
  const most = Math.max(...core, 10);
  const reach = (most - least) / 2;
  const near = values.filter((value) => value >= least - reach && value <= most + reach);
  const ticks = roundTicks(Math.min(least, ...near), Math.max(most, ...near));
  return { ticks, low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1 };
}

/** Does this value lie off the axis, and on which side? */
export function beyond({ low, high }: TrendScale, value: number): "above" | "below" | undefined {
  return value > high ? "above" : value < low ? "below" : undefined;
}

/** At most five round values, evenly spaced, of which the first and the last enclose the two given. */
export function roundTicks(low: number, high: number, most = 5): number[] {
  for (let power = 10 ** Math.floor(Math.log10((high - low) / most)); ; power *= 10) {
    // 2.5 itself is no round value, 25 is.
    for (const step of [1, 2, ...(power >= 10 ? [2.5] : []), 5].map((factor) => factor * power)) {
      const first = Math.floor(low / step);
      const last = Math.ceil(high / step);
      if (last - first < most)
        return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
    }
  }
}

function present(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
