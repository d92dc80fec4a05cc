import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { useWidth } from "../../ui/width.ts";
import { type DrawnNode, layOutAlluvial, nodeWidth, type Ribbon } from "./alluvial-layout.ts";
import type { Move } from "./move-name.ts";
import type { MoveCategory, MoveRow } from "./moves-data.ts";
import "../../ui/charts/chart.css";

const phoneWidth = 420;

/** Where customers went from one period to the next; the passives' ways are in colour, the others quiet. */
export function Alluvial({
  rows,
  names,
  label,
  chosen,
  onPick,
}: {
  rows: readonly MoveRow[];
  /** What the periods are called. */
  names: readonly [before: string, after: string];
  /** The finding, for those who cannot see it. */
  label: string;
  chosen?: Move | undefined;
  /** A ribbon was pressed; the same can be done by keyboard in the list below and in the table. */
  onPick?: ((move: Move) => void) | undefined;
}) {
  const { ref, width } = useWidth();
  const isNarrow = width > 0 && width < phoneWidth;
  const height = isNarrow ? 300 : Math.min(380, Math.max(300, width * 0.42));
  const layout = layOutAlluvial(rows, { width, height, margin: isNarrow ? 78 : 96 });
  const gradient = useId();
  return (
    <div className="chart-w" ref={ref} style={{ minHeight: height }}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          <Warming id={gradient} width={width} />
          <text x={isNarrow ? 86 : 104} y={12} textAnchor="end">
            {names[0]}
          </text>
          <text x={width - (isNarrow ? 86 : 104)} y={12}>
            {names[1]}
          </text>
          {inOrder(layout.ribbons).map((ribbon) => (
            <RibbonPath
              key={`${ribbon.before} ${ribbon.after}`}
              {...{ ribbon, gradient, onPick }}
              isChosen={isSame(chosen, ribbon)}
            />
          ))}
          {layout.nodes.map((node) => (
            <NodeMark key={`${node.side} ${node.category}`} node={node} />
          ))}
        </svg>
      )}
    </div>
  );
}

/** Quiet ones first, so that the passives who moved up lie above all. */
function inOrder(ribbons: readonly Ribbon[]): Ribbon[] {
  const weight = ({ before, after }: Ribbon) => (before !== "passive" ? 0 : after === "promoter" ? 2 : 1);
  return ribbons.toSorted((a, b) => weight(a) - weight(b));
}

const isSame = (move: Move | undefined, { before, after }: Ribbon) =>
  move?.before === before && (move.after === after || move.after === undefined);

/** From lukewarm to promoter; by the drawing's own measure, for a flat ribbon has no box to measure by. */
function Warming({ id, width }: { id: string; width: number }) {
  return (
    <defs>
      <linearGradient id={id} gradientUnits="userSpaceOnUse" x1={0} x2={width}>
        <stop offset=".15" stopColor="var(--warm-1)" />
        <stop offset=".4" stopColor="var(--warm-2)" />
        <stop offset=".65" stopColor="var(--warm-3)" />
        <stop offset=".85" stopColor="var(--warm-4)" />
      </linearGradient>
    </defs>
  );
}

function RibbonPath({
  ribbon,
  gradient,
  isChosen,
  onPick,
}: {
  ribbon: Ribbon;
  gradient: string;
  isChosen: boolean;
  onPick?: ((move: Move) => void) | undefined;
}) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { before, after } = ribbon;
  const isUp = before === "passive" && after === "promoter";
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the buttons below the drawing do the same by keyboard
    <path
      d={ribbon.path}
      className={["mv-ribbon", before === "passive" ? `p ${after}` : "", isChosen && "on", onPick && "can"]
        .filter(Boolean)
        .join(" ")}
      {...(isUp && { style: { fill: `url(#${gradient})` } })}
      {...(onPick && { onClick: () => onPick({ before, after }) })}
    >
      <title>
        {t("moves.ribbon", {
          before: t(`moves.categories.${before}`),
          after: t(`moves.categories.${after}`),
          written: count(ribbon.count),
          count: ribbon.count,
        })}
      </title>
    </path>
  );
}

const twoLines = 14;

function NodeMark({ node: { category, side, count, x, y, height } }: { node: DrawnNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isBefore = side === "before";
  const at = isBefore ? x - 10 : x + nodeWidth + 10;
  const anchor = isBefore ? "end" : "start";
  const middle = y + height / 2;
  const look = `t12 ${textOf[category] ?? "t-mut"}${category === "passive" ? " b" : ""}`;
  const name = t(`moves.categories.${category}`);
  return (
    <g>
      <rect className={`mv-node ${category}`} x={x} y={y} width={nodeWidth} height={height} rx={2} />
      {height >= twoLines ? (
        <>
          <text className={look} x={at} y={middle - 3} textAnchor={anchor}>
            {name}
          </text>
          <text x={at} y={middle + 12} textAnchor={anchor}>
            {format.count(count)}
          </text>
        </>
      ) : (
        <text className={look} x={at} y={middle + 4} textAnchor={anchor}>
          {name} <tspan className="mv-count">{format.count(count)}</tspan>
        </text>
      )}
    </g>
  );
}

const textOf: Partial<Record<MoveCategory, string>> = {
  promoter: "t-pro",
  passive: "t-pas",
  detractor: "t-det",
};
