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

/** Which of these are customers of the workspace, by the ids of today. @throws Refusal when none is */
async function findCustomers(
  { database }: Pick<Resources, "database">,
  { workspaceId, ids }: Some,
): Promise<{ id: string; email: string | null }[]> {
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
    .execute();
  if (rows.length === 0) throw noneHere();
  return rows;
}

function noneHere(): Refusal {
  return new Refusal("not_found", "None of these customers is here; they may have been erased.", {
    reason: "no_such_customer",
  });
}

/** Puts the addresses of these customers on the list of those that are never asked. @returns how many have one */
export async function unsubscribeCustomers(
  resources: Pick<Resources, "database" | "clock">,
  { workspaceId, ids }: Some,
): Promise<number> {
  const { database, clock } = resources;
  const customers = await findCustomers(resources, { workspaceId, ids });
  const addressed = customers.flatMap(({ id, email }) => (email === null ? [] : [{ customerId: id, email }]));
  for (const each of addressed)
    await suppressAddress(database.db, clock, {
      workspaceId,
      ...each,
      reason: "unsubscribed",
      source: "api",
    });
  return addressed.length;
}

/** Closes all complaints of these customers. @returns how many were open */
export async function closeComplaints(
  resources: Pick<Resources, "database" | "clock">,
  { workspaceId, ids }: Some,
): Promise<number> {
  const { database, clock } = resources;
  const customers = await findCustomers(resources, { workspaceId, ids });
  const { rows } = await sql<{ customerId: string; id: string }>`
    select customer_id as "customerId", id from complaints
    where workspace_id = ${workspaceId}::uuid and closed_at is null
      and customer_id = any (${customers.map(({ id }) => id)}::uuid[])`.execute(database.db);
  for (const complaint of rows) await closeComplaint(database.db, clock, workspaceId, complaint);
  return rows.length;
}

/** Erases these customers, one after the other; whoever is gone already does not matter. @returns how many were there */
export async function eraseCustomers(
  resources: Pick<Resources, "database" | "clock" | "log">,
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
  if (erased === 0) throw noneHere();
  return erased;
}
