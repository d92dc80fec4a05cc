import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { day } from "./playing.ts";

/** When a customer was or will be contacted last: by anything, and by something that asked. */
export interface LastContacts {
  any: Date | null;
  asked: Date | null;
}

/** The last contacts of customers, those ahead included. */
export async function readLastContacts(
  db: Database,
  customers: readonly string[],
): Promise<(customerId: string) => LastContacts> {
  const { rows } = await sql<LastContacts & { customerId: string }>`
    select customer_id as "customerId", max(at) as any, max(at) filter (where kind <> 'play') as asked
    from contacts where customer_id = any (${[...new Set(customers)]}::uuid[]) group by customer_id`.execute(
    db,
  );
  const found = new Map(rows.map((row) => [row.customerId, row]));
  return (customerId) => found.get(customerId) ?? { any: null, asked: null };
}

/** Until when somebody rests who was contacted then. */
export function restsUntil(at: Date | null, restDays: number): Date {
  return at === null ? new Date(0) : new Date(at.getTime() + restDays * day);
}
