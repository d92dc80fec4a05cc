import { sql } from "kysely";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import type { Database } from "../../platform/database/open.ts";

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const lockFamily = 7_468;

/** Changes what segments a workspace has, one at a time, so that no two changes make a circle, or a name twice. */
export async function changingSegments<Result>(
  db: Database,
  workspaceId: string,
  change: (db: Database) => Promise<Result>,
): Promise<Result> {
  return withinWorkspace(db, workspaceId, async (db) => {
    await sql`select pg_advisory_xact_lock(${lockFamily}, hashtext(${workspaceId}))`.execute(db);
    return change(db);
  });
}
