import { area, line } from "d3-shape";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextButton } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { segmentOf } from "../../ui/marks.tsx";
import { Table } from "../../ui/table.tsx";
import { useWidth } from "../../ui/width.ts";
import { activityScale, lowParts, type Margin, placedAnswers, type Week } from "./activity-scale.ts";
import type { Customer, Engagement } from "./customers-data.ts";
import "../../ui/charts/chart.css";

const phoneWidth = 420;

/** Events a week on the band of what is usual for this customer, and the same as a table. */
export function ActivityChart({
  engagement,
  answers,
  claim,
}: {
  engagement: Engagement;
  answers: Customer["answers"];
  claim: string;
}) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { ref, width } = useWidth();
  const [asTable, setAsTable] = useState(false);
  const { weeks } = engagement;
  const height = width > 0 && width < phoneWidth ? 230 : 340;
  const [first, last] = [weeks[0], weeks.at(-1)];
  const label =
    first && last
      ? t("customers.activity.label", { from: date(first.week), until: date(last.week), claim })
      : claim;
  return (
    <div>
      <div className="chart-w" ref={ref} style={asTable ? {} : { minHeight: height }}>
        {asTable ? (
          <AsTable weeks={weeks} />
        ) : (
          width > 0 && weeks.length > 0 && <Drawing {...{ weeks, answers, label, width, height }} />
        )}
      </div>
      <div className="chart-foot">
        <span className="note" />
        <TextButton onPress={() => setAsTable(!asTable)}>
          {t(asTable ? "ui.showAsChart" : "ui.showAsTable")}
        </TextButton>
      </div>
    </div>
  );
}

interface Drawn {
  weeks: readonly Week[];
  answers: Customer["answers"];
  label: string;
  width: number;
  height: number;
}

function Drawing({ weeks, answers, label, width, height }: Drawn) {
  const isPhone = width < phoneWidth;
  const margin = { left: 34, right: isPhone ? 10 : 96, top: 42, bottom: 26 };
  const { x, y, ticks } = activityScale(weeks, width, height, margin);
  const at = (week: Week) => x(new Date(week.week));
  const path = line<Week>(at, ({ events }) => y(events));
  const known = (week: Week) => week.usual !== null;
  const band = area<Week>(
    at,
    ({ usual }) => y(usual?.low ?? 0),
    ({ usual }) => y(usual?.high ?? 0),
  ).defined(known);
  const level = line<Week>(at, ({ usual }) => y(usual?.level ?? 0)).defined(known);
  return (
    <svg className="chart" width={width} height={height} role="img" aria-label={label}>
      <Axes {...{ x, y, ticks, width, height, margin }} />
      <path d={band([...weeks]) ?? ""} fill="var(--ink)" opacity=".07" />
      <path d={level([...weeks]) ?? ""} fill="none" stroke="var(--line-strong)" strokeDasharray="3 3" />
      <path
        d={path([...weeks]) ?? ""}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
      {lowParts(weeks).map((part) => (
        <path
          key={part[0]?.week}
          d={path(part) ?? ""}
          fill="none"
          stroke="var(--pas)"
          strokeWidth="2.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      <Answers {...{ answers, weeks, height, margin }} xOf={x} />
      <Latest weeks={weeks} x={at} y={y} isPhone={isPhone} />
    </svg>
  );
}

type Scale = ReturnType<typeof activityScale>;

function Axes({
  x,
  y,
  ticks,
  width,
  height,
  margin,
}: Scale & { width: number; height: number; margin: Margin }) {
  const { month, count } = useFormat();
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={margin.left}
            x2={width - margin.right}
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? "grid-z" : "grid-l"}
          />
          <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
            {count(tick)}
          </text>
        </g>
      ))}
      {x.ticks(width < phoneWidth ? 4 : 6).map((tick) => (
        <text
          key={+tick}
          x={x(tick)}
          y={height - 4}
          textAnchor={x(tick) < margin.left + 12 ? "start" : "middle"}
        >
          {month(tick)}
        </text>
      ))}
    </>
  );
}

const chip = 20;
const softOf = { detractor: "var(--det-soft)", passive: "var(--pas-soft)", promoter: "var(--pro-soft)" };
const textOf = { detractor: "var(--det-text)", passive: "var(--pas-text)", promoter: "var(--pro-text)" };

/** The scores above the weeks in which they were given; where two would overlap the newer one is shown. */
function Answers({
  answers,
  weeks,
  xOf,
  height,
  margin,
}: {
  answers: Customer["answers"];
  weeks: readonly Week[];
  xOf: (at: Date) => number;
  height: number;
  margin: Margin;
}) {
  let free = Infinity;
  return placedAnswers(answers, weeks, xOf).map(({ answer, x }) => {
    if (x + chip / 2 > free - 2) return null;
    free = x - chip / 2;
    const segment = segmentOf(answer.score);
    return (
      <g key={answer.id}>
        <line
          x1={x}
          x2={x}
          y1={margin.top - 10}
          y2={height - margin.bottom}
          className="grid-l"
          strokeDasharray="2 3"
        />
        <rect x={x - chip / 2} y="8" width={chip} height={chip} rx="5" fill={softOf[segment]} />
        <text x={x} y="22.5" textAnchor="middle" className="t12 b" style={{ fill: textOf[segment] }}>
          {answer.score}
        </text>
      </g>
    );
  });
}

/** The last whole week at the end of the line, and the edges of what is usual for it. */
function Latest({
  weeks,
  x,
  y,
  isPhone,
}: {
  weeks: readonly Week[];
  x: (week: Week) => number;
  y: (events: number) => number;
  isPhone: boolean;
}) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const last = weeks.at(-1);
  if (!last) return null;
  const { usual, events } = last;
  const [at, here] = [x(last), y(events)];
  const edges = usual ? [usual.high, usual.low].map((edge) => ({ edge, place: y(edge) + 4 })) : [];
  // The value stands where the point is; an edge too near to it is left out.
  const shown = edges.filter(({ place }) => Math.abs(place - (here + 4)) > 13);
  const lowest = shown.find(({ edge }) => edge === usual?.low);
  const highest = shown.find(({ edge }) => edge === usual?.high);
  const named = lowest ? lowest.place + 15 : highest && highest.place - 15;
  return (
    <g>
      <circle cx={at} cy={here} r="3.5" fill="var(--ink)" />
      {!isPhone && (
        <>
          <text x={at + 8} y={here + 4} className="t-ink b t12">
            {t("customers.activity.last", { events: count(events) })}
          </text>
          {shown.map(({ edge, place }) => (
            <text key={edge} x={at + 8} y={place}>
              {count(edge)}
            </text>
          ))}
          {named !== undefined && Math.abs(named - (here + 4)) > 13 && (
            <text x={at + 8} y={named}>
              {t("customers.activity.usualRange")}
            </text>
          )}
        </>
      )}
    </g>
  );
}

function AsTable({ weeks }: { weeks: readonly Week[] }) {
  const { t } = useTranslation();
  const { shortDate, count } = useFormat();
  return (
    // Where it scrolls, the keyboard can scroll it too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="chart-table" role="region" aria-label={t("customers.activity.table")} tabIndex={0}>
      <Table
        label={t("customers.activity.table")}
        rows={weeks.toReversed()}
        rowId={({ week }) => week}
        columns={[
          { id: "week", header: t("customers.activity.week"), cell: ({ week }) => shortDate(week) },
          {
            id: "events",
            header: t("customers.activity.events"),
            align: "end",
            cell: ({ events }) => count(events),
          },
          {
            id: "usual",
            header: t("customers.activity.usual"),
            align: "end",
            phoneLabel: true,
            cell: ({ usual }) =>
              usual ? t("customers.activity.range", { low: count(usual.low), high: count(usual.high) }) : "–",
          },
          {
            id: "state",
            header: t("customers.columns.activity"),
            align: "end",
            cell: ({ state }) => t(`passives.states.${state}`),
          },
        ]}
      />
    </div>
  );
}
