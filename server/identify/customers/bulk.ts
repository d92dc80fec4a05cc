import { sql } from "kysely";
import { z } from "@hono/zod-openapi";
import { closeComplaint } from "../../collect/asking/close-complaint.ts";
import { suppressAddress } from "../../collect/asking/suppress-address.ts";
import { eraseCustomer, type ErasedBy } from "../../collect/customers/erase-customer.ts";
import { followMerges } from "../../collect/customers/follow-merges.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";

/** The most customers that one request does something to. */
export const mostAtOnce = 1_000;

export const CustomerIds = z
  .array(z.uuid("is not the id of a customer"))
  .min(1, "name at least one customer")
  .max(mostAtOnce, `at most ${mostAtOnce.toLocaleString("en")} customers at a time`);

interface Some {
  workspaceId: string;
  ids: readonly string[];
}

/** Puts the addresses of these customers on the list of those that are never asked. @returns how many have one */
export async function unsubscribeCustomers(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, ids }: Some,
): Promise<number> {
  const merges = await followMerges(database.db, ids);
  const rows = await database.db
    .selectFrom("customers")
    .select(["id", "email"])
    .where("workspaceId", "=", workspaceId)
    .where(
      "id",
      "in",
      ids.map((id) => merges.get(id) ?? id),
    )
    .where("email", "is not", null)
    .execute();
  for (const { id: customerId, email } of rows) {
    const source = { reason: "unsubscribed", source: "api" } as const;
    await suppressAddress(database.db, clock, { workspaceId, customerId, email: email!, ...source });
  }
  return rows.length;
}

/** Closes all complaints of these customers. @returns how many were open */
export async function closeComplaints(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, ids }: Some,
): Promise<number> {
  const merges = await followMerges(database.db, ids);
  const { rows } = await sql<{ customerId: string; id: string }>`
    select customer_id as "customerId", id from complaints
    where workspace_id = ${workspaceId}::uuid and closed_at is null
      and customer_id = any (${ids.map((id) => merges.get(id) ?? id)}::uuid[])`.execute(database.db);
  for (const complaint of rows) await closeComplaint(database.db, clock, workspaceId, complaint);
  return rows.length;
}

/** Erases these customers, one after the other; whoever is gone already does not matter. @returns how many were there */
export async function eraseCustomers(
  resources: Pick<Resources, "database" | "log">,
  { workspaceId, ids }: Some,
  by: ErasedBy,
): Promise<number> {
  let erased = 0;
  for (const id of new Set(ids)) {
    try {
      await eraseCustomer(resources, workspaceId, id, by);
      erased++;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "not_found") throw error;
    }
  }
  return erased;
}
