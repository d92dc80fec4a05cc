import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Audience } from "../surveys/survey-settings.ts";
import { audienceCondition, isKnown } from "./audience-condition.ts";

/** How many customers fit an audience. @throws Refusal when a rule cannot be understood */
export async function countAudience(db: Database, workspaceId: string, audience: Audience): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from customers c
    where c.workspace_id = ${workspaceId}::uuid and ${isKnown}
      and ${audienceCondition(workspaceId, audience)}`.execute(db);
  return rows[0]!.n;
}
