import { type RawBuilder, sql } from "kysely";
import { type Category, scoresOf } from "../../collect/response.ts";
import {
  among,
  countCompares,
  hasRow,
  type Leaf,
  momentLeaf,
  numberCompares,
  oneRow,
  type Scope,
  withinDays,
} from "./leaf.ts";
import type { ConditionOf } from "./segment-condition.ts";

const responses = sql.table("responses");

/** What customers answered: the latest answer, all answers, and moves between two in a row. */
export function compileAnswers(
  scope: Scope,
  condition: ConditionOf<
    | "answer_score"
    | "answer_category"
    | "answer_at"
    | "answer_comment"
    | "answer_survey"
    | "answered"
    | "moved"
  >,
): Leaf {
  switch (condition.kind) {
    case "answer_score":
      return latest(scope, condition.survey, ({ score }) => numberCompares(score, condition));
    case "answer_category": {
      const isOf = latest(scope, condition.survey, ({ score }) => isIn(score, condition.value));
      return among(isOf, condition.is);
    }
    case "answer_at":
      return momentLeaf(scope, latestAt(condition.survey), condition, (holds) =>
        latest(scope, condition.survey, () => holds),
      );
    case "answer_comment":
      return hasComment(scope, condition);
    case "answer_survey": {
      const isOf = oneRow(scope, "standings", sql<boolean>`x.survey_id = any (${condition.value}::uuid[])`);
      return among(isOf, condition.is);
    }
    case "answered": {
      const { survey, days, category } = condition;
      const counted = sql`${ofSurvey(survey)} and ${withinDays(sql`x.at`, days, scope.now)}
        and ${category ? isIn(sql`x.score`, category) : sql`true`}`;
      return countCompares(scope, responses, counted, condition);
    }
    default:
      return compileMove(scope, condition);
  }
}

/**
 * The latest answer has this. Over all surveys the standing knows it; of one survey it is the answer that has none after
 * it.
 */
function latest(
  scope: Scope,
  survey: string | undefined,
  where: (answer: { score: RawBuilder<unknown> }) => RawBuilder<boolean>,
): Leaf {
  const holds = where({ score: sql`x.score` });
  if (survey === undefined) return oneRow(scope, "standings", holds);
  return hasRow(scope, responses, sql`${ofSurvey(survey)} and ${holds} and ${isLast(survey)}`);
}

const latestAt = (survey: string | undefined) => (survey === undefined ? sql`x.answered_at` : sql`x.at`);

function isLast(survey: string | undefined): RawBuilder<unknown> {
  return sql`not exists (select from responses y where y.customer_id = x.customer_id
    and y.workspace_id = x.workspace_id and ${survey === undefined ? sql`true` : sql`y.survey_id = ${survey}::uuid`}
    and (y.at, y.id) > (x.at, x.id))`;
}

function hasComment(scope: Scope, { survey, is }: ConditionOf<"answer_comment">): Leaf {
  const has = hasRow(
    scope,
    responses,
    sql`${ofSurvey(survey)} and (x.comment is not null and x.comment <> '') = ${is}::boolean and ${isLast(survey)}`,
  );
  return has;
}

const ofSurvey = (survey: string | undefined) =>
  survey === undefined ? sql`true` : sql`x.survey_id = ${survey}::uuid`;

const isIn = (score: RawBuilder<unknown>, chosen: readonly Category[]) =>
  sql<boolean>`${score} = any (${chosen.flatMap(scoresOf)}::int[])`;

/** Two answers in a row, the second not of the same category. The last two of all are in the standing. */
function compileMove(scope: Scope, { survey, days, which, from, to }: ConditionOf<"moved">): Leaf {
  const isMove = (answer: {
    score: RawBuilder<unknown>;
    before: RawBuilder<unknown>;
    at: RawBuilder<unknown>;
  }) =>
    sql<boolean>`${from ? isIn(answer.before, from) : sql`true`} and ${to ? isIn(answer.score, to) : sql`true`}
      and ${categoryOf(answer.before)} <> ${categoryOf(answer.score)} and ${withinDays(answer.at, days, scope.now)}`;
  if (which === "last" && survey === undefined) {
    const last = { score: sql`x.score`, before: sql`x.previous_score`, at: sql`x.answered_at` };
    return oneRow(scope, "standings", isMove(last));
  }
  const few = scope.among ? sql`and r.customer_id = any (${scope.among}::uuid[])` : sql``;
  // Each answer with the one before it; in one pass over all, because to look for what lies between costs more.
  const pairs = sql`(
    select r.customer_id, r.workspace_id, r.score, r.at, lag(r.score) over w as before, lead(r.id) over w as next
    from responses r where r.workspace_id = ${scope.workspaceId}::uuid ${few}
      and ${survey === undefined ? sql`true` : sql`r.survey_id = ${survey}::uuid`}
    window w as (partition by r.customer_id order by r.at, r.id))`;
  const isLastPair = which === "last" ? sql`x.next is null` : sql`true`;
  return hasRow(
    scope,
    pairs,
    sql`${isMove({ score: sql`x.score`, before: sql`x.before`, at: sql`x.at` })} and ${isLastPair}`,
  );
}

/** 0 for detractors, 1 for passives, 2 for promoters. */
const categoryOf = (score: RawBuilder<unknown>) => sql`width_bucket(${score}, array[7, 9]::int[])`;
