import * as fc from "fast-check";
import type { WeeklySeries } from "./common-rhythm.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Any weekly activity of up to so many weeks. */
export function anySeries(weeks: number): fc.Arbitrary<WeeklySeries> {
  const count = fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
  );
  return fc.record({
    first: fc.integer({ min: 0, max: weeks - 1 }),
    counts: fc.array(count, { minLength: 1, maxLength: weeks }),
  });
}

/** Weekly counts around a mean that changes by week; gamma distributed weeks of this shape, Poisson events in them. */
export function drawSeries(
  random: SeededRandom,
  weeks: number,
  mean: (week: number) => number,
  { first = 0, shape = 8 } = {},
): WeeklySeries {
  const counts = Array.from({ length: weeks - first }, (_, i) => {
    let sum = 0;
    for (let part = 0; part < shape; part++) sum -= Math.log(1 - random.uniform());
    return random.poisson((mean(first + i) * sum) / shape);
  });
  // A series begins with the first event.
  counts[0] = Math.max(1, counts[0]!);
  return { first, counts };
}
