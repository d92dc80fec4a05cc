import type { ArmResult, PlayHead, PlayResult, Verdict } from "./play-result.ts";

/** Plays without a plan have nothing to say, and say so. */
export function nothingYet(now: Date): Verdict {
  const arms = { treated: { k: 0, n: 0 }, holdout: { k: 0, n: 0 } };
  return {
    decision: "cannot tell",
    reason: "too few results",
    sentence: "Nothing to say yet: the play was never published, so nobody has entered.",
    horizon: "ahead",
    at: now.toISOString(),
    arms,
    interval: null,
    missing: null,
  };
}

/** The result of a play that was never published. */
export function unplannedResult(play: PlayHead, decisions: PlayResult["decisions"], now: Date): PlayResult {
  const arm: ArmResult = {
    entered: 0,
    units: 0,
    results: 0,
    reached: 0,
    share: null,
    low: null,
    high: null,
    after: { promoter: 0, passive: 0, detractor: 0, silent: 0 },
  };
  return {
    play,
    plan: null,
    measuredAt: now.toISOString(),
    verdict: nothingYet(now),
    ready: false,
    asRead: null,
    arms: { treated: arm, holdout: arm },
    otherTerms: 0,
    difference: null,
    sequence: null,
    designEffect: null,
    sampleRatio: null,
    response: null,
    outcomes: [],
    extra: null,
    revenue: null,
    cost: null,
    curve: [],
    groups: [],
    looks: [],
    decisions,
  };
}
