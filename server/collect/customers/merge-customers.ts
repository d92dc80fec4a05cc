import { sql } from "kysely";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CustomerMergesTable } from "../../platform/database/schema-identify.ts";
import type { Database } from "../../platform/database/open.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { calmInvitations } from "./calm-invitations.ts";
import { type CustomerTable, readCustomerTables } from "./customer-tables.ts";
import { followMerges } from "./follow-merges.ts";
import {
  choosePair,
  hasOwnId,
  joinedCustomer,
  mixesClaims,
  type Pair,
  type StoredCustomer,
} from "./joined-customer.ts";
import { moveRows } from "./move-rows.ts";

/** Two customers who are one person. */
export interface MergeOrder {
  workspaceId: string;
  from: string;
  /** Who stays, when a member or a program says so; what events say decides by itself, so that their order does not. */
  into: string;
  reason: CustomerMergesTable["reason"];
  mergedBy?: string | null;
  /** The key by which a program asked. */
  apiKeyId?: string | undefined;
}

export interface MergeOutcome {
  /** Who the person is now. */
  customerId: string;
  /** False where there was nothing to do: they are one already, somebody is gone, or both have an id of the company. */
  merged: boolean;
}

/** What the later stages keep of a customer and cannot simply be moved. */
export interface MergeOptions {
  /** Adds the engagement of one customer to that of another, and leaves none of the first. */
  mergeEngagement?: (db: Database, pair: { from: string; into: string }) => Promise<void>;
}

const byMessage = new Set<MergeOrder["reason"]>(["identify", "alias"]);

/**
 * Makes two customers one: all their rows in all tables, their keys, what is known of them. The one who is gone stays
 * known by `customer_merges`, so that links, Message-IDs and ids that others keep lead to the one who stays. In a
 * transaction of its own, which holds the workspace alone. The same twice changes nothing.
 * @throws Refusal when a member or a program asks for it and it cannot be
 */
export async function mergeCustomers(
  { database, clock }: Pick<Resources, "database" | "clock">,
  order: MergeOrder,
  options: MergeOptions = {},
): Promise<MergeOutcome> {
  // Before anybody waits.
  const customerTables = await readCustomerTables(database.db);
  return inTransaction(database.db, async (db) => {
    await lockWorkspace(db, order.workspaceId, "alone");
    return mergeAlone(db, { ...options, order, customerTables, clock });
  });
}

interface Merge extends MergeOptions {
  order: MergeOrder;
  customerTables: readonly CustomerTable[];
  clock: Clock;
}

async function mergeAlone(
  db: Database,
  { order, customerTables, clock, mergeEngagement }: Merge,
): Promise<MergeOutcome> {
  const { workspaceId, reason, mergedBy = null, apiKeyId } = order;
  const now = clock.now();
  const found = await findPair(db, order);
  if ("customerId" in found) return found;
  const { kept, gone } = found;
  const [from, into] = [gone.id, kept.id];
  // First, for a fold that is under way has these rows in hand: after it, nothing is added to the one who goes.
  await sql`
    update event_folds set customer_ids = array_replace(customer_ids, ${from}::uuid, ${into}::uuid)
    where workspace_id = ${workspaceId}::uuid and ${from}::uuid = any (customer_ids)`.execute(db);
  if (mixesClaims(found)) await dropClaims(db, workspaceId, kept.verified ? from : into);
  await mergeEngagement?.(db, { from, into });
  const moved = await moveRows(db, customerTables, { from, into });
  await db.deleteFrom("customers").where("id", "=", from).execute();
  await db
    .updateTable("customers")
    .set({ ...joinedCustomer(found), updatedAt: now })
    .where("id", "=", into)
    .execute();
  await db.updateTable("customerMerges").set({ intoId: into }).where("intoId", "=", from).execute();
  await db
    .insertInto("customerMerges")
    .values({ workspaceId, customerId: from, intoId: into, at: now, reason, mergedBy })
    .execute();
  // What events say is on the timeline; nobody decided it.
  if (!byMessage.has(reason)) {
    const by = { workspaceId, personId: mergedBy ?? undefined, apiKeyId };
    const details = { gone: from };
    await noteAudit(db, clock, by, { action: "customer.merged", about: "customer", aboutId: into, details });
  }
  if (["invitations", "contacts"].some((table) => moved.has(table))) await calmInvitations(db, into);
  await send(db, "customers-changed", { workspaceId, customers: [into] });
  return { customerId: into, merged: true };
}

/** The two as they are now, or why there is nothing to do. */
async function findPair(db: Database, order: MergeOrder): Promise<Pair | MergeOutcome> {
  const { workspaceId, reason } = order;
  const merges = await followMerges(db, [order.from, order.into]);
  const [from, into] = [merges.get(order.from) ?? order.from, merges.get(order.into) ?? order.into];
  const rows: StoredCustomer[] = await db
    .selectFrom("customers")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where("id", "in", [from, into])
    .execute();
  const [gone, kept] = [rows.find(({ id }) => id === from), rows.find(({ id }) => id === into)];
  if (byMessage.has(reason)) {
    if (!gone || !kept || gone === kept) return { customerId: (kept ?? gone)?.id ?? into, merged: false };
    // By a message that lags behind, two people whom the company tells apart must not become one.
    if (reason === "identify" && hasOwnId(gone) && hasOwnId(kept)) return { customerId: into, merged: false };
    return choosePair(gone, kept);
  }
  if (!gone || !kept) throw nobody(gone ? order.into : order.from);
  if (gone === kept) {
    if (order.from === order.into)
      throw new Refusal("bad_input", "from: is the same customer as the one who stays; name two.", {
        reason: "same_customer",
      });
    return { customerId: into, merged: false };
  }
  await refuseAnonymous(db, [from, into]);
  return { kept, gone };
}

function nobody(id: string): Refusal {
  return new Refusal("not_found", `There is no customer ${id} here; they may have been erased.`, {
    reason: "no_such_customer",
  });
}

async function refuseAnonymous(db: Database, ids: string[]): Promise<void> {
  const row = await db
    .selectFrom("responses as r")
    .innerJoin("surveys as s", "s.id", "r.surveyId")
    .select("r.id")
    .where("r.customerId", "in", ids)
    .where("s.anonymous", "=", true)
    .limit(1)
    .executeTakeFirst();
  if (row)
    throw new Refusal(
      "conflict",
      "One of them answered an anonymous survey; nobody may say who that was, so they cannot be merged.",
      { reason: "anonymous_survey" },
    );
}

/** The names by which only a browser calls somebody: a customer whom the company knows is not found by them. */
async function dropClaims(db: Database, workspaceId: string, id: string): Promise<void> {
  await sql`
    delete from customer_keys where customer_id = ${id}::uuid and workspace_id = ${workspaceId}::uuid
      and key like any (array['claimed:%', 'id:%', 'email:%', 'phone:%'])`.execute(db);
}
