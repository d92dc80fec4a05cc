import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const lockFamily = 7_467;

/** Until the commit, nobody else decides whether this customer gets a case. */
export async function lockCasesOf(db: Database, customerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockFamily}, hashtext(${customerId}))`.execute(db);
}
