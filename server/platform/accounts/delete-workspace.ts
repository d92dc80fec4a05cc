import { sql } from "kysely";
import { inTransaction } from "../database/in-transaction.ts";
import type { Database } from "../database/open.ts";
import { childTables, tables } from "../database/tables.ts";
import { lockWorkspace } from "../database/workspace-lock.ts";
import { removePeopleWithoutWorkspace } from "./remove-people-without-workspace.ts";

/**
 * Removes a workspace and every row that belongs to it, its mail that waits to be sent among them, and the accounts of
 * people who belong to no other.
 * What belongs to a workspace is read from the database, so a new table cannot be forgotten.
 */
export async function deleteWorkspace(db: Database, workspaceId: string): Promise<void> {
  await inTransaction(db, async (db) => {
    // Writers that wait now find the workspace gone; what those before us wrote is seen below.
    await lockWorkspace(db, workspaceId, "alone");
    const members = await db
      .deleteFrom("members")
      .where("workspaceId", "=", workspaceId)
      .returning("personId")
      .execute();
    for (const [child, { column, parent }] of Object.entries(childTables)) {
      await sql`
        delete from ${sql.table(child)} where ${sql.ref(column)} in
          (select id from ${sql.table(parent)} where workspace_id = ${workspaceId})`.execute(db);
    }
    for (const table of await tablesOfWorkspaces(db)) {
      await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(db);
    }
    // What a worker has in hand it looks at again before it sends.
    await sql`delete from pgboss.job where data ->> 'workspaceId' = ${workspaceId} and state <> 'active'`.execute(
      db,
    );
    await db.deleteFrom("workspaces").where("id", "=", workspaceId).execute();
    await removePeopleWithoutWorkspace(
      db,
      members.map(({ personId }) => personId),
    );
  });
}

/** The tables whose rows name their workspace. */
export async function tablesOfWorkspaces(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name::text as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by table_name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => name in tables);
}
