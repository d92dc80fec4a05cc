import { scaleLinear } from "d3-scale";
import { beeswarm, packed, type Placed } from "../../ui/charts/beeswarm.ts";
import type { Dot, MapRow, MapRowData, State } from "./passives-data.ts";

/** From here on a change is called cooling or warming. */
export const step = 0.15;
/** The ends of the axis; what lies beyond is drawn at them. */
export const axisEnd = 0.9;
const ticks = [-0.6, -0.3, 0, 0.3, 0.6];
const headHeight = 58;
const labelWidth = 122;
const besideWidth = 116;
const figuresHeight = 26;
/** A second line of figures, where they are wider than their column; about so wide is one of their letters. */
const secondLine = 17;
const letterWidth = 7.5;

/** A column of the map. */
export interface MapColumn {
  state: State;
  x: number;
  width: number;
}

/** A dot where it is drawn. */
export interface MapDot extends Placed {
  dot: Dot;
  /** May differ by chance alone, though it lies where others are cooling or warming. */
  isHollow: boolean;
}

/** A row of the map with what is drawn in it. */
export interface DrawnRow {
  row: MapRow;
  y: number;
  height: number;
  radius: number;
  dots: MapDot[];
  /** The outline of the density, where there are no dots: points along the axis and their heights. */
  curve: Placed[];
}

/** Where everything of the map is, for a width. */
export interface MapLayout {
  width: number;
  height: number;
  /** Where the axis and the columns of change begin and end. */
  left: number;
  right: number;
  bottom: number;
  columns: MapColumn[];
  rows: DrawnRow[];
  ticks: { x: number; change: number }[];
  labelWidth: number;
  headHeight: number;
}

/**
 * Columns and rows without customers are left out, but for the three of change and the rows of 8 and 7.
 * @param figuresOf what is written into a cell
 */
export function layOutMap(
  rows: readonly MapRowData[],
  width: number,
  figuresOf: (cell: Cell) => string = ({ customers }) => String(customers),
): MapLayout {
  const has = (state: State) =>
    rows.some(({ cells }) => cells.some((cell) => cell.state === state && cell.customers > 0));
  // Where nothing is known of what customers do, there is nothing to place them by.
  const isKnown = has("dormant") || has("cooling") || has("flat") || has("warming");
  const left = labelWidth + (has("dormant") ? besideWidth : 0);
  const right = width - (has("unknown") ? besideWidth : 0);
  const x = scaleLinear().domain([-axisEnd, axisEnd]).range([left, right]).clamp(true);
  const columns: MapColumn[] = isKnown
    ? [
        ...(has("dormant") ? [{ state: "dormant" as const, x: labelWidth, width: besideWidth }] : []),
        { state: "cooling", x: left, width: x(-step) - left },
        { state: "flat", x: x(-step), width: x(step) - x(-step) },
        { state: "warming", x: x(step), width: right - x(step) },
        ...(has("unknown") ? [{ state: "unknown" as const, x: right, width: besideWidth }] : []),
      ]
    : [{ state: "unknown", x: labelWidth, width: width - labelWidth }];
  let y = headHeight;
  const drawn = shownRows(rows).map((data) => {
    const isWide = data.cells.some((cell) => {
      const column = columns.find(({ state }) => state === cell.state);
      return column && 12 + figuresOf(cell).length * letterWidth > column.width;
    });
    const figures = figuresHeight + (isWide ? secondLine : 0);
    const height = heightOf(data) + figures - figuresHeight;
    const row = drawRow(data, { y, height, figures, columns, x });
    y += height;
    return row;
  });
  return {
    width,
    height: y + (isKnown ? 44 : 8),
    left,
    right,
    bottom: y,
    columns,
    rows: drawn,
    ticks: isKnown ? ticks.map((change) => ({ x: x(change), change })) : [],
    labelWidth,
    headHeight,
  };
}

/** The rows that are shown: those of 8 and 7 always, the others where somebody is in them. */
export function shownRows(rows: readonly MapRowData[]): MapRowData[] {
  return rows.filter(({ row, customers }) => row === "8" || row === "7" || customers > 0);
}

/** A crowd needs height; a curve and a handful do not. */
function heightOf({ dots, customers }: MapRowData): number {
  if (dots === null) return 98;
  if (customers <= 30) return 74;
  return customers <= 150 ? 104 : 130;
}

type Cell = MapRowData["cells"][number];
type Scale = ReturnType<typeof scaleLinear<number, number>>;

function drawRow(
  { row, dots, bins }: MapRowData,
  {
    y,
    height,
    figures,
    columns,
    x,
  }: { y: number; height: number; figures: number; columns: readonly MapColumn[]; x: Scale },
): DrawnRow {
  const room = height - figures - 8;
  const middle = y + figures + room / 2;
  const onAxis = (dots ?? []).filter(({ state, change }) => change !== null && isOfChange(state));
  const swarm = beeswarm(
    besideEachOther(
      onAxis.map(({ change }) => x(change ?? 0)),
      x.range(),
      room,
    ),
    room,
  );
  const beside = columns
    .filter(({ state }) => !isOfChange(state))
    .flatMap((column) => packColumn(dots ?? [], column, room, middle));
  return {
    row,
    y,
    height,
    radius: swarm.radius,
    dots: [
      ...onAxis.map((dot, i) => ({
        dot,
        x: swarm.points[i]!.x,
        y: middle + swarm.points[i]!.y,
        isHollow: dot.state === "flat" && Math.abs(dot.change ?? 0) > step,
      })),
      ...beside,
    ],
    curve: bins ? curveOf(bins, { x, base: y + height, height: room }) : [],
  };
}

const isOfChange = (state: State) => state === "cooling" || state === "flat" || state === "warming";

function packColumn(dots: readonly Dot[], column: MapColumn, room: number, middle: number): MapDot[] {
  const ofColumn = dots.filter(({ state }) => state === column.state);
  const placed = packed(ofColumn.length, column.width - 28, room);
  return (placed?.points ?? []).map((point, i) => ({
    dot: ofColumn[i]!,
    x: column.x + 14 + point.x,
    y: middle + point.y,
    isHollow: false,
  }));
}

/** Dots at the ends of the axis, in columns from the end inwards, for there all that lies beyond has one place. */
function besideEachOther(
  xs: readonly number[],
  [left = 0, right = 0]: readonly number[],
  room: number,
): number[] {
  const gap = 7;
  const perColumn = Math.max(1, Math.floor(room / gap));
  let atLeft = 0;
  let atRight = 0;
  return xs.map((x) => {
    if (x <= left) return left + gap * (0.5 + Math.floor(atLeft++ / perColumn));
    if (x >= right) return right - gap * (0.5 + Math.floor(atRight++ / perColumn));
    return x;
  });
}

/** How many customers there are around each change, smoothed over neighbours; the highest is as high as the room. */
function curveOf(
  bins: readonly number[],
  { x, base, height }: { x: Scale; base: number; height: number },
): Placed[] {
  const weights = [1, 4, 8, 10, 8, 4, 1];
  const half = (weights.length - 1) / 2;
  const smooth = bins.map((_, i) =>
    weights.reduce((sum, weight, k) => sum + weight * (bins[i + k - half] ?? 0), 0),
  );
  const most = Math.max(1, ...smooth);
  const changeOf = (i: number) => (2 * (i + 0.5)) / bins.length - 1;
  return smooth
    .map((value, i) => ({ change: changeOf(i), x: x(changeOf(i)), y: base - (value / most) * height }))
    .filter(({ change }) => Math.abs(change) <= axisEnd);
}
