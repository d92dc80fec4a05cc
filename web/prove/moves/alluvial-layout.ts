import { sankey, sankeyLeft } from "d3-sankey";
import type { MoveCategory, MoveRow } from "./moves-data.ts";

/** A category at one side of the drawing. */
export interface DrawnNode {
  category: MoveCategory;
  side: "before" | "after";
  count: number;
  x: number;
  y: number;
  height: number;
}

/** Those who moved from one category to another. */
export interface Ribbon {
  before: MoveCategory;
  after: MoveCategory;
  count: number;
  path: string;
}

/** Where everything of the drawing is. */
export interface AlluvialLayout {
  nodes: DrawnNode[];
  ribbons: Ribbon[];
  width: number;
  height: number;
}

export const nodeWidth = 8;
const top = 24;
const gap = 16;

/**
 * Two columns of categories and the ribbons between them, in the order of the rows. Who was silent both times is not drawn:
 * they would be most of the picture, and nothing of what it says.
 */
export function layOutAlluvial(
  rows: readonly MoveRow[],
  { width, height, margin }: { width: number; height: number; margin: number },
): AlluvialLayout {
  const drawn = rows.flatMap(({ category: before, cells }) =>
    cells
      .filter(({ category, count }) => count > 0 && !(before === "silent" && category === "silent"))
      .map(({ category: after, count }) => ({ before, after, count })),
  );
  // d3 lays out nothing only with an error.
  if (drawn.length === 0) return { nodes: [], ribbons: [], width, height };
  const order = rows.map(({ category }) => category);
  const nodes = (["before", "after"] as const).flatMap((side) =>
    order
      .filter((category) => drawn.some((move) => move[side] === category))
      .map((category) => ({ id: `${side} ${category}`, side, category })),
  );
  const graph = sankey<(typeof nodes)[number], { move: (typeof drawn)[number] }>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyLeft)
    .nodeWidth(nodeWidth)
    .nodePadding(gap)
    // In our order, not in the one with the fewest crossings: the place of a category says what it is.
    .nodeSort(null)
    .linkSort(null)
    .iterations(0)
    .extent([
      [margin, top],
      [width - margin, height],
    ])({
    nodes,
    links: drawn.map((move) => ({
      source: `before ${move.before}`,
      target: `after ${move.after}`,
      value: move.count,
      move,
    })),
  });
  return {
    width,
    height,
    nodes: graph.nodes.map(({ side, category, value = 0, x0 = 0, y0 = 0, y1 = 0 }) => ({
      side,
      category,
      count: value,
      x: x0,
      y: y0,
      height: Math.max(1, y1 - y0),
    })),
    ribbons: graph.links.map(({ move: { before, after, count }, y0 = 0, y1 = 0, width: thickness = 0 }) => ({
      before,
      after,
      count,
      path: ribbonPath(margin + nodeWidth + 1, width - margin - nodeWidth - 1, y0, y1, thickness),
    })),
  };
}

/** A band between two heights, each its middle. */
function ribbonPath(x0: number, x1: number, y0: number, y1: number, thickness: number): string {
  const middle = (x0 + x1) / 2;
  const half = Math.max(thickness, 0.75) / 2;
  const [a, b, c, d] = [y0 - half, y1 - half, y1 + half, y0 + half];
  return `M${x0} ${a}C${middle} ${a} ${middle} ${b} ${x1} ${b}V${c}C${middle} ${c} ${middle} ${d} ${x0} ${d}Z`;
}
