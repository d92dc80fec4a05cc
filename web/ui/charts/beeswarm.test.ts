import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beeswarm, packed } from "./beeswarm.ts";

describe("a swarm", () => {
  it("keeps every dot at its x, inside the room, and apart from the others where there is room", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 900, noNaN: true }), { maxLength: 120 }), (xs) => {
        const { points, radius } = beeswarm(xs, 110);
        expect(points.map(({ x }) => x)).toEqual(xs);
        expect(points.every(({ y }) => Math.abs(y) + radius <= 55 + 1e-9)).toBe(true);
        if (xs.length < 20) expect(closest(points)).toBeGreaterThanOrEqual(2 * radius);
      }),
      { numRuns: 50 },
    );
  });

  it("takes smaller dots for a crowd, and is quick with two thousand", () => {
    const crowd = Array.from({ length: 2000 }, (_, i) => 450 + 60 * Math.sin(i));
    expect(beeswarm(crowd, 110).radius).toBe(1.7);
    expect(beeswarm(crowd.slice(0, 50), 110).radius).toBe(3.1);
    expect(beeswarm(crowd.slice(0, 5), 110).radius).toBe(4.6);
  });

  it("of nothing is nothing", () => {
    expect(beeswarm([], 100).points).toEqual([]);
  });
});

it("dots without an axis are packed in rows, or left out where they do not fit", () => {
  expect(packed(30, 72, 60)!.points).toHaveLength(30);
  expect(packed(2000, 72, 60)).toBeUndefined();
});

function closest(points: readonly { x: number; y: number }[]): number {
  const distances = points.flatMap((a, i) =>
    points.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)),
  );
  return Math.min(Infinity, ...distances);
}
