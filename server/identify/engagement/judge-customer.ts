import type { EngagementState } from "../../platform/database/schema-identify.ts";
import { type ActivityWeek, followActivity } from "../../statistics/activity-states.ts";
import { seriesOf, type StoredSeries, type WorkspaceRhythm } from "./measure-rhythm.ts";
import { addWeeks } from "./week.ts";

/** So many weeks of a customer's states are kept: a year, and the week before it. */
export const statesKept = 53;

/** The columns of `engagement` that follow from the weeks. */
export interface Judgement {
  state: EngagementState;
  stateSince: string | null;
  usual: number | null;
  usualLow: number | null;
  usualHigh: number | null;
  recent: number | null;
  change: number | null;
  weekStates: string;
}

const tooNew: Judgement = {
  state: "unknown",
  stateSince: null,
  usual: null,
  usualLow: null,
  usualHigh: null,
  recent: null,
  change: null,
  weekStates: "",
};

/** Finds a customer's states and usual level from their weeks; tells of each week its state. */
export function judgeCustomer(
  stored: StoredSeries,
  rhythm: WorkspaceRhythm,
  eachWeek?: (state: EngagementState, week: number, events: number) => void,
): Judgement {
  const series = seriesOf(stored, rhythm.from);
  if (series.first >= rhythm.weeks) return tooNew;
  let letters = "";
  let state: EngagementState = "unknown";
  let since = series.first;
  let last: ActivityWeek | undefined;
  followActivity(series, rhythm, rhythm.weeks, (present, details, week) => {
    if (present !== state) since = week;
    state = present;
    if (week >= rhythm.weeks - statesKept) letters += present[0];
    eachWeek?.(present, week, series.counts[week - series.first] ?? 0);
    if (week === rhythm.weeks - 1) last = details();
  });
  const { usual, recent, change } = last!;
  return {
    state,
    stateSince: addWeeks(rhythm.from, since),
    usual: inThreeDigits(usual?.level),
    usualLow: inThreeDigits(usual?.low),
    usualHigh: inThreeDigits(usual?.high),
    recent: inThreeDigits(recent),
    change: change === undefined ? null : Math.round(change * 100) / 100,
    weekStates: letters,
  };
}

function inThreeDigits(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(3));
}
