import { scaleLinear } from "d3-scale";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "../button.tsx";
import { useFormat } from "../format.ts";
import { Badge } from "../marks.tsx";
import { fewTicks } from "./few-ticks.ts";
import "./forest.css";

/** One value of an attribute with its estimate; without an interval it is too small to show. */
export interface ForestRow {
  id: string;
  label: string;
  n: number;
  value: number | null;
  low: number | null;
  high: number | null;
  /** Where the row leads. */
  href?: string;
  /** The interval includes "no difference". */
  hollow?: boolean;
}

/** Rows that belong together, e.g. the channels. */
export interface ForestGroup {
  id: string;
  title: string;
  rows: readonly ForestRow[];
}

/** More rows than this are shown on demand. */
const shownAtFirst = 5;

/** Estimates of parts under each other on one axis, with the whole as a dashed line. HTML, so it fits any width. */
export function Forest({
  groups,
  format,
  formatInterval,
  reference,
  stacked = false,
}: {
  groups: readonly ForestGroup[];
  format: (value: number) => string;
  formatInterval: (interval: readonly [number, number]) => string;
  reference?: { value: number; label: string };
  /** Intervals stand below their values, and rows count customers: for long intervals in a narrow card. */
  stacked?: boolean;
}) {
  const ends = groups
    .flatMap(({ rows }) => rows)
    .flatMap(({ value, low, high }) => [value, low, high])
    .filter((end) => end !== null);
  const x = scaleLinear()
    .domain([Math.min(0, ...ends), Math.max(10, ...ends)])
    .nice(4)
    .range([0, 100]);
  return (
    <div className={stacked ? "forest stacked" : "forest"}>
      {groups.map((group, index) => (
        <Group
          key={group.id}
          {...{ group, x, format, formatInterval, stacked }}
          reference={reference}
          isFirst={index === 0}
        />
      ))}
      <div className="forest-axis" aria-hidden="true">
        <span />
        <div className="forest-track">
          {(stacked ? fewTicks(x, 3) : x.ticks(4)).map((tick) => (
            <span key={tick} style={{ left: `${x(tick)}%` }}>
              {format(tick).replace(/[.,]0$/, "")}
            </span>
          ))}
        </div>
        <span />
      </div>
    </div>
  );
}

function Group({
  group: { id, title, rows },
  x,
  format,
  formatInterval,
  reference,
  isFirst,
  stacked,
}: {
  group: ForestGroup;
  x: Scale;
  format: (value: number) => string;
  formatInterval: (interval: readonly [number, number]) => string;
  reference: { value: number; label: string } | undefined;
  isFirst: boolean;
  stacked: boolean;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all || rows.length <= shownAtFirst + 1 ? rows : rows.slice(0, shownAtFirst);
  const heading = `forest-${id}`;
  return (
    <section aria-labelledby={heading}>
      <div className="forest-head">
        <h3 id={heading}>{title}</h3>
        <div className="forest-track" aria-hidden="true">
          {reference && isFirst && <em style={placeOf(x(reference.value))}>{reference.label}</em>}
        </div>
        <span />
      </div>
      <ul>
        {shown.map((row) => (
          <Row key={row.id} {...{ row, x, format, formatInterval, reference, stacked }} />
        ))}
      </ul>
      {shown.length < rows.length && (
        <Link className="link small" onPress={() => setAll(true)}>
          {t("ui.forest.all", { count: rows.length })}
        </Link>
      )}
    </section>
  );
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function Row({
  row,
  x,
  format,
  formatInterval,
  reference,
  stacked,
}: {
  row: ForestRow;
  x: Scale;
  format: (value: number) => string;
  formatInterval: (interval: readonly [number, number]) => string;
  reference: { value: number } | undefined;
  stacked: boolean;
}) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { label, n, value, low, high, href, hollow = false } = row;
  const isKnown = value !== null && low !== null && high !== null;
  return (
    <li className="forest-row">
      <span className="forest-l">
        {href ? (
          <Link className="forest-link" href={href}>
            {label}
          </Link>
        ) : (
          label
        )}
        <small>
          {t(stacked ? "ui.forest.customers" : "ui.forest.answers", { count: n, written: count(n) })}
        </small>
      </span>
      <div className="forest-track" aria-hidden="true">
        {(stacked ? fewTicks(x, 3) : x.ticks(4)).map((tick) => (
          <i key={tick} className={tick === 0 ? "zero" : ""} style={{ left: `${x(tick)}%` }} />
        ))}
        {reference && <i className="ref" style={{ left: `${x(reference.value)}%` }} />}
        {isKnown && (
          <>
            <b style={{ left: `${x(low)}%`, right: `${100 - x(high)}%` }} />
            <s className={hollow ? "hollow" : ""} style={{ left: `${x(value)}%` }} />
          </>
        )}
      </div>
      {isKnown ? (
        <span className="forest-v">
          <strong>{format(value)}</strong> <span className="faint">{formatInterval([low, high])}</span>
        </span>
      ) : (
        <span className="forest-v">
          <span className="faint">–</span> <Badge>{t("ui.forest.small")}</Badge>
        </span>
      )}
    </li>
  );
}

/** Near an end, a centred label would leave the card: it then starts or ends at its place. */
function placeOf(percent: number) {
  if (percent < 18) return { left: `${percent}%` };
  if (percent > 82) return { right: `${100 - percent}%` };
  return { left: `${percent}%`, translate: "-50% 0" };
}
