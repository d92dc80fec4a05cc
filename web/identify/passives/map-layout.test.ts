import { describe, expect, it } from "vitest";
import { layOutMap } from "./map-layout.ts";
import type { MapRowData, State } from "./passives-data.ts";

const states = ["dormant", "cooling", "flat", "warming", "unknown"] as const;

function row(name: MapRowData["row"], dots: [State, number | null][] | null, bins?: number[]): MapRowData {
  return {
    row: name,
    customers: dots?.length ?? bins?.reduce((sum, n) => sum + n, 0) ?? 0,
    cells: states.map((state) => ({
      state,
      customers: dots ? dots.filter(([of]) => of === state).length : state === "flat" ? 1 : 0,
      revenue: { amount: 0, customers: 0 },
    })),
    dots:
      dots?.map(([state, change], i) => ({
        id: String(i),
        name: null,
        score: 8,
        state,
        change,
        revenue: null,
        currency: null,
      })) ?? null,
    bins: bins ?? null,
  };
}

const nobody = [row("others", []), row("silent", [])];

describe("the map", () => {
  it("places dots by their change, at the ends what lies beyond, and says what may be chance", () => {
    const map = layOutMap(
      [
        row("8", [
          ["cooling", -0.4],
          ["flat", -0.3],
          ["flat", 0],
          ["warming", 9],
        ]),
        row("7", []),
        ...nobody,
      ],
      1000,
    );
    expect(map.columns.map(({ state }) => state)).toEqual(["cooling", "flat", "warming"]);
    expect(map.rows.map((drawn) => drawn.row)).toEqual(["8", "7"]);
    const dots = map.rows[0]!.dots;
    expect(dots.map(({ isHollow }) => isHollow)).toEqual([false, true, false, false]);
    expect(dots[3]!.x).toBeGreaterThan(map.right - 7);
    expect(dots[2]!.x).toBe((map.left + map.right) / 2);
    const [cooling, flat] = map.columns;
    expect(dots[0]!.x).toBeLessThan(cooling!.x + cooling!.width);
    expect(flat!.x).toBeCloseTo(cooling!.x + cooling!.width);
  });

  it("has columns for the dormant and the unknown only where there are some, and nothing else where nothing is known", () => {
    const some = layOutMap(
      [
        row("8", [
          ["dormant", -1],
          ["unknown", null],
          ["flat", 0],
        ]),
        row("7", []),
        ...nobody,
      ],
      1000,
    );
    expect(some.columns.map(({ state }) => state)).toEqual([
      "dormant",
      "cooling",
      "flat",
      "warming",
      "unknown",
    ]);
    expect(some.rows[0]!.dots).toHaveLength(3);
    const none = layOutMap([row("8", [["unknown", null]]), row("7", []), ...nobody], 1000);
    expect(none.columns.map(({ state }) => state)).toEqual(["unknown"]);
    expect(none.ticks).toEqual([]);
  });

  it("draws a curve for a crowd, within its row", () => {
    const bins = Array.from({ length: 80 }, (_, i) => (i > 30 && i < 50 ? 100 : 0));
    const map = layOutMap([row("8", []), row("7", []), row("others", []), row("silent", null, bins)], 1000);
    const { curve, y, height } = map.rows[2]!;
    expect(Math.min(...curve.map((point) => point.y))).toBeGreaterThan(y);
    expect(Math.max(...curve.map((point) => point.y))).toBeLessThanOrEqual(y + height);
    expect(curve.every((point) => point.x >= map.left && point.x <= map.right)).toBe(true);
  });

  it("gives figures that are wider than their column a second line, and nothing is drawn under it", () => {
    const rows = [row("8", null, [1]), row("7", []), ...nobody];
    const narrow = layOutMap(rows, 1000);
    const wide = layOutMap(rows, 1000, ({ customers }) => (customers > 0 ? "26.781 47,4 Mio. €" : ""));
    const [figures, none] = wide.rows;
    expect(figures!.height).toBeGreaterThan(narrow.rows[0]!.height);
    expect(none!.height).toBe(narrow.rows[1]!.height);
    expect(Math.min(...figures!.curve.map((point) => point.y)) - figures!.y).toBeGreaterThan(36);
  });
});
