import type { Database } from "../../platform/database/open.ts";
import { customerKeys, type CustomerIdentity } from "../customer.ts";

export interface KnownCustomer {
  customerId: string;
  /** What names them: one of the two. */
  key: { id: string } | { email: string };
}

/** The customer that has one of these keys, named by that key alone; by the id before the e-mail address. */
export async function findKnownKey(
  db: Database,
  workspaceId: string,
  { id, email }: CustomerIdentity,
): Promise<KnownCustomer | undefined> {
  const keys = customerKeys({ id, email });
  if (keys.length === 0) return undefined;
  const rows = await db
    .selectFrom("customerKeys")
    .select(["key", "customerId"])
    .where("workspaceId", "=", workspaceId)
    .where("key", "in", keys)
    .execute();
  const known = keys.flatMap((key) => rows.filter((row) => row.key === key))[0];
  if (!known) return undefined;
  const { customerId } = known;
  return known.key.startsWith("id:")
    ? { customerId, key: { id: id! } }
    : { customerId, key: { email: email! } };
}
