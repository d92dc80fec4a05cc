import { CompiledQuery } from "kysely";
import type { Database } from "../platform/database/open.ts";
import type { ScoreChange } from "./score-days.ts";

/** The statement that appends changes of the counts, for callers that pipeline their SQL. */
export function scoreChangesInsert(changes: readonly ScoreChange[]) {
  return { name: "insert-score-changes", text: insertChanges, values: [JSON.stringify(changes)] };
}

const insertChanges = `
  insert into score_changes (workspace_id, survey_id, attribute, value, day, counts, weights, squared_weights)
  select c."workspaceId", c."surveyId", c.attribute, c.value, c.day, c.counts, c.weights, c."squaredWeights"
  from jsonb_to_recordset($1::jsonb) as c ("workspaceId" uuid, "surveyId" uuid, attribute text, value text, day date,
    counts integer[], weights double precision[], "squaredWeights" double precision[])`;

/** Appends changes of the counts; call it in the transaction that stores or deletes the answers, or the counts lie. */
export async function insertScoreChanges(db: Database, changes: readonly ScoreChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { text, values } = scoreChangesInsert(changes);
  await db.executeQuery(CompiledQuery.raw(text, values));
}
