import { sql } from "kysely";
import { listSurveys } from "../collect/list-surveys.ts";
import { scoreDaysNow, sumsOfGroup, totalOf } from "../collect/score-sums.ts";
import type { Database } from "../platform/database/open.ts";
import { chooseSurvey } from "./choose-survey.ts";
import { type DaySums, type Overview, wavesOf } from "./overview.ts";

/** The survey that is meant, and its waves that have answers, newest first. */
export async function readWaves(
  db: Database,
  workspaceId: string,
  surveyId?: string,
): Promise<Pick<Overview, "survey" | "waves">> {
  const survey = chooseSurvey(await listSurveys(db, workspaceId), surveyId);
  if (!survey) return { survey: null, waves: [] };
  const { rows } = await sql<DaySums>`
    select day, ${sumsOfGroup()}
    from ${scoreDaysNow(workspaceId, { surveyId: survey.id, attributes: [""] })} as days
    group by 1 order by 1`.execute(db);
  return {
    survey: { id: survey.id, name: survey.name },
    waves: wavesOf(rows).map(({ id, name, from, to, sums }) => ({ id, name, from, to, n: totalOf(sums) })),
  };
}
