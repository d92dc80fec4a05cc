import { CompiledQuery } from "kysely";
import type pg from "pg";
import type { Database } from "./open.ts";

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const family = 7_464;

/**
 * The lock between those who write into a workspace and those who delete customers or the workspace itself.
 * Writers take it shared, as the first statement of their transaction and before they look a key up, so that a
 * customer they found is still there when they commit. It ends with the transaction. An advisory lock, because on a
 * Citus cluster rows of many shards cannot be locked together.
 */
export const shareWorkspaces = {
  name: "share-workspaces",
  text: `select pg_advisory_xact_lock_shared(${family}, hashtext(id)) from unnest($1::text[]) as id order by hashtext(id)`,
};

// Who remembers which customers keys belong to must hear that they may belong to others now.
const keysChange = "update workspaces set keys_changed = keys_changed + 1 where id = $1::uuid";

const holdAlone = `select pg_advisory_xact_lock(${family}, hashtext($1))`;

/** Waits until no writer is in the workspace, and keeps new ones waiting until the transaction ends. Keep it short. */
export async function holdWorkspaceAlone(
  client: Pick<pg.ClientBase, "query">,
  workspaceId: string,
): Promise<void> {
  await client.query(holdAlone, [workspaceId]);
  await client.query(keysChange, [workspaceId]);
}

/** Takes one of the two locks in a transaction of Kysely. */
export async function lockWorkspace(
  db: Database,
  workspaceId: string,
  how: "shared" | "alone",
): Promise<void> {
  if (how === "shared") {
    await db.executeQuery(CompiledQuery.raw(shareWorkspaces.text, [[workspaceId]]));
    return;
  }
  await db.executeQuery(CompiledQuery.raw(holdAlone, [workspaceId]));
  await db.executeQuery(CompiledQuery.raw(keysChange, [workspaceId]));
}
