import type { PlayPlan } from "../../act/plays/play-plan.ts";
import type { Verdict } from "./play-result.ts";

const reachedWords: Record<PlayPlan["goal"]["kind"], string> = {
  promoter: "became promoters",
  retained: "are still customers",
  purchase: "bought",
  feature: "used the feature",
};

/** Weeks beyond which nobody waits. */
export const longestWait = 104;

/** The verdict in one or two sentences, with the figures that it stands on. */
export function sayVerdict(verdict: Omit<Verdict, "sentence">, plan: PlayPlan): string {
  const { reason, arms, interval, missing } = verdict;
  const reached = reachedWords[plan.goal.kind];
  const seen = `${percent(arms.treated.k / arms.treated.n)} of those treated ${reached}, ${percent(arms.holdout.k / arms.holdout.n)} of those left alone.`;
  const lies = interval
    ? ` The true difference lies between ${points(interval.low)} and ${points(interval.high)} points.`
    : "";
  switch (reason) {
    case "works":
      return `Keep it. ${seen}${lies}`;
    case "harms":
      return `Stop it, it does harm. ${seen}${lies}`;
    case "smaller than worth it":
      return `Stop it. Whatever it does is less than the ${points(plan.worth)} points that would be worth it.${lies}`;
    case "arms are not as assigned":
      return "No verdict: the groups are not as large as they were drawn, so something other than chance put customers into them. Find out what before anything is read from this play.";
    case "nobody left alone":
      return "No verdict: nobody is left alone, so nobody knows what would have happened anyway.";
    case "too few results":
      return `Cannot tell yet: there are too few results.${sayMissing(missing)}`;
    case "horizon not reached":
      return `Cannot tell yet.${sayMissing(missing)}${lies}`;
    default:
      return `Cannot tell: it may be nothing, and it may be what you hoped.${sayMissing(missing)}${lies}`;
  }
}

function sayMissing(missing: Verdict["missing"]): string {
  if (!missing) return "";
  const { results, entered, weeks } = missing;
  const more = ` About ${results.toLocaleString("en")} more ${results === 1 ? "customer" : "customers"} with a result`;
  const already =
    entered > 0 && entered < results ? `, of whom ${entered.toLocaleString("en")} have entered,` : "";
  if (weeks === null) return `${more}${already} would tell, but nobody enters at present.`;
  if (weeks > longestWait)
    return `${more}${already} would tell; at the present rate that takes more than two years.`;
  const wait = `about ${weeks.toLocaleString("en")} ${weeks === 1 ? "week" : "weeks"}`;
  return entered >= results
    ? `${more} will tell; they have all entered, and the last result comes in ${wait}.`
    : `${more}${already} will tell, ${wait} at the present rate.`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function points(share: number): string {
  const written = (100 * Math.abs(share)).toFixed(1);
  return share < 0 && written !== "0.0" ? `−${written}` : written;
}
