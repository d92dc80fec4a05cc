import type { Resources } from "../platform/resources.ts";
import { inTransaction } from "../platform/database/in-transaction.ts";
import { lockWorkspace } from "../platform/database/workspace-lock.ts";
import { ensureCustomer } from "./asking/ensure-customer.ts";
import type { AskedCustomer } from "./asking/new-invitation.ts";
import { customerKeys } from "./customer.ts";

/**
 * Stores customers, all or none: each is found by the first of their keys that is known, else made, and what is said
 * about them is kept. Sent twice, they are there once.
 * @returns their ids, in the order given
 */
export async function storeCustomers(
  { database, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  customers: readonly AskedCustomer[],
): Promise<string[]> {
  // Every transaction takes keys in the same order; where one customer has several, two can still wait in a circle, and
  // one of them is tried again.
  const order = customers
    .map((customer, index) => ({ customer, index, first: customerKeys(customer).toSorted()[0] ?? "" }))
    .toSorted((a, b) => (a.first < b.first ? -1 : Number(a.first > b.first)));
  return inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const ids: string[] = [];
    for (const { customer, index } of order)
      ids[index] = await ensureCustomer(db, clock, workspaceId, customer);
    return ids;
  });
}
