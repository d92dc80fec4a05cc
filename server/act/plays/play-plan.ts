import { z } from "@hono/zod-openapi";
import { sampleSizeForDifference } from "../../statistics/plan-trial.ts";
import { PlayDefinition } from "./play-definition.ts";
import { likelyBaseline } from "./play-promise.ts";

/**
 * What is fixed when a play is first published, before anybody enters: by what its result is judged, and at how many
 * results. Kept in `plays.planned`; customers who enter by a version with other terms do not count in it.
 */
export const PlayPlan = z
  .object({
    goal: PlayDefinition.shape.goal,
    days: PlayDefinition.shape.days,
    worth: PlayDefinition.shape.worth,
    assign: PlayDefinition.shape.assign,
    holdoutShare: z.number().min(0).max(1),
    treated: z.int().min(0).describe("Results of treated customers at which the play is judged."),
    holdout: z.int().min(0).describe("The same of those left alone; 0 where nobody is."),
    baseline: z.number().describe("The share that reaches the goal anyway, as it was assumed."),
    guessed: z.boolean().describe("Nothing was known of the past."),
    designEffect: z
      .number()
      .describe("How many times as many customers, because whole accounts are assigned."),
    at: z.iso.datetime(),
  })
  .openapi("PlayPlan");
export type PlayPlan = z.infer<typeof PlayPlan>;

/** The plan of a definition, as it is published for the first time, or with other terms. */
export function planPlay(
  definition: PlayDefinition,
  { baseline, designEffect, now }: { baseline: number | null; designEffect: number; now: Date },
): PlayPlan {
  const { goal, days, worth, assign, holdout } = definition;
  const assumed = likelyBaseline(baseline, worth);
  const { share } = holdout;
  const needed =
    share > 0 && share < 1
      ? sampleSizeForDifference({
          baseline: assumed.baseline,
          difference: worth,
          holdoutShare: share,
          designEffect,
        })
      : { treated: 0, holdout: 0 };
  return {
    goal,
    days,
    worth,
    assign,
    holdoutShare: share,
    treated: needed.treated,
    holdout: needed.holdout,
    ...assumed,
    designEffect,
    at: now.toISOString(),
  };
}

/** Whether customers who enter by this definition can be judged by that plan. */
export function keepsPlan(plan: PlayPlan, definition: PlayDefinition): boolean {
  return (
    plan.days === definition.days &&
    plan.assign === definition.assign &&
    plan.holdoutShare === definition.holdout.share &&
    goalName(plan.goal) === goalName(definition.goal)
  );
}

function goalName(goal: PlayPlan["goal"]): string {
  switch (goal.kind) {
    case "promoter":
      return `promoter ${goal.survey ?? ""}`;
    case "feature":
      return `feature ${goal.feature}`;
    default:
      return goal.kind;
  }
}
