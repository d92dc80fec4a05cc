import type { Database } from "../../platform/database/open.ts";
import { customerKeys, type CustomerIdentity } from "../customer.ts";

/** The id of the customer who has one of these keys; their own id before the e-mail address, that before the phone. */
export async function findKnownCustomer(
  db: Database,
  workspaceId: string,
  identity: CustomerIdentity,
): Promise<string | undefined> {
  const keys = customerKeys(identity);
  const rows = await db
    .selectFrom("customerKeys")
    .select(["key", "customerId"])
    .where("workspaceId", "=", workspaceId)
    .where("key", "in", keys)
    .execute();
  return keys.map((key) => rows.find((row) => row.key === key)?.customerId).find(Boolean);
}
