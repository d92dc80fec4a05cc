import { sql } from "kysely";
import { type AuditedBy, noteAudit } from "../../platform/accounts/note-audit.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { countInvitations } from "../asking/invitation-days.ts";
import { keyOf } from "../asking/suppress-address.ts";
import { insertScoreChanges } from "../insert-score-changes.ts";
import { scoreChanges } from "../score-days.ts";
import { type CustomerTable, readCustomerTables, tablesWithRows } from "./customer-tables.ts";
import { currentCustomer } from "./follow-merges.ts";
import { forgetFailures } from "./forget-failures.ts";

/** Who asked for it; stays in the audit log. */
export type ErasedBy = Omit<AuditedBy, "workspaceId">;

/**
 * Removes a customer and everything that is theirs from every table: answers (the counts lose them), invitations and
 * their mails in the outbox, events, purchases, what was set aside, and rows of files that could not be imported. What
 * stays are addresses that are never to be asked, by key, or the next import would have them asked again, and a line in
 * the audit log: who erased which id.
 * @throws Refusal when there is no such customer
 */
export async function eraseCustomer(
  { database, clock, log }: Pick<Resources, "database" | "clock" | "log">,
  workspaceId: string,
  customerId: string,
  by: ErasedBy = {},
): Promise<void> {
  const { db } = database;
  const found = await findCustomer(db, workspaceId, customerId);
  // Before, and not in the same transaction: it reads much, and whoever asks again does it again.
  await forgetFailures(db, workspaceId, await keysOf(db, workspaceId, found));
  const customerTables = await readCustomerTables(db);
  const id = await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "alone");
    // They may have been merged or erased a moment ago.
    const id = await findCustomer(db, workspaceId, customerId);
    await eraseRows(db, { workspaceId, id, customerTables });
    await noteAudit(
      db,
      clock,
      { workspaceId, ...by },
      { action: "customer.erased", about: "customer", aboutId: id },
    );
    return id;
  });
  log.info({ workspace: workspaceId, customer: id, ...by }, "a customer was erased");
}

async function findCustomer(db: Database, workspaceId: string, named: string): Promise<string> {
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", await currentCustomer(db, named))
    .executeTakeFirst();
  if (row) return row.id;
  throw new Refusal("not_found", "There is no such customer here; they may have been erased already.", {
    reason: "no_such_customer",
  });
}

interface Erased {
  workspaceId: string;
  id: string;
  customerTables: readonly CustomerTable[];
}

async function eraseRows(db: Database, { workspaceId, id, customerTables }: Erased): Promise<void> {
  await dropOutbox(db, workspaceId, id);
  await uncount(db, workspaceId, id);
  await uncountInvitations(db, id);
  await leaveFolds(db, workspaceId, id);
  await db
    .updateTable("suppressions")
    .set({ customerId: null })
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", id)
    .execute();
  await db.deleteFrom("customerMerges").where("intoId", "=", id).execute();
  for (const { name } of await tablesWithRows(db, customerTables, id))
    await sql`delete from ${sql.table(name)} where customer_id = ${id}::uuid`.execute(db);
  await db.deleteFrom("customers").where("id", "=", id).execute();
}

/** What they are called by, the address they have, and those that mails went to. */
async function keysOf(db: Database, workspaceId: string, customerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("customerKeys")
    .select("key")
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .execute();
  const { rows: addresses } = await sql<{ email: string }>`
    select email from customers where id = ${customerId}::uuid and email is not null union
    select lower(recipient) from invitations where customer_id = ${customerId}::uuid and recipient is not null`.execute(
    db,
  );
  const names = rows.map(({ key }) => key.replace(/^claimed:/, ""));
  return [...new Set([...names, ...addresses.map(({ email }) => keyOf(email))])];
}

/** Mails that were kept instead of sent: those of the customer's invitations, and all to their addresses. */
async function dropOutbox(db: Database, workspaceId: string, customerId: string): Promise<void> {
  const keys = await keysOf(db, workspaceId, customerId);
  const addresses = keys.filter((key) => key.startsWith("email:")).map((key) => key.slice("email:".length));
  const invitations = await db
    .selectFrom("invitations")
    .select(["id", "reminders"])
    .where("customerId", "=", customerId)
    .execute();
  const mails = invitations.flatMap(({ id, reminders }) =>
    Array.from({ length: reminders + 1 }, (_, number) => idOf("mail-of-invitation", id, String(number))),
  );
  await sql`
    delete from outbox where workspace_id = ${workspaceId}::uuid and person_id is null
      and (id = any (${mails}::uuid[]) or lower(recipient) = any (${addresses}::text[]))`.execute(db);
}

async function uncount(db: Database, workspaceId: string, customerId: string): Promise<void> {
  const responses = await db
    .selectFrom("responses")
    .select(["workspaceId", "surveyId", "at", "score", "channel", "language", "weight", "surveyVersion"])
    .where("customerId", "=", customerId)
    .execute();
  if (responses.length === 0) return;
  await insertScoreChanges(db, scoreChanges(responses, -1));
  await send(db, "response-recorded", { workspaceId, responses: [] });
}

async function uncountInvitations(db: Database, customerId: string): Promise<void> {
  const invitations = await db
    .selectFrom("invitations")
    .select(["customerId", "id"])
    .where("customerId", "=", customerId)
    // Whoever notes what became of a mail does not hold the workspace.
    .forUpdate()
    .execute();
  await countInvitations(db, invitations, "taken out");
}

/** Takes the customer's events out of those that engagement does not count yet. */
async function leaveFolds(db: Database, workspaceId: string, customerId: string): Promise<void> {
  const kept = (column: string) => sql`
    (select coalesce(array_agg(u.value order by u.number), '{}')
     from unnest(f.customer_ids, f.${sql.ref(column)}) with ordinality as u (customer, value, number)
     where u.customer <> ${customerId}::uuid)`;
  await sql`
    update event_folds f set customer_ids = ${kept("customer_ids")}, names = ${kept("names")}, times = ${kept("times")}
    where workspace_id = ${workspaceId}::uuid and ${customerId}::uuid = any (customer_ids)`.execute(db);
}
