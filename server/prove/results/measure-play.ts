import type { PlayPlan } from "../../act/plays/play-plan.ts";
import type { Database } from "../../platform/database/open.ts";
import { clusteredDifference } from "../../statistics/clustered-difference.ts";
import { differenceSequence } from "../../statistics/confidence-sequence.ts";
import { costPerExtra, extraSuccesses } from "../../statistics/extra-successes.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import {
  compareAnswering,
  compareGroups,
  compareOutcomes,
  curveOf,
  differenceOf,
} from "./compare-outcomes.ts";
import { type ArmCounts, countArms } from "./count-arms.ts";
import { countCost } from "./count-cost.ts";
import { countDays } from "./count-days.ts";
import { countGroups } from "./count-groups.ts";
import { countRevenue, type Revenue } from "./count-revenue.ts";
import { type ByArm, type Experiment, readExperiment } from "./experiment.ts";
import { checkArms, judgePlay } from "./judge-play.ts";
import type { ArmResult, Difference, outcomeNames, PlayResult } from "./play-result.ts";
import { findPlay, headOf, isReady, readDecisions } from "./find-play.ts";
import { readLooks } from "./read-looks.ts";
import { unplannedResult } from "./unplanned-result.ts";

/**
 * What a play did, compared with doing nothing: everybody who was assigned counts in the arm they were assigned to,
 * whatever reached them, once their days are over.
 * @throws Refusal when there is no such play
 */
export async function measurePlay(
  db: Database,
  { workspaceId, playId }: { workspaceId: string; playId: string },
  now: Date,
): Promise<PlayResult> {
  const play = await findPlay(db, workspaceId, playId);
  const decisions = await readDecisions(db, workspaceId, playId);
  const head = headOf(play);
  if (!play.plan) return unplannedResult(head, decisions, now);

  const { plan } = play;
  const experiment = await readExperiment(db, { workspaceId, playId, plan });
  const [arms, days, groups, revenue, otherTerms, looks] = await Promise.all([
    countArms(db, experiment),
    countDays(db, experiment),
    countGroups(db, experiment),
    countRevenue(db, experiment),
    countOthers(db, experiment),
    readLooks(db, workspaceId, [{ id: playId, since: new Date(plan.at) }]).then((of) => of.get(playId) ?? []),
  ]);
  const verdict = judgePlay({ plan, arms, days, looks, isOpen: play.state === "live", now });
  const difference = differenceOf(arms, "reached");
  const cost = await countCost(db, experiment, arms.treated.results);
  const extra = difference && extraSuccesses(difference, arms.treated.results);
  return {
    play: head,
    plan,
    measuredAt: now.toISOString(),
    verdict,
    ready: isReady(head, verdict),
    asRead: asRead(verdict),
    arms: { treated: armOf(arms.treated), holdout: armOf(arms.holdout) },
    otherTerms,
    difference,
    sequence: sequenceOf(arms, plan),
    designEffect: designEffectSeen(arms),
    sampleRatio: ratioOf(plan, arms),
    response: plan.goal.kind === "promoter" ? compareAnswering(arms) : null,
    outcomes: compareOutcomes(arms).filter(
      ({ name }) => name !== "answered" && !isGoal(name, plan.goal.kind),
    ),
    extra,
    revenue: revenue ? revenueOf(revenue, arms.treated.results) : null,
    cost: cost && { ...cost, perExtra: extra ? priceOf(cost.amount, extra) : null },
    curve: curveOf(days),
    groups: compareGroups(groups),
    looks: looks.map(({ at, horizon, decision, reason, interval }) => ({
      at,
      horizon,
      decision,
      reason,
      interval,
    })),
    decisions,
  };
}

function isGoal(name: (typeof outcomeNames)[number], goal: PlayPlan["goal"]["kind"]): boolean {
  return (
    (goal === "promoter" && name === "promoter") ||
    (goal === "retained" && name === "retained") ||
    (goal === "purchase" && name === "bought")
  );
}

async function countOthers(db: Database, { workspaceId, playId, versions }: Experiment): Promise<number> {
  const { n } = await db
    .selectFrom("enrolments")
    .select((of) => of.fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .where("playId", "=", playId)
    .where((of) => (versions.length > 0 ? of("version", "not in", [...versions]) : of.val(true)))
    .executeTakeFirstOrThrow();
  return n;
}

function asRead({ arms }: PlayResult["verdict"]): PlayResult["asRead"] {
  const of = ({ k, n }: { k: number; n: number }) => {
    const interval = wilsonInterval(k, n);
    return interval && { k, n, share: k / n, low: interval.low, high: interval.high };
  };
  const treated = of(arms.treated);
  const holdout = of(arms.holdout);
  return treated && holdout ? { treated, holdout } : null;
}

function armOf({ entered, units, results, counts }: ArmCounts): ArmResult {
  const interval = wilsonInterval(counts.reached, results);
  return {
    entered,
    units,
    results,
    reached: counts.reached,
    share: results > 0 ? counts.reached / results : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    after: {
      promoter: counts.promoter,
      passive: counts.answered - counts.promoter - counts.detractor,
      detractor: counts.detractor,
      silent: results - counts.answered,
    },
  };
}

function sequenceOf({ treated, holdout }: ByArm<ArmCounts>, plan: PlayPlan): Difference | null {
  if (plan.treated <= 0 || plan.holdout <= 0) return null;
  if (treated.clusters || treated.results === 0 || holdout.results === 0) return null;
  const found = differenceSequence(
    { k: treated.counts.reached, n: treated.results },
    { k: holdout.counts.reached, n: holdout.results },
    { first: plan.treated, second: plan.holdout },
  );
  return found ? { difference: found.difference, low: found.low, high: found.high } : null;
}

function designEffectSeen({ treated, holdout }: ByArm<ArmCounts>): number | null {
  if (!treated.clusters || !holdout.clusters) return null;
  const effects = clusteredDifference(treated.clusters.reached, holdout.clusters.reached)?.designEffect;
  return effects ? (effects.first + effects.second) / 2 : null;
}

function ratioOf(plan: PlayPlan, arms: ByArm<ArmCounts>): PlayResult["sampleRatio"] {
  const checked = checkArms(plan, arms);
  return checked
    ? {
        pValue: checked.pValue,
        alarm: checked.alarm,
        treated: arms.treated.units,
        holdout: arms.holdout.units,
        expected: plan.holdoutShare,
      }
    : null;
}

function revenueOf(
  { currency, means, difference: { difference, low, high, enough }, otherCurrencies }: Revenue,
  treated: number,
): NonNullable<PlayResult["revenue"]> {
  return {
    currency,
    treated: means.treated,
    holdout: means.holdout,
    difference,
    low,
    high,
    total: { estimate: difference * treated, low: low * treated, high: high * treated },
    enough,
    otherCurrencies,
  };
}

function priceOf(cost: number, extra: NonNullable<PlayResult["extra"]>) {
  const price = costPerExtra(cost, extra);
  return price ? { ...price, high: price.high ?? null } : null;
}
