import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { wilsonInterval } from "./share-interval.ts";

/** What became known on one day after the start: who left, and who was still there when last seen. */
export type DayOfLeaving = { readonly day: number; readonly left: number; readonly lastSeen: number };

export type Retained = Interval & {
  readonly day: number;
  /** Share still there after that day. */
  readonly share: number;
  /** Greenwood's. */
  readonly standardError: number;
  /** Units that were there to leave on that day. */
  readonly atRisk: number;
};

/**
 * Share that is still there, day by day, by Kaplan and Meier's product-limit estimate.
 *
 * Question: how many stay, when some started too lately to know? Assumes that those last seen early would leave as the others do.
 * S = Π(1 − left/at risk) over the days on which somebody left; those last seen on a day were at risk on it. Greenwood's variance
 * S²·Σ left/(at risk·(at risk − left)), its interval on the log(−log) scale; where nobody or everybody has left it is Wilson's for those
 * at risk.
 * @param days in any order; days that occur twice are added up
 * @returns one point for each day on which somebody left, shares from 0 to 1; empty when nobody left
 * @see Kaplan & Meier (1958), JASA 53; Collett (2015), Modelling Survival Data in Medical Research, chapter 2
 */
export function retentionCurve(days: readonly DayOfLeaving[], level = defaultLevel): Retained[] {
  const points: Retained[] = [];
  let [share, hazards] = [1, 0];
  for (const { day, left, atRisk } of leavings(days)) {
    if (left === 0) continue;
    share *= 1 - left / atRisk;
    hazards += left === atRisk ? 0 : left / (atRisk * (atRisk - left));
    points.push(retained(day, share, hazards, atRisk, level));
  }
  return points;
}

/**
 * Share that is still there after `day`, or why it cannot be known.
 *
 * @returns `undefined` when nobody was observed so long (or ever)
 */
export function retainedAt(
  days: readonly DayOfLeaving[],
  day: number,
  level = defaultLevel,
): Retained | undefined {
  const steps = leavings(days);
  const end = steps.at(-1)?.day;
  if (end === undefined || end < day) return undefined;
  const before = retentionCurve(days, level).findLast((point) => point.day <= day);
  if (before) return before;
  const atRisk = steps.find((step) => step.day >= day)!.atRisk;
  return retained(day, 1, 0, atRisk, level);
}

/**
 * Difference of two shares still there after `day`, its interval joined from both as Newcombe does.
 *
 * Question: do more stay because of the treatment?
 * @returns shares, from −1 to 1; `undefined` when an arm was not observed so long
 * @see Zou & Donner (2008), Construction of confidence limits about effect measures: a general approach, Statistics in Medicine 27
 */
export function retentionDifference(
  first: readonly DayOfLeaving[],
  second: readonly DayOfLeaving[],
  day: number,
  level = defaultLevel,
): (Interval & { readonly difference: number }) | undefined {
  const a = retainedAt(first, day, level);
  const b = retainedAt(second, day, level);
  if (!a || !b) return undefined;
  const difference = a.share - b.share;
  return {
    difference,
    low: difference - Math.hypot(a.share - a.low, b.high - b.share),
    high: difference + Math.hypot(a.high - a.share, b.share - b.low),
  };
}

function retained(day: number, share: number, hazards: number, atRisk: number, level: number): Retained {
  const standardError = share * Math.sqrt(hazards);
  const point = { day, share, standardError, atRisk };
  if (share <= 0 || share >= 1) return { ...point, ...wilsonInterval(share * atRisk, atRisk, level)! };
  const log = Math.log(share);
  const reach = (standardErrorsFor(level) * Math.sqrt(hazards)) / Math.abs(log);
  return { ...point, low: share ** Math.exp(reach), high: share ** Math.exp(-reach) };
}

/** The days in order, each with those at risk on it. */
function leavings(days: readonly DayOfLeaving[]) {
  const byDay = new Map<number, { day: number; left: number; lastSeen: number; atRisk: number }>();
  for (const { day, left, lastSeen } of days) {
    if (!(day >= 0 && left >= 0 && lastSeen >= 0 && left + lastSeen < Infinity)) {
      throw new RangeError("Days and numbers of units are 0 or more.");
    }
    const step = byDay.get(day) ?? { day, left: 0, lastSeen: 0, atRisk: 0 };
    step.left += left;
    step.lastSeen += lastSeen;
    byDay.set(day, step);
  }
  const steps = [...byDay.values()].sort((x, y) => x.day - y.day);
  let atRisk = 0;
  for (const step of steps.toReversed()) {
    atRisk += step.left + step.lastSeen;
    step.atRisk = atRisk;
  }
  return steps.filter((step) => step.left + step.lastSeen > 0);
}
