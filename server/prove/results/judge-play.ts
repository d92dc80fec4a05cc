import type { PlayPlan } from "../../act/plays/play-plan.ts";
import { decideTrial, type TrialDecision } from "../../statistics/decide-trial.ts";
import { stillNeeded } from "../../statistics/plan-trial.ts";
import { checkSampleRatio, type SampleRatio } from "../../statistics/sample-ratio.ts";
import type { ArmCounts } from "./count-arms.ts";
import type { EntryDay } from "./count-days.ts";
import type { ByArm } from "./experiment.ts";
import type { Verdict } from "./play-result.ts";
import { sayVerdict } from "./say-verdict.ts";

const day = 24 * 3600 * 1000;
/** The present rate of entering is that of these days. */
const rateDays = 28;

/** A look that was written down. */
export interface Look extends Omit<Verdict, "sentence" | "missing"> {
  missing: number | null;
}

export interface Judged {
  plan: PlayPlan;
  arms: ByArm<ArmCounts>;
  /** Entering by day, for how long it will take; without it nothing is said of weeks. */
  days: readonly EntryDay[];
  /** Since the plan was made, oldest first. */
  looks: readonly Look[];
  isOpen: boolean;
  now: Date;
}

/**
 * What can be said of a play now. The first look that could tell stays the verdict: whoever was told "keep" yesterday is
 * not told "cannot tell" today. Only an alarm about the arms takes it back.
 */
export function judgePlay(judged: Judged): Omit<Verdict, "sentence"> & { sentence: string } {
  const { plan, arms, looks } = judged;
  const armsDiffer = checkArms(plan, arms)?.alarm ?? false;
  const kept = armsDiffer ? undefined : looks.find(({ decision }) => decision !== "cannot tell");
  const look = kept ?? lookAtPlay(judged);
  const missing =
    look.missing === null || look.decision !== "cannot tell" ? null : untilTold(look.missing, judged);
  return { ...look, missing, sentence: sayVerdict({ ...look, missing }, plan) };
}

/** A fresh look, whatever earlier ones said. */
export function lookAtPlay({ plan, arms, looks, now }: Omit<Judged, "days" | "isOpen">): Look {
  const { treated, holdout } = arms;
  const horizon = horizonOf(plan, arms, looks);
  const trial: TrialDecision = decideTrial({
    treated: { k: treated.counts.reached, n: treated.results },
    holdout: { k: holdout.counts.reached, n: holdout.results },
    clusters:
      treated.clusters && holdout.clusters
        ? { treated: treated.clusters.reached, holdout: holdout.clusters.reached }
        : undefined,
    plan,
    horizon,
    armsDiffer: checkArms(plan, arms)?.alarm ?? false,
  });
  return {
    decision: trial.decision,
    reason: trial.reason,
    horizon,
    at: now.toISOString(),
    arms: {
      treated: { k: treated.counts.reached, n: treated.results },
      holdout: { k: holdout.counts.reached, n: holdout.results },
    },
    interval: trial.interval
      ? {
          difference: trial.interval.difference,
          low: trial.interval.low,
          high: trial.interval.high,
        }
      : null,
    missing: trial.missing ?? null,
  };
}

/** Whether what was assigned is where it was assigned to; undefined where nobody is left alone, or nobody entered. */
export function checkArms(
  { holdoutShare }: PlayPlan,
  { treated, holdout }: ByArm<ArmCounts>,
): SampleRatio | undefined {
  if (!(holdoutShare > 0 && holdoutShare < 1)) return undefined;
  return checkSampleRatio([treated.units, holdout.units], [1 - holdoutShare, holdoutShare]);
}

function horizonOf(
  plan: PlayPlan,
  { treated, holdout }: ByArm<ArmCounts>,
  looks: readonly Look[],
): Verdict["horizon"] {
  if (looks.some(({ horizon }) => horizon === "at")) return "behind";
  const planned = plan.treated + plan.holdout;
  return planned > 0 && treated.results + holdout.results >= planned ? "at" : "ahead";
}

/** How many of the missing have entered already, and how long it takes until the last of them has a result. */
function untilTold(
  missing: number,
  { plan, arms, days, isOpen, now }: Judged,
): NonNullable<Verdict["missing"]> {
  const waiting = arms.treated.entered + arms.holdout.entered - arms.treated.results - arms.holdout.results;
  const entered = Math.min(missing, waiting);
  if (missing <= waiting) {
    const last = lastEntry(days, missing);
    const due =
      last === undefined ? now.getTime() + plan.days * day : Date.parse(last) + (plan.days + 1) * day;
    return { results: missing, entered, weeks: Math.max(1, Math.ceil((due - now.getTime()) / (7 * day))) };
  }
  const { weeks = null } = stillNeeded(
    { needed: missing, entered },
    { perWeek: isOpen ? enteringPerWeek(days, now) : 0, waitWeeks: plan.days / 7 },
  );
  return { results: missing, entered, weeks };
}

/** The day on which the n-th of those entered who have no result yet. */
function lastEntry(days: readonly EntryDay[], n: number): string | undefined {
  let seen = 0;
  return days.find(({ entered, results }) => (seen += entered - results) >= n)?.day;
}

/** How many enter a week at present: those of the last four weeks, or since the first entered. */
export function enteringPerWeek(days: readonly EntryDay[], now: Date): number {
  const from = now.getTime() - rateDays * day;
  const first = days[0] ? Date.parse(days[0].day) : now.getTime();
  const recent = days.filter((each) => Date.parse(each.day) >= from);
  const weeks = Math.max(1, (now.getTime() - Math.max(from, first)) / (7 * day));
  return recent.reduce((sum, { entered }) => sum + entered, 0) / weeks;
}
