import { scaleLinear, scaleUtc } from "d3-scale";
import { fewTicks } from "../../ui/charts/few-ticks.ts";
import type { Engagement } from "./customers-data.ts";

/** One week of the chart. */
export type Week = Engagement["weeks"][number];

export interface Margin {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const weekLength = 7 * 24 * 3_600_000;

/** Where weeks and numbers of events go. */
export function activityScale(weeks: readonly Week[], width: number, height: number, margin: Margin) {
  const most = Math.max(4, ...weeks.map(({ events, usual }) => Math.max(events, usual?.high ?? 0)));
  const y = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
  const first = new Date(weeks[0]?.week ?? 0);
  const last = new Date(weeks.at(-1)?.week ?? 1);
  const x = scaleUtc()
    .domain([first, last])
    .range([margin.left, width - margin.right]);
  return { x, y, ticks: fewTicks(y) };
}

/** Parts of the line in which the customer does less than usual; each begins where the line leaves the week before. */
export function lowParts(weeks: readonly Week[]): Week[][] {
  const parts: Week[][] = [];
  for (const [index, week] of weeks.entries()) {
    if (!isLow(week)) continue;
    const before = weeks[index - 1];
    const current = before && isLow(before) ? parts.at(-1) : undefined;
    if (current) current.push(week);
    else parts.push(before ? [before, week] : [week]);
  }
  return parts;
}

const isLow = ({ state }: Week) => state === "cooling" || state === "dormant";

/** An answer and the place of its moment among the weeks; those outside are left out. */
export function placedAnswers<Answer extends { at: string }>(
  answers: readonly Answer[],
  weeks: readonly Week[],
  xOf: (at: Date) => number,
): { answer: Answer; x: number }[] {
  const first = Date.parse(weeks[0]?.week ?? "");
  const last = Date.parse(weeks.at(-1)?.week ?? "") + weekLength;
  return answers.flatMap((answer) => {
    const at = Date.parse(answer.at);
    if (!(at >= first && at < last)) return [];
    // A week is drawn at its Monday, so an answer of that week is too.
    return [{ answer, x: xOf(new Date(Math.min(at, last - weekLength))) }];
  });
}
