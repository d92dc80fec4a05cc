import { type ClusterSums, clusteredDifference } from "./clustered-difference.ts";
import { type ArmCount, differenceSequence } from "./confidence-sequence.ts";
import { enoughAnswers } from "./forecast.ts";
import { defaultLevel, type Interval } from "./interval.ts";
import { newcombeInterval } from "./share-difference.ts";

export type TrialFigures = {
  /** Units whose result is final, and those of them that succeeded. */
  readonly treated: ArmCount;
  readonly holdout: ArmCount;
  /** The same by clusters, where clusters were assigned. */
  readonly clusters?: { readonly treated: ClusterSums; readonly holdout: ClusterSums } | undefined;
  /** What was fixed before the start. */
  readonly plan: {
    /** Results per arm at the horizon; no holdout is 0. */
    readonly treated: number;
    readonly holdout: number;
    /** The smallest difference of shares that is worth the trouble, above 0. */
    readonly worth: number;
  };
  /**
   * Where the horizon lies. "at": these are the results of the one look that was planned, frozen. "after": more
   * have come in since then, because that look could not tell.
   */
  readonly horizon: "ahead" | "at" | "behind";
  /** Whether the sample-ratio check raised its alarm. */
  readonly armsDiffer?: boolean;
};

export type TrialDecision = {
  readonly decision: "keep" | "stop" | "cannot tell";
  readonly reason:
    | "works"
    | "harms"
    | "smaller than worth it"
    | "arms are not as assigned"
    | "nobody left alone"
    | "too few results"
    | "horizon not reached"
    | "something or nothing";
  /** The interval that decided: one look at the horizon, a sequence at other times. */
  readonly interval: (Interval & { readonly difference: number }) | undefined;
  /** About how many more results, both arms together; only where more of them would help. */
  readonly missing: number | undefined;
};

/**
 * Keep, stop, or cannot tell yet, and what is missing.
 *
 * Question: what shall we do with it now? At the horizon Newcombe's interval (or that of clusters) is looked at once: above 0, keep;
 * below 0, or below what would be worth it, stop; else nobody can tell. Before and after it the same by the confidence
 * sequence, which allows looking at any time. Without any effect "keep" is said before the horizon in at most 2.5 % of trials, at it in
 * at most 2.5 %; by both together in at most 5 %. Nothing is said when the arms are not as assigned, or one has fewer than 30 results.
 *
 * Missing are: before the horizon, what the plan lacks; after it, what makes the interval as narrow as `worth`, so that it cannot
 * contain both that and 0: n·(width/worth)² − n.
 */
export function decideTrial(figures: TrialFigures): TrialDecision {
  const { treated, holdout, clusters, plan, horizon } = figures;
  if (!(plan.worth > 0 && plan.worth <= 1)) {
    throw new RangeError(`A difference that is worth it lies above 0 and up to 1, not ${plan.worth}.`);
  }
  const n = treated.n + holdout.n;
  const planned = plan.treated + plan.holdout;
  const cannot = (
    reason: TrialDecision["reason"],
    interval?: TrialDecision["interval"],
    missing?: number,
  ): TrialDecision => ({ decision: "cannot tell", reason, interval, missing });

  if (figures.armsDiffer) return cannot("arms are not as assigned");
  if (plan.holdout <= 0 || plan.treated <= 0) return cannot("nobody left alone");
  const interval = horizon === "at" ? oneLook(treated, holdout, clusters) : anyLook(figures);
  if (!interval || Math.min(treated.n, holdout.n) < enoughAnswers) {
    return cannot("too few results", undefined, Math.max(untilEnough(figures), Math.ceil(planned - n)));
  }

  if (interval.low > 0) return { decision: "keep", reason: "works", interval, missing: undefined };
  if (interval.high < 0) return { decision: "stop", reason: "harms", interval, missing: undefined };
  if (interval.high < plan.worth) {
    return { decision: "stop", reason: "smaller than worth it", interval, missing: undefined };
  }
  if (horizon === "ahead")
    return cannot("horizon not reached", interval, Math.max(1, Math.ceil(planned - n)));
  const narrower = ((interval.high - interval.low) / plan.worth) ** 2;
  return cannot("something or nothing", interval, Math.max(1, Math.ceil(n * narrower - n)));
}

function oneLook(treated: ArmCount, holdout: ArmCount, clusters: TrialFigures["clusters"]) {
  return clusters
    ? clusteredDifference(clusters.treated, clusters.holdout)
    : newcombeInterval(treated.k, treated.n, holdout.k, holdout.n);
}

/** The sequence; of clusters, for the units that they are worth. */
function anyLook({ treated, holdout, clusters, plan }: TrialFigures) {
  if (!clusters) {
    return differenceSequence(treated, holdout, { first: plan.treated, second: plan.holdout }, defaultLevel);
  }
  const effects = clusteredDifference(clusters.treated, clusters.holdout)?.designEffect;
  if (!effects) return undefined;
  const worth = ({ k, n }: ArmCount, effect: number) => ({ k: k / effect, n: n / effect });
  return differenceSequence(worth(treated, effects.first), worth(holdout, effects.second), {
    first: plan.treated / effects.first,
    second: plan.holdout / effects.second,
  });
}

/** Results until the smaller arm, as the plan divides them, has enough for any verdict. */
function untilEnough({ treated, holdout, plan }: TrialFigures): number {
  const planned = plan.treated + plan.holdout;
  const lacking = (have: number, share: number) => Math.max(0, enoughAnswers - have) / share;
  return Math.ceil(
    Math.max(1, lacking(treated.n, plan.treated / planned), lacking(holdout.n, plan.holdout / planned)),
  );
}
