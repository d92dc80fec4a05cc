import type { CommonRhythm, WeeklySeries } from "./common-rhythm.ts";
import { cusumStep } from "./cusum.ts";
import { lookAtSilence, newSilence } from "./silence.ts";
import {
  baselineWeeks,
  deviationOf,
  lookAtWeek,
  moveBaseline,
  newWeeklyBaseline,
  type WeeklyBaseline,
} from "./weekly-baseline.ts";

export type ActivityState = "cooling" | "flat" | "warming" | "dormant" | "unknown";

/** What makes a state, and what ends it. */
export const stateSettings = {
  /** Evidence of this much begins a state; one week adds at most 1.1, so it takes four at least. */
  threshold: 4,
  allowance: 0.4,
  mostPerWeek: 1.5,
  /** The change that begins a state, and the one within which it ends. */
  begins: 0.15,
  ends: 0.075,
  /** Four weeks in which the whole workspace did less than this share of the ordinary are not compared. */
  leastExposure: 0.1,
} as const;

/** The middle 80 % of a normal distribution reaches so many standard deviations to each side. */
const middle80 = 1.2816;

export type UsualRange = { readonly level: number; readonly low: number; readonly high: number };

export type ActivityWeek = {
  readonly state: ActivityState;
  /** What was usual before the last four weeks, events a week, and where the middle 80 % lie; undefined: too new. */
  readonly usual: UsualRange | undefined;
  /** What would have been usual in this very week, with its rhythm. */
  readonly expected: UsualRange | undefined;
  /** Events a week in the last four weeks. */
  readonly recent: number;
  /** By how much the last four weeks differ from usual, the common rhythm taken out: −0.3 is 30 % below. */
  readonly change: number | undefined;
};

/**
 * The state of somebody's activity in each week, by that week and those before it only.
 *
 * Question: do they do less than they used to, more, as much as ever, or nothing any more? Deviations from the usual
 * level add up by a CUSUM each way, an odd week limited to 1.5 standard deviations; cooling begins where the evidence
 * passes 4 and the last four weeks lie more than 15 % below usual, and ends within 7.5 %. Warming alike. Dormant:
 * silent for longer than a pause (`silence.ts`). Unknown: fewer than six weeks to compare with. After dormancy, and
 * after a state has ended, evidence begins anew.
 * @param rhythm from `commonRhythm`, of at least `weeks` weeks
 * @param weeks how many weeks, numbered as the rhythm's
 * @returns one for each week from the series' first to the last
 */
export function activityStates(series: WeeklySeries, rhythm: CommonRhythm, weeks: number): ActivityWeek[] {
  const result: ActivityWeek[] = [];
  followActivity(series, rhythm, weeks, (_, details) => result.push(details()));
  return result;
}

/** The same, a week at a time, with its details only where they are asked for: for many customers at once. */
export function followActivity(
  series: WeeklySeries,
  rhythm: CommonRhythm,
  weeks: number,
  eachWeek: (state: ActivityState, details: () => ActivityWeek, week: number) => void,
): void {
  const { first, counts } = series;
  const baseline = newWeeklyBaseline(counts, { first, weeks: Math.max(0, weeks - first) });
  const silence = newSilence();
  let week = first;
  let judged: Judged = { state: "flat", down: 0, up: 0 };
  let shown: ActivityState = "unknown";
  const details = () => detailsOf(shown, baseline, week, rhythm.level);
  for (; week < weeks; week++) {
    const r = rhythm.level[week]!;
    moveBaseline(baseline, week, rhythm.level);
    lookAtWeek(baseline, week, r);
    lookAtSilence(silence, counts, week - first, r);
    const known = baseline.level !== undefined;
    if (!known || silence.dormant) judged = { state: "flat", down: 0, up: 0 };
    else
      judged = judge(
        judged,
        baseline.z / Math.sqrt(rhythm.spread[week]!),
        changeOf(baseline, week, rhythm.level),
      );
    shown = silence.dormant ? "dormant" : known ? judged.state : "unknown";
    eachWeek(shown, details, week);
  }
}

interface Judged {
  state: "cooling" | "flat" | "warming";
  /** Evidence for less and for more than usual. */
  down: number;
  up: number;
}

function judge(before: Judged, deviation: number, change = 0): Judged {
  const { threshold, mostPerWeek, begins, ends } = stateSettings;
  const z = Math.min(Math.max(deviation, -mostPerWeek), mostPerWeek);
  const down = Math.min(cusumStep(before.down, -z, stateSettings), 2 * threshold);
  const up = Math.min(cusumStep(before.up, z, stateSettings), 2 * threshold);
  const cooling = before.state === "cooling" || (down > threshold && change < -begins);
  const warming = before.state === "warming" || (up > threshold && change > begins);
  if (cooling && down > 0 && change < -ends) return { state: "cooling", down, up };
  if (warming && up > 0 && change > ends) return { state: "warming", down, up };
  // What ended needs new evidence to begin again.
  return {
    state: "flat",
    down: before.state === "cooling" ? 0 : down,
    up: before.state === "warming" ? 0 : up,
  };
}

/** How much the last four weeks differ from usual; undefined where nothing is usual, or everybody paused. */
function changeOf(baseline: WeeklyBaseline, week: number, level: ArrayLike<number>): number | undefined {
  const { first, counts, level: usual, exposure: ordinary, weeks } = baseline;
  if (!usual) return undefined;
  let events = 0;
  let exposure = 0;
  for (let each = week - baselineWeeks.recent + 1; each <= week; each++) {
    events += counts[each - first] ?? 0;
    exposure += level[each]!;
  }
  if (exposure / baselineWeeks.recent < (stateSettings.leastExposure * ordinary) / weeks) return undefined;
  return events / exposure / usual - 1;
}

function detailsOf(
  state: ActivityState,
  baseline: WeeklyBaseline,
  week: number,
  level: ArrayLike<number>,
): ActivityWeek {
  const { first, counts, level: usual } = baseline;
  const from = Math.max(first, week - baselineWeeks.recent + 1);
  let events = 0;
  for (let each = from; each <= week; each++) events += counts[each - first] ?? 0;
  const recent = events / (week - from + 1);
  if (usual === undefined) return { state, usual, expected: undefined, recent, change: undefined };
  return {
    state,
    usual: rangeOf(baseline, baseline.exposure / baseline.weeks),
    expected: rangeOf(baseline, level[week]!),
    recent,
    change: changeOf(baseline, week, level),
  };
}

/** The usual level and range of a week with this rhythm. */
function rangeOf(baseline: WeeklyBaseline, r: number): UsualRange {
  const level = baseline.level! * r;
  const reach = middle80 * deviationOf(baseline, r);
  return { level, low: Math.max(0, level - reach), high: level + reach };
}
