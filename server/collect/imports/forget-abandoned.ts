import { sql } from "kysely";
import type pg from "pg";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Resources } from "../../platform/resources.ts";
import type { ImportError } from "./import.ts";
import { removeUpload } from "./remove-upload.ts";

const hour = 3600_000;
// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const lockFamily = 7_466;

/** What an import says when nobody goes on with it. */
export const interrupted: ImportError = {
  reason: "import_cut_short",
  message: "The import was interrupted. Import the file again: only the rest is added.",
};

/**
 * Shows the others that an import straight from the disk is alive; when its process is killed, the lock goes with it.
 * @returns what ends it
 */
export async function holdImport(pool: pg.Pool, importId: string): Promise<() => void> {
  const client = await pool.connect();
  await client.query(`select pg_advisory_lock(${lockFamily}, hashtext($1))`, [importId]);
  return () => client.release(true);
}

/** Clears away what processes that were killed have left in a workspace. */
export async function forgetAbandoned(resources: Resources, workspaceId: string): Promise<void> {
  const { database, clock } = resources;
  const uploads = await database.db
    .selectFrom("imports")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "uploading")
    .where("updatedAt", "<", new Date(clock.now().getTime() - hour))
    .execute();
  for (const { id } of uploads) await removeUpload(database.db, id);
  // Of an import that is gone, whoever took it away.
  await sql`
    delete from import_chunks c where not exists (select from imports i where i.id = c.import_id)`.execute(
    database.db,
  );
  await stopDeadImports(resources, workspaceId);
}

/** An import without chunks runs straight from the disk, so no job goes on with it when its process is dead. */
async function stopDeadImports({ database, clock }: Resources, workspaceId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from imports i where workspace_id = ${workspaceId} and state = 'running'
      and not exists (select from import_chunks c where c.import_id = i.id)`.execute(database.db);
  for (const { id } of rows) {
    await inTransaction(database.db, async (db) => {
      const { rows } = await sql<{ dead: boolean }>`
        select pg_try_advisory_xact_lock(${sql.lit(lockFamily)}, hashtext(${id})) as dead`.execute(db);
      if (!rows[0]?.dead) return;
      await db
        .updateTable("imports")
        .set({
          state: "failed",
          error: JSON.stringify(interrupted),
          finishedAt: clock.now(),
          updatedAt: clock.now(),
        })
        .where("id", "=", id)
        .where("state", "=", "running")
        .execute();
    });
  }
}
