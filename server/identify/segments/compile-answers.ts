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

/** Two answers in a row, the second not of the same category: `x` after `y`, and none between them. */
function compileMove(scope: Scope, { survey, days, which, from, to }: ConditionOf<"moved">): Leaf {
  const same = survey === undefined ? sql`true` : sql`y.survey_id = ${survey}::uuid`;
  const before = sql`exists (select from responses y where y.customer_id = x.customer_id
    and y.workspace_id = x.workspace_id and ${same} and (y.at, y.id) < (x.at, x.id)
    and ${from ? isIn(sql`y.score`, from) : sql`true`} and ${categoryOf("y")} <> ${categoryOf("x")}
    and not exists (select from responses z where z.customer_id = x.customer_id and z.workspace_id = x.workspace_id
      and ${survey === undefined ? sql`true` : sql`z.survey_id = ${survey}::uuid`}
      and (z.at, z.id) < (x.at, x.id) and (z.at, z.id) > (y.at, y.id)))`;
  const later = sql`${ofSurvey(survey)} and ${withinDays(sql`x.at`, days, scope.now)}
    and ${to ? isIn(sql`x.score`, to) : sql`true`} and ${which === "last" ? isLast(survey) : sql`true`}`;
  return hasRow(scope, responses, sql`${later} and ${before}`);
}

const categoryOf = (alias: "x" | "y") => sql`width_bucket(${sql.ref(`${alias}.score`)}, array[7, 9]::int[])`;
