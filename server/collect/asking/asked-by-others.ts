import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { contactIdOf } from "./invitation.ts";

/**
 * Of first messages, by their ids, those that leave much later than planned, and whose customers were written to by somebody
 * else meanwhile: their contact was reserved for a time that has passed, so it held back nobody any more.
 */
export async function findAskedByOthers(
  db: Database,
  messages: readonly { customerId: string; id: string; restDays: number }[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select r.id from unnest(
        ${messages.map(({ customerId }) => customerId)}::uuid[], ${messages.map(({ id }) => id)}::uuid[],
        ${messages.map(({ id }) => contactIdOf(id, 0))}::uuid[], ${messages.map(({ restDays }) => restDays)}::integer[]
      ) as r (customer_id, id, contact_id, rest_days)
      join contacts own on own.customer_id = r.customer_id and own.id = r.contact_id
    where own.at < ${now}::timestamptz - interval '1 hour' and exists (
      select from contacts k where k.customer_id = own.customer_id and k.id <> r.contact_id
        and k.at <= ${now}::timestamptz and k.at > ${now}::timestamptz - r.rest_days * interval '24 hours')`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
