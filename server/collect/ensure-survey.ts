import { sql } from "kysely";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database/open.ts";
import { lockWorkspace } from "../platform/database/workspace-lock.ts";
import { idOf } from "../platform/ids.ts";
import { standardQuestion } from "./survey.ts";

/** The survey for answers that name none: the workspace's oldest live one, made on first use. */
export async function ensureSurvey(db: Database, clock: Clock, workspaceId: string): Promise<string> {
  const oldest = await oldestLiveSurvey(db, workspaceId);
  if (oldest) return oldest;
  return db.transaction().execute(async (db) => {
    // Looked for again with the workspace alone: of several first answers one makes the survey. The workspace may also
    // be on its way out, and nothing of it must be left behind.
    await lockWorkspace(db, workspaceId, "alone");
    const made = await oldestLiveSurvey(db, workspaceId);
    if (made) return made;
    const id = idOf(workspaceId, "survey", "default", String(await countSurveys(db, workspaceId)));
    await sql`
      insert into surveys (workspace_id, id, name, question, created_at)
      select id, ${id}::uuid, 'Net Promoter Score', ${standardQuestion}::text, ${clock.now()}::timestamptz
      from workspaces where id = ${workspaceId}
    `.execute(db);
    return id;
  });
}

async function oldestLiveSurvey(db: Database, workspaceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "live")
    .orderBy("createdAt")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

// A default survey may have been archived; the next one then gets an id of its own.
async function countSurveys(db: Database, workspaceId: string): Promise<number> {
  const { n } = await db
    .selectFrom("surveys")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return n;
}
