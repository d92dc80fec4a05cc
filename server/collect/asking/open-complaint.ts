import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { idOf, newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { ensureCustomer } from "./ensure-customer.ts";
import { giveUpMessages } from "./give-up-messages.ts";
import type { Complaint, NewComplaint } from "./suppression.ts";

/**
 * Opens a complaint and drops what is queued for its customer by surveys that keep quiet meanwhile. The same `id` twice
 * opens one.
 * @throws Refusal when there is no such customer
 */
export async function openComplaint(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { customer, customerId: given, note, id: sourceId }: NewComplaint,
): Promise<Complaint> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const customerId = customer
      ? await ensureCustomer(db, clock, workspaceId, customer)
      : await knownCustomer(db, workspaceId, given!);
    const id = sourceId ? idOf(workspaceId, "complaint", sourceId) : newId(clock);
    await db
      .insertInto("complaints")
      .values({ workspaceId, customerId, id, openedAt: clock.now(), source: "api", note: note ?? null })
      .onConflict((c) => c.columns(["customerId", "id"]).doNothing())
      .execute();
    await dropQueued(db, workspaceId, customerId);
    await send(db, "customers-changed", { workspaceId, customers: [customerId] });
    return readComplaint(db, workspaceId, { customerId, id });
  });
}

async function knownCustomer(db: Database, workspaceId: string, given: string): Promise<string> {
  const id = await currentCustomer(db, given);
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row) return row.id;
  throw new Refusal(
    "bad_input",
    "customerId: there is no such customer here; send `customer` with an e-mail address or your id.",
    {
      reason: "no_such_customer",
    },
  );
}

async function dropQueued(db: Database, workspaceId: string, customerId: string): Promise<void> {
  const queued = await db
    .selectFrom("invitations as i")
    .innerJoin("surveys as s", "s.id", "i.surveyId")
    .select(["i.customerId", "i.id"])
    .where("i.workspaceId", "=", workspaceId)
    .where("i.customerId", "=", customerId)
    .where("i.state", "=", "queued")
    .where(sql<boolean>`jsonb_typeof(s.settings -> 'quietAfterComplaint') = 'object'`)
    .execute();
  await giveUpMessages(db, queued, { state: "cancelled", reason: "complaint" });
}

/** One complaint. @throws Refusal when this customer of the workspace has none of this id */
export async function readComplaint(
  db: Database,
  workspaceId: string,
  { customerId, id }: { customerId: string; id: string },
): Promise<Complaint> {
  const row = await db
    .selectFrom("complaints")
    .select(["id", "customerId", "openedAt", "closedAt", "note"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) {
    throw new Refusal(
      "not_found",
      "There is no such complaint here; take the id and customerId it was opened with.",
      {
        reason: "no_such_complaint",
      },
    );
  }
  return { ...row, openedAt: row.openedAt.toISOString(), closedAt: row.closedAt?.toISOString() ?? null };
}
