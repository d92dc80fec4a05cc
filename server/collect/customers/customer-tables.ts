import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { tables } from "../../platform/database/tables.ts";

/** A table in which rows belong to a customer. */
export interface CustomerTable {
  name: string;
  columns: string[];
  /** Keyed by the customer; else the customer is only named in it, and the row lives by a key of its own. */
  keyed: boolean;
}

/** The tables that name a customer, read from the database, so that a new one cannot be forgotten. */
export async function readCustomerTables(db: Database): Promise<CustomerTable[]> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by c.relname having bool_or(a.attname = 'customer_id') order by c.relname`.execute(db);
  return rows.flatMap(({ name, columns }) => {
    const place = tables[name];
    // What lies beside our tables, as the shards of a cluster do, is not ours.
    return place ? [{ name, columns, keyed: typeof place === "object" && place.by === "customer_id" }] : [];
  });
}

/** Of these tables, those that have rows of this customer. */
export async function tablesWithRows(
  db: Database,
  customerTables: readonly CustomerTable[],
  customerId: string,
): Promise<CustomerTable[]> {
  const each = customerTables.map(
    ({ name }) =>
      sql`select ${name}::text as name where exists (select from ${sql.table(name)} where customer_id = ${customerId}::uuid)`,
  );
  const { rows } = await sql<{ name: string }>`${sql.join(each, sql` union all `)}`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  return customerTables.filter(({ name }) => found.has(name));
}
