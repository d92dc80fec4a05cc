import { clusteredDifference } from "../../statistics/clustered-difference.ts";
import { compareResponse, trimmedBounds, worstCaseBounds } from "../../statistics/differential-response.ts";
import { effectHeterogeneity } from "../../statistics/effect-heterogeneity.ts";
import { enoughAnswers } from "../../statistics/forecast.ts";
import { newcombeInterval } from "../../statistics/share-difference.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import type { ArmCounts, Countable } from "./count-arms.ts";
import type { EntryDay } from "./count-days.ts";
import type { Dimension, GroupCounts } from "./count-groups.ts";
import type { ByArm } from "./experiment.ts";
import { type Count, type Difference, outcomeNames, type PlayResult } from "./play-result.ts";

/** The points of a curve, however long it runs. */
const mostPoints = 60;
/** Groups of one kind, the largest first. */
const mostGroups = 6;

/** Treated minus holdout by one look; of accounts where accounts were assigned. */
export function differenceOf(
  { treated, holdout }: ByArm<ArmCounts>,
  name: Countable,
  n: (arm: ArmCounts) => number = ({ results }) => results,
): Difference | null {
  const found =
    treated.clusters && holdout.clusters
      ? clusteredDifference(treated.clusters[name], holdout.clusters[name])
      : newcombeInterval(treated.counts[name], n(treated), holdout.counts[name], n(holdout));
  return found ? { difference: found.difference, low: found.low, high: found.high } : null;
}

/** Everything besides the goal that a play may have changed; what nobody knows or nobody did is left out. */
export function compareOutcomes(arms: ByArm<ArmCounts>): PlayResult["outcomes"] {
  return outcomeNames.flatMap((name) => {
    const known = ({ activeKnown, results }: ArmCounts) => (name === "active" ? activeKnown : results);
    const count = (arm: ArmCounts): Count => ({ k: arm.counts[name], n: known(arm) });
    const [treated, holdout] = [count(arms.treated), count(arms.holdout)];
    if (treated.n === 0 || holdout.n === 0) return [];
    if (treated.k + holdout.k === 0 && name !== "unsubscribed") return [];
    // Where nobody ever left, nobody says who leaves.
    if (name === "retained" && treated.k + holdout.k === treated.n + holdout.n) return [];
    const difference = differenceOf(arms, name, known);
    if (!difference) return [];
    const clear =
      (difference.low > 0 || difference.high < 0) && Math.min(treated.n, holdout.n) >= enoughAnswers;
    return [{ name, treated, holdout, ...difference, clear }];
  });
}

/** Whether both arms answer alike, and between what bounds the effect on answers lies if they do not. */
export function compareAnswering({ treated, holdout }: ByArm<ArmCounts>): PlayResult["response"] {
  const answersOf = ({ results, counts }: ArmCounts) => ({
    asked: results,
    answered: counts.answered,
    successes: counts.promoter,
  });
  const [a, b] = [answersOf(treated), answersOf(holdout)];
  const plain = compareResponse(a, b);
  const compared = differenceOf({ treated, holdout }, "answered");
  if (!plain || !compared) return null;
  return {
    treated: { k: a.answered, n: a.asked },
    holdout: { k: b.answered, n: b.asked },
    ...compared,
    differs: compared.low > 0 || compared.high < 0,
    trimmed: trimmedBounds(a, b) ?? null,
    worstCase: worstCaseBounds(a, b) ?? null,
  };
}

/** Shares of all who had entered by each day and have a result, both arms. */
export function curveOf(days: readonly EntryDay[]): PlayResult["curve"] {
  const dates = [...new Set(days.filter(({ results }) => results > 0).map(({ day }) => day))];
  const sums = { treated: { k: 0, n: 0 }, holdout: { k: 0, n: 0 } };
  let next = 0;
  const points = dates.map((day) => {
    for (; next < days.length && days[next]!.day <= day; next++) {
      const sum = sums[days[next]!.arm];
      sum.k += days[next]!.reached;
      sum.n += days[next]!.results;
    }
    return { day, treated: pointOf(sums.treated), holdout: pointOf(sums.holdout) };
  });
  if (points.length <= mostPoints) return points;
  const step = (points.length - 1) / (mostPoints - 1);
  return Array.from({ length: mostPoints }, (_, i) => points[Math.round(i * step)]!);
}

function pointOf({ k, n }: Count) {
  const interval = wilsonInterval(k, n);
  return interval ? { k, n, share: k / n, low: interval.low, high: interval.high } : null;
}

/** Where it works better and worse. With three ways of grouping, each is held to a third of the usual error. */
export function compareGroups(counts: readonly GroupCounts[]): PlayResult["groups"] {
  const ways = [...new Set(counts.map(({ dimension }) => dimension))];
  const compared = ways.map((by) => {
    const groups = counts
      .filter(({ dimension }) => dimension === by)
      .sort((a, b) => sizeOf(b) - sizeOf(a))
      .slice(0, mostGroups)
      .sort((a, b) => inOrder(by, a.value, b.value))
      .map(({ value, arms: { treated, holdout } }) => ({
        value,
        treated: { k: treated.k, n: treated.n },
        holdout: { k: holdout.k, n: holdout.n },
        difference: groupDifference({ treated, holdout }),
      }));
    const known = groups.flatMap(({ difference }) => (difference ? [difference] : []));
    return { by, groups, pValue: effectHeterogeneity(known)?.pValue ?? null };
  });
  const told = compared.filter(({ groups }) => groups.length > 1);
  return told.map(({ by, groups, pValue }) => {
    const differ = pValue !== null && pValue < 0.05 / told.length;
    return { by, groups, pValue, differ };
  });
}

const sizeOf = ({ arms }: GroupCounts) => arms.treated.n + arms.holdout.n;

const states = ["cooling", "dormant", "flat", "warming"];
function inOrder(by: Dimension, a: string, b: string): number {
  if (by === "score") return Number(a) - Number(b);
  return by === "state" ? states.indexOf(a) - states.indexOf(b) : a.localeCompare(b);
}

function groupDifference({ treated, holdout }: GroupCounts["arms"]): Difference | null {
  if (Math.min(treated.n, holdout.n) < enoughAnswers) return null;
  const found =
    treated.clusters && holdout.clusters
      ? clusteredDifference(treated.clusters, holdout.clusters)
      : newcombeInterval(treated.k, treated.n, holdout.k, holdout.n);
  return found ? { difference: found.difference, low: found.low, high: found.high } : null;
}
