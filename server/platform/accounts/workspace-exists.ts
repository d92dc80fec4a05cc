import type { Database } from "../database/open.ts";

/** Whether a workspace is there: work that was queued for one may outlive it. */
export async function workspaceExists(db: Database, workspaceId: string): Promise<boolean> {
  const row = await db.selectFrom("workspaces").select("id").where("id", "=", workspaceId).executeTakeFirst();
  return row !== undefined;
}
