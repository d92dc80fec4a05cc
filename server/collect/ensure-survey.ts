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
  const unused = idOf(workspaceId, "survey", "default", String(await countSurveys(db, workspaceId)));
  await db.transaction().execute(async (db) => {
    // The workspace may be on its way out, and nothing of it must be left behind.
    await lockWorkspace(db, workspaceId, "shared");
    await sql`
      insert into surveys (workspace_id, id, name, question, created_at)
      select id, ${unused}::uuid, 'Net Promoter Score', ${standardQuestion}::text, ${clock.now()}::timestamptz
      from workspaces where id = ${workspaceId}
      on conflict do nothing -- Another process was quicker.
    `.execute(db);
  });
  return (await oldestLiveSurvey(db, workspaceId)) ?? unused;
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
