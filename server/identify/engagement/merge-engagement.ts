import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { addEngagement, addFeatureUse } from "./engagement-sql.ts";

/** What an event adds to, without the customer. */
const counted = {
  engagement:
    "workspace_id, first_at, last_at, short, long, first_week, week_events, week_days, evaluated_on, state, state_since, usual, usual_low, usual_high, recent, change, week_states, breadth, updated_at",
  feature_use: "workspace_id, name, n, first_at, last_at, long",
};

/**
 * Adds what one customer did to what another did, as if all of it had been done by the second, and leaves nothing of the
 * first. In the transaction that merges them, which holds the workspace alone, so that no event is being counted. The next
 * evaluation finds their state.
 */
export async function mergeEngagement(
  db: Database,
  { from, into }: { from: string; into: string },
): Promise<void> {
  for (const [table, added] of [
    ["engagement", addEngagement],
    ["feature_use", addFeatureUse],
  ] as const) {
    const columns = sql.raw(counted[table]);
    await sql`
      insert into ${sql.table(table)} as e (customer_id, ${columns})
      select ${into}::uuid, ${columns} from ${sql.table(table)} where customer_id = ${from}::uuid ${added}`.execute(
      db,
    );
  }
  await db.deleteFrom("featureUse").where("customerId", "=", from).execute();
  await db.deleteFrom("engagement").where("customerId", "=", from).execute();
}
