/** Where a dot of a swarm is. */
export interface Placed {
  x: number;
  /** From the middle line. */
  y: number;
}

interface Swarm {
  points: Placed[];
  radius: number;
}

/** Radii that are tried, the largest first: a crowd gets smaller dots before it gets dots on top of each other. */
const radii = [3.1, 2.6, 2.1, 1.7];
/** Where there are so few that nothing else is to be seen. */
const radiusOfFew = 4.6;
const few = 12;

/**
 * Places dots at their x, beside each other where they would overlap: each as near to the middle line as it can be. Where
 * even the smallest do not fit into the height, the rest lie on the edge.
 * @param xs in any order
 * @param height of the room
 */
export function beeswarm(xs: readonly number[], height: number): Swarm {
  for (const radius of xs.length <= few ? [radiusOfFew, ...radii] : radii) {
    const points = place(xs, height, radius, radius === radii.at(-1));
    if (points) return { points, radius };
  }
  return { points: [], radius: radii[0]! };
}

/** Undefined where a dot would lie outside, unless that is allowed: then it is on the edge. */
function place(
  xs: readonly number[],
  height: number,
  radius: number,
  mayTouch: boolean,
): Placed[] | undefined {
  const gap = 2 * radius + 0.4;
  const reach = Math.max(0, height / 2 - radius);
  const mostNear = (6 * reach) / gap;
  const points: Placed[] = Array.from({ length: xs.length });
  // The dots so far that are near enough in x to be in the way.
  let near: Placed[] = [];
  for (const i of xs.map((_, i) => i).sort((a, b) => xs[a]! - xs[b]! || a - b)) {
    const x = xs[i]!;
    near = near.filter((other) => x - other.x < gap);
    const free = near.length > mostNear ? undefined : freePlace(x, near, gap);
    const isInside = free !== undefined && Math.abs(free) <= reach;
    if (!isInside && !mayTouch) return undefined;
    points[i] = { x, y: isInside ? free : reach * (i % 2 === 0 ? 1 : -1) };
    if (isInside || near.length <= mostNear) near.push(points[i]);
  }
  return points;
}

/** The nearest place to the middle line at this x that touches none of these. */
function freePlace(x: number, near: readonly Placed[], gap: number): number {
  // A dot just touching another is at one of two heights; between two neighbours there may be room as well.
  const candidates = [0];
  for (const other of near) {
    const dy = Math.sqrt(Math.max(0, gap ** 2 - (x - other.x) ** 2));
    candidates.push(other.y + dy, other.y - dy);
  }
  candidates.sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  const isFree = (y: number) =>
    near.every((other) => (x - other.x) ** 2 + (y - other.y) ** 2 >= gap ** 2 - 1e-6);
  return candidates.find(isFree) ?? 0;
}

/** Places dots in rows, where there is no axis to place them by. Undefined where they do not fit. */
export function packed(n: number, width: number, height: number): Swarm | undefined {
  for (const radius of n <= few ? [radiusOfFew, ...radii] : radii) {
    const gap = 2 * radius + 1;
    const perRow = Math.max(1, Math.floor(width / gap));
    const rows = Math.ceil(n / perRow);
    if (rows * gap > height) continue;
    const points = Array.from({ length: n }, (_, i) => {
      const row = Math.floor(i / perRow);
      return { x: radius + (i % perRow) * gap, y: (row - (rows - 1) / 2) * gap };
    });
    return { points, radius };
  }
  return undefined;
}
