import { sql } from "kysely";
import type { Database } from "../platform/database/open.ts";
import { answersOfRow, scoreDaysNow } from "./score-sums.ts";
import type { Survey } from "./survey.ts";

/** The surveys of a workspace, oldest first, each with its number of answers and their first and last day. */
export async function listSurveys(db: Database, workspaceId: string): Promise<Survey[]> {
  const { rows } = await sql<Survey>`
    select s.id, s.name, s.question, s.state, coalesce(d.n, 0)::integer as n, d.first, d.last
    from surveys s left join (
      select survey_id, sum(n) as n, min(day) filter (where n > 0) as first, max(day) filter (where n > 0) as last
      from (
        select survey_id, day, sum(${answersOfRow}) as n
        from ${scoreDaysNow(workspaceId, { attributes: [""] })} as days group by survey_id, day
      ) as by_day group by survey_id
    ) d on d.survey_id = s.id
    where s.workspace_id = ${workspaceId}
    order by s.created_at, s.id`.execute(db);
  return rows;
}
