import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { send } from "../../platform/jobs/send.ts";
import { normaliseEmail } from "../customer.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { countInvitations } from "./invitation-days.ts";
import { giveUpMessages } from "./give-up-messages.ts";
import type { SuppressionReason } from "./suppression.ts";

export interface Suppression {
  workspaceId: string;
  email: string;
  reason: SuppressionReason;
  /** Where it comes from: `page`, `one-click`, `api`, `smtp`, `dsn`, `ses`, `sendgrid`, `postmark`, `mailgun`. */
  source: string;
  /** What the mail server said, for people to read. */
  detail?: string | null;
  surveyId?: string | null;
  /** The customer and the invitation that led to it, where they are known. */
  customerId?: string | null;
  invitationId?: string | null;
}

/**
 * Puts an address on the list of those that are never asked, marks its customers and the invitation that led to it, and
 * drops what is queued for them. The same twice changes nothing. Unsubscribed and complained outlast a bounce, never the
 * other way round.
 * @returns `known` when the address was on the list for a reason as strong
 */
export async function suppressAddress(
  db: Database,
  clock: Clock,
  given: Suppression,
): Promise<{ known: boolean }> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, given.workspaceId, "shared");
    const customerId = given.customerId ? await currentCustomer(db, given.customerId) : null;
    const suppression = { ...given, customerId };
    const now = clock.now();
    const known = !(await insertSuppression(db, suppression, now));
    const customers = await findCustomers(db, suppression);
    await markCustomers(db, customers, suppression.reason, now);
    await markInvitation(db, suppression, now);
    await dropQueued(db, customers, suppression.reason);
    // Also later stages stop what they do for them.
    if (customers.length > 0)
      await send(db, "customers-changed", { workspaceId: given.workspaceId, customers });
    return { known };
  });
}

async function insertSuppression(
  db: Database,
  { workspaceId, email, reason, source, detail, customerId, surveyId }: Suppression,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into suppressions as s (workspace_id, key, reason, at, source, detail, customer_id, survey_id)
    select id, ${keyOf(email)}, ${reason}, ${at}::timestamptz, ${source}, ${detail?.slice(0, 1_000) ?? null},
      ${customerId ?? null}::uuid, ${surveyId ?? null}::uuid
    from workspaces where id = ${workspaceId}::uuid
    on conflict (key, workspace_id) do update set
      reason = excluded.reason, at = excluded.at, source = excluded.source, detail = excluded.detail,
      customer_id = excluded.customer_id, survey_id = excluded.survey_id
    where s.reason = 'bounced' and excluded.reason <> 'bounced'
    returning 1`.execute(db);
  return rows.length > 0;
}

/** The key of an address in `suppressions` and `customer_keys`. */
export function keyOf(email: string): string {
  return `email:${normaliseEmail(email)}`;
}

/** Whoever has the address; and who asked not to be written to, even if their address is another by now. */
async function findCustomers(
  db: Database,
  { workspaceId, email, reason, customerId }: Suppression,
): Promise<string[]> {
  const owner = await db
    .selectFrom("customerKeys")
    .select("customerId")
    .where("key", "=", keyOf(email))
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  const ids = [owner?.customerId, reason === "bounced" ? undefined : customerId];
  const rows = await db
    .selectFrom("customers")
    .select(["id", "email"])
    .where("workspaceId", "=", workspaceId)
    .where(sql<boolean>`id = any (${ids.filter((id) => typeof id === "string")}::uuid[])`)
    .execute();
  return rows
    .filter(
      ({ id, email: present }) =>
        (id === customerId && reason !== "bounced") || present === normaliseEmail(email),
    )
    .map(({ id }) => id);
}

async function markCustomers(
  db: Database,
  customers: readonly string[],
  reason: SuppressionReason,
  at: Date,
): Promise<void> {
  const column = sql.ref(reason === "bounced" ? "bounced_at" : "unsubscribed_at");
  await sql`
    update customers set ${column} = ${at}::timestamptz
    where id = any (${customers}::uuid[]) and ${column} is null`.execute(db);
}

async function markInvitation(
  db: Database,
  { workspaceId, customerId, invitationId, reason }: Suppression,
  at: Date,
): Promise<void> {
  if (!customerId || !invitationId) return;
  const column = sql.ref(`${reason}_at`);
  if (reason === "bounced") await takeOut(db, { customerId, id: invitationId });
  await sql`
    update invitations set ${column} = coalesce(${column}, ${at}::timestamptz), remind_at = null
    where customer_id = ${customerId}::uuid and id = ${invitationId}::uuid and workspace_id = ${workspaceId}::uuid`.execute(
    db,
  );
}

/** One that bounces now is no longer among those that reached somebody. */
async function takeOut(db: Database, invitation: { customerId: string; id: string }): Promise<void> {
  await db
    .selectFrom("invitations")
    .select("id")
    .where("customerId", "=", invitation.customerId)
    .where("id", "=", invitation.id)
    .forUpdate()
    .execute();
  await countInvitations(db, [invitation], "taken out");
}

async function dropQueued(
  db: Database,
  customers: readonly string[],
  reason: SuppressionReason,
): Promise<void> {
  const queued = await db
    .selectFrom("invitations")
    .select(["customerId", "id"])
    .where(sql<boolean>`customer_id = any (${customers}::uuid[])`)
    .where("channel", "=", "email")
    // What is in a worker's hands is looked at again there, right before it is sent.
    .where("state", "=", "queued")
    .execute();
  await giveUpMessages(db, queued, { state: "cancelled", reason });
  await sql`
    update invitations set remind_at = null
    where customer_id = any (${customers}::uuid[]) and remind_at is not null`.execute(db);
}
