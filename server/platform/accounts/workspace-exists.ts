import type { Database } from "../database/open.ts";

/** Whether a workspace is there: work that was queued for one may outlive it. */
export async function workspaceExists(db: Database, workspaceId: string): Promise<boolean> {
  return (await existingWorkspaces(db, [workspaceId])).has(workspaceId);
}

/** Which of these workspaces are there. */
export async function existingWorkspaces(
  db: Database,
  workspaceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (workspaceIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("workspaces")
    .select("id")
    .where("id", "in", [...new Set(workspaceIds)])
    .execute();
  return new Set(rows.map(({ id }) => id));
}
