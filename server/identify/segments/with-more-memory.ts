import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";

/**
 * Reads in a transaction whose joins of all customers stay in memory longer before they go to disk. For few at a time: each
 * join may take several times as much.
 */
export async function withMoreMemory<Result>(
  db: Database,
  read: (db: Database) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (db) => {
    await sql`set local work_mem = '32MB'`.execute(db);
    return read(db);
  });
}
