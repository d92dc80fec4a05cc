import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { insertScoreChanges } from "../insert-score-changes.ts";
import { scoreChanges } from "../score-days.ts";
import { type CustomerTable, tablesWithRows } from "./customer-tables.ts";

interface Move {
  from: string;
  into: string;
}

/** What a table does where both customers have a row with the same id; elsewhere the row of the one who stays is kept. */
const conflicts: Record<string, string> = {
  segment_members:
    "on conflict (customer_id, segment_id) do update set since = least(segment_members.since, excluded.since)",
};

/** These are not moved: written by `mergeCustomers` itself, or found out anew by who hears of the merge. */
const notMoved = new Set(["customer_merges", "standings"]);

/**
 * Gives all rows of a customer to another, in every table that has any. By copying and deleting, because on a cluster a
 * row cannot change the customer by whom it is placed. In a transaction that holds the workspace alone.
 * @returns the tables that had rows
 */
export async function moveRows(
  db: Database,
  customerTables: readonly CustomerTable[],
  { from, into }: Move,
): Promise<Set<string>> {
  // Whoever notes what became of a mail holds no lock of the workspace, and writes to what they have claimed first: what they are
  // writing is waited for before anything is copied.
  for (const { name, columns } of customerTables) {
    if (!columns.includes("claim")) continue;
    await sql`select 1 from ${sql.table(name)} where customer_id = ${from}::uuid for update`.execute(db);
  }
  const found = await tablesWithRows(db, customerTables, from);
  for (const { name, columns, keyed } of found) {
    const table = sql.table(name);
    if (!keyed) {
      await sql`update ${table} set customer_id = ${into}::uuid where customer_id = ${from}::uuid`.execute(
        db,
      );
      continue;
    }
    if (!notMoved.has(name)) {
      if (name === "responses") await uncountDoubles(db, { from, into });
      const others = sql.join(
        columns.filter((column) => column !== "customer_id").map((each) => sql.ref(each)),
      );
      await sql`
        insert into ${table} (customer_id, ${others})
        select ${into}::uuid, ${others} from ${table} where customer_id = ${from}::uuid
        ${sql.raw(conflicts[name] ?? "on conflict do nothing")}`.execute(db);
    }
    if (name !== "customer_merges")
      await sql`delete from ${table} where customer_id = ${from}::uuid`.execute(db);
  }
  return new Set(found.map(({ name }) => name));
}

/** An answer that both have, read twice from a file, stays once: the counts lose the other. */
async function uncountDoubles(db: Database, { from, into }: Move): Promise<void> {
  const doubles = await db
    .selectFrom("responses")
    .selectAll()
    .where("customerId", "=", from)
    .where("id", "in", db.selectFrom("responses").select("id").where("customerId", "=", into))
    .execute();
  await insertScoreChanges(db, scoreChanges(doubles, -1));
}
