import { expect, it } from "vitest";
import { layOutAlluvial } from "./alluvial-layout.ts";
import type { MoveRow } from "./moves-data.ts";

const order = ["promoter", "passive", "detractor", "silent", "gone"] as const;

function rows(counts: number[][]): MoveRow[] {
  return counts.map((row, i) => ({
    category: order[i]!,
    n: row.reduce((sum, n) => sum + n, 0),
    enough: true,
    cells: row.map((count, j) => ({ category: order[j]!, count, share: null, interval: null })),
  }));
}

it("draws every move but from silence to silence, in the order of the rows, within its frame", () => {
  const table = rows([
    [262, 61, 17, 90, 0],
    [74, 189, 38, 117, 2],
    [21, 46, 97, 72, 0],
    [131, 156, 88, 1445, 0],
    [0, 0, 0, 0, 0],
  ]);
  const { nodes, ribbons } = layOutAlluvial(table, { width: 500, height: 300, margin: 96 });
  expect(nodes.map(({ side, category, count }) => `${side} ${category} ${count}`)).toEqual([
    "before promoter 430",
    "before passive 420",
    "before detractor 236",
    "before silent 375",
    "after promoter 488",
    "after passive 452",
    "after detractor 240",
    "after silent 279",
    "after gone 2",
  ]);
  for (const { y, height } of nodes) {
    expect(y).toBeGreaterThanOrEqual(24);
    expect(y + height).toBeLessThanOrEqual(301);
  }
  expect(ribbons).toHaveLength(16);
  expect(ribbons.every(({ path }) => path.startsWith("M105 ") && !path.includes("NaN"))).toBe(true);
});

it("draws nothing where nobody moved", () => {
  expect(layOutAlluvial(rows([[0], [0]]), { width: 300, height: 300, margin: 78 })).toMatchObject({
    nodes: [],
    ribbons: [],
  });
});
