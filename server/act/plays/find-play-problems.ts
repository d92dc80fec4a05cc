import type { z } from "@hono/zod-openapi";
import { problemsOfIssue } from "../../platform/http/problem-of-issue.ts";
import { Refusal } from "../../platform/errors.ts";
import { expandFilter } from "../../identify/segments/expand-filter.ts";
import { conditionsOf, type SegmentFilter } from "../../identify/segments/segment-filter.ts";
import { PlayDefinition } from "./play-definition.ts";
import type { PlayProblem, PlaySurroundings } from "./play-problem.ts";
import { designEffectOf, enoughPower, promiseOf } from "./play-promise.ts";
import { guardReviews } from "./review-guard.ts";
import { stepProblems } from "./step-problems.ts";
import { textProblems } from "./text-problems.ts";

/** What keeps a play from being published, and what its author should know before. */
export function findPlayProblems(definition: PlayDefinition, around: PlaySurroundings): PlayProblem[] {
  const meanings = [
    ...inAudience(definition, around),
    ...inGoal(definition, around),
    ...inHoldout(definition),
    ...inSize(definition, around),
    ...stepProblems(definition, around),
    ...textProblems(definition),
    ...guardReviews(definition, around),
  ];
  // A value out of range may be met again by what looks at its meaning, which says more.
  const met = new Set(meanings.map(({ path }) => path));
  const problems = [
    ...outOfRange(PlayDefinition, definition).filter(({ path }) => !met.has(path)),
    ...meanings,
  ];
  const seen = new Set<string>();
  return problems.filter(({ path, reason }) => {
    const name = `${path} ${reason}`;
    return !seen.has(name) && seen.add(name);
  });
}

function outOfRange(schema: z.ZodType, value: unknown): PlayProblem[] {
  return (schema.safeParse(value).error?.issues ?? [])
    .flatMap((issue) => problemsOfIssue(issue))
    .map((problem) => Object.assign(problem, { blocking: true }));
}

function inAudience(
  { audience: { segment, filter } }: PlayDefinition,
  { segments, surveys }: PlaySurroundings,
): PlayProblem[] {
  if (segment === null && filter === null) {
    return [
      {
        path: "audience",
        reason: "no_audience",
        message: "The play is for nobody yet. Choose a segment, or write who is meant.",
        blocking: true,
      },
    ];
  }
  const problems: PlayProblem[] = [];
  const known = segment === null ? undefined : segments.get(segment);
  if (segment !== null && !known) {
    problems.push({
      path: "audience.segment",
      reason: "no_such_segment",
      message: "The segment of the audience is not there any more. Choose another.",
      blocking: true,
    });
  }
  for (const [path, each] of [
    ["audience.filter", filter],
    ["audience.segment", known?.filter],
  ] as const) {
    if (!each) continue;
    try {
      const lost = surveysIn(expandFilter(each, segments)).find((id) => !surveys.has(id));
      if (lost === undefined) continue;
      problems.push({
        path,
        reason: "no_such_survey_in_filter",
        message: "The audience looks at answers to a survey that is not there any more. Choose another.",
        blocking: true,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { reason = "value_not_allowed", values } = error.options;
      const message = error.message.replace(/^filter: /, "The audience cannot be read: ");
      problems.push({ path, message, reason, ...(values && { values }), blocking: true });
    }
  }
  return problems;
}

function surveysIn(filter: SegmentFilter): string[] {
  return conditionsOf(filter).flatMap((condition) => {
    if (condition.kind === "answer_survey") return condition.value;
    return "survey" in condition && condition.survey !== undefined ? [condition.survey] : [];
  });
}

function inGoal(
  { goal, days, steps }: PlayDefinition,
  { surveys, features }: PlaySurroundings,
): PlayProblem[] {
  if (goal.kind === "feature") {
    if (features.has(goal.feature)) return [];
    return [
      {
        path: "goal.feature",
        reason: "unknown_feature",
        message: `Nothing called ${goal.feature} counts as a feature. Choose one of Events, or mark it there.`,
        values: { feature: goal.feature },
        blocking: true,
      },
    ];
  }
  if (goal.kind !== "promoter") return [];
  const problems: PlayProblem[] = [];
  if (goal.survey !== null && !surveys.has(goal.survey)) {
    problems.push({
      path: "goal.survey",
      reason: "no_such_survey",
      message: "The survey of the goal is not there any more. Choose another, or any.",
      blocking: true,
    });
  }
  const asks = steps.flatMap((step, index) => (step.kind === "ask" ? [{ step, index }] : []));
  if (asks.length === 0) {
    problems.push({
      path: "goal",
      reason: "never_asked",
      message:
        "The goal is an answer of 9 or 10, but no step asks. Then only those count whom a survey happens to ask in time; add the step Ask again.",
      blocking: false,
    });
  }
  for (const { step, index } of asks) {
    if (step.day < days) continue;
    problems.push({
      path: `steps.${index}.day`,
      reason: "asked_too_late",
      message: `Customers are asked on day ${step.day}, but the result is read after ${days} days. Ask earlier, or read it later.`,
      values: { day: step.day, days },
      blocking: true,
    });
  }
  return problems;
}

function inHoldout({ holdout: { share, reason } }: PlayDefinition): PlayProblem[] {
  if (share >= 1) {
    return [
      {
        path: "holdout.share",
        reason: "holdout_is_everybody",
        message: "Everybody would be left alone, so nobody would get the play. Leave at most half alone.",
        blocking: true,
      },
    ];
  }
  if (share === 0) {
    if (reason === null) {
      return [
        {
          path: "holdout.reason",
          reason: "holdout_needs_reason",
          message:
            "Nobody is left alone, so nobody will ever know whether it worked. Leave some alone, or say why not; the reason is kept.",
          blocking: true,
        },
      ];
    }
    return [
      {
        path: "holdout.share",
        reason: "no_proof",
        message:
          "Nobody is left alone, so the result can only say what happened, not whether the play did it.",
        blocking: false,
      },
    ];
  }
  if (share <= 0.5) return [];
  return [
    {
      path: "holdout.share",
      reason: "holdout_too_large",
      message: "More than half are left alone. That proves no more than half would, and fewer get the play.",
      blocking: false,
    },
  ];
}

function inSize(
  definition: PlayDefinition,
  { eligible, baseline, perAccount }: PlaySurroundings,
): PlayProblem[] {
  if (eligible === null) return [];
  if (eligible === 0) {
    return [
      {
        path: "audience",
        reason: "audience_empty",
        message: "Nobody would enter now. Customers enter as soon as they fit.",
        blocking: false,
      },
    ];
  }
  const { needed, power } = promiseOf(definition, eligible, {
    baseline,
    designEffect: designEffectOf(definition, perAccount),
  });
  if (needed === null || power >= enoughPower) return [];
  return [
    {
      path: "audience",
      reason: "too_few_for_result",
      message: `${eligible.toLocaleString("en")} customers would enter now. To notice a gain of ${points(definition.worth)} points it takes about ${needed.toLocaleString("en")}, so no result can be promised.`,
      values: { customers: eligible, needed, points: points(definition.worth) },
      blocking: false,
    },
  ];
}

function points(share: number): number {
  return Math.round(1000 * share) / 10;
}
