import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { keyOf } from "./suppress-address.ts";

/**
 * Leaves out customers whose address is never to be asked, and notes it on them. Suppressions outlive customers, so
 * somebody new may have an address that unsubscribed long ago.
 */
export async function skipSuppressed<Customer extends { customerId: string; email: string }>(
  db: Database,
  workspaceId: string,
  customers: readonly Customer[],
  now: Date,
): Promise<Customer[]> {
  if (customers.length === 0) return [];
  const found = await db
    .selectFrom("suppressions")
    .select(["key", "reason"])
    .where("workspaceId", "=", workspaceId)
    .where(sql<boolean>`key = any (${customers.map(({ email }) => keyOf(email))}::text[])`)
    .execute();
  if (found.length === 0) return [...customers];
  const reasons = new Map(found.map(({ key, reason }) => [key, reason]));
  for (const { customerId, email } of customers) {
    const reason = reasons.get(keyOf(email));
    if (!reason) continue;
    await db
      .updateTable("customers")
      .set(reason === "bounced" ? { bouncedAt: now } : { unsubscribedAt: now })
      .where("id", "=", customerId)
      .execute();
  }
  return customers.filter(({ email }) => !reasons.has(keyOf(email)));
}
