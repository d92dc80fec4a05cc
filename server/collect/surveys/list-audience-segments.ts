import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/** The surveys whose audience is a segment, as published or in the draft, with that segment. */
export async function listAudienceSegments(
  db: Database,
  workspaceId: string,
): Promise<{ surveyId: string; name: string; segmentId: string }[]> {
  const { rows } = await sql<{ surveyId: string; name: string; segmentId: string }>`
    select distinct s.id as "surveyId", s.name, named.id as "segmentId"
    from surveys s cross join lateral (values
      (s.settings #>> '{audience,segment}'), (s.draft #>> '{settings,audience,segment}')) as named (id)
    where s.workspace_id = ${workspaceId}::uuid and named.id is not null
    order by s.name, s.id`.execute(db);
  return rows;
}
