import type { Database } from "./open.ts";

/** Runs this in the caller's transaction, or in one of its own where the caller has none. */
export async function inTransaction<Value>(
  db: Database,
  run: (db: Database) => Promise<Value>,
): Promise<Value> {
  return db.isTransaction ? run(db) : db.transaction().execute(run);
}
