import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const family = 7_468;

/**
 * Begins a transaction that counts events of a workspace. Whoever wants the workspace alone, to merge or delete customers,
 * waits until it ends; so does whoever counts anew.
 */
export async function joinCounting(db: Database, workspaceId: string): Promise<void> {
  await lockWorkspace(db, workspaceId, "shared");
  await sql`select pg_advisory_xact_lock_shared(${family}, hashtext(${workspaceId}))`.execute(db);
}

/**
 * Runs this in a transaction while nobody else counts events of the workspace. The lock is had before it begins, so that
 * what it sees all through is what was there when the last of the others had ended.
 */
export async function countAlone<Value>(
  db: Database,
  workspaceId: string,
  run: (db: Database) => Promise<Value>,
): Promise<Value> {
  return db.connection().execute(async (db) => {
    await sql`select pg_advisory_lock(${family}, hashtext(${workspaceId}))`.execute(db);
    try {
      return await db.transaction().setIsolationLevel("repeatable read").execute(run);
    } finally {
      await sql`select pg_advisory_unlock(${family}, hashtext(${workspaceId}))`.execute(db);
    }
  });
}
