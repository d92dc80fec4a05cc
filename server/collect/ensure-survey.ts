import type { Clock } from "../platform/clock.ts";
import { inTransaction } from "../platform/database/in-transaction.ts";
import type { Database } from "../platform/database/open.ts";
import { lockWorkspace } from "../platform/database/workspace-lock.ts";
import { newId } from "../platform/ids.ts";
import { insertSurvey } from "./surveys/insert-survey.ts";

/** The survey for answers that name none: the workspace's oldest live one, made on first use. */
export async function ensureSurvey(db: Database, clock: Clock, workspaceId: string): Promise<string> {
  const oldest = await oldestLiveSurvey(db, workspaceId);
  if (oldest) return oldest;
  return inTransaction(db, async (db) => {
    // Looked for again with the workspace alone: of several first answers one makes the survey. The workspace may also
    // be on its way out, and nothing of it must be left behind.
    await lockWorkspace(db, workspaceId, "alone");
    const made = await oldestLiveSurvey(db, workspaceId);
    if (made) return made;
    const id = newId(clock);
    const workspace = await db
      .selectFrom("workspaces")
      .select("id")
      .where("id", "=", workspaceId)
      .executeTakeFirst();
    if (workspace) await insertSurvey(db, clock, { workspaceId, id, name: "Net Promoter Score" });
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
