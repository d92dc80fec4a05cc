import { sql } from "kysely";
import { giveBackContacts } from "../../collect/asking/contact-budget.ts";
import { contactIdOf } from "../../collect/asking/invitation.ts";
import { writeFollowing } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { giveBackCodes } from "../incentives/give-back-codes.ts";
import { type FailedReply, raiseFailedReply } from "../inbox/raise-failed-reply.ts";
import { type ClaimedMessage, holdsMessages, isHeldMessage } from "./claim-messages.ts";

type Held = Pick<ClaimedMessage, "customerId" | "id" | "claim">;

/** Notes that these mails went out, whoever has them in hand by now; their customers rest from then on. */
export async function markMessagesSent(
  db: Database,
  sent: readonly { customerId: string; id: string; messageId: string; at: Date }[],
): Promise<void> {
  await writeFollowing(db, sent, async (some) => {
    const { rows } = await sql<{ id: string }>`
      update messages m set state = 'sent', sent_at = r.at, message_id = r.message_id, claimed_at = null, claim = null,
        reason = null
      from unnest(
        ${some.map(({ customerId }) => customerId)}::uuid[], ${some.map(({ id }) => id)}::uuid[],
        ${some.map(({ messageId }) => messageId)}::text[], ${some.map(({ at }) => at)}::timestamptz[]
      ) as r (customer_id, id, message_id, at)
      where m.customer_id = r.customer_id and m.id = r.id and m.state <> 'sent'
      returning m.id`.execute(db);
    const noted = new Set(rows.map(({ id }) => id));
    await moveContacts(
      db,
      some.filter(({ id }) => noted.has(id)),
    );
    return rows;
  });
}

/** Queues mails again that are not sent now, as far as they are still in these hands. */
export async function putMessagesBack(
  db: Database,
  messages: readonly Held[],
  { sendAfter, counted }: { sendAfter: Date; counted: boolean },
): Promise<void> {
  if (messages.length === 0) return;
  await inTransaction(db, async (db) => {
    await writeFollowing(db, messages, async (some) => {
      const { rows } = await sql<{ id: string }>`
        update messages m set state = 'queued', claimed_at = null, claim = null,
          send_after = greatest(m.send_after, ${sendAfter}::timestamptz),
          attempts = m.attempts - ${counted ? 0 : 1}::integer
        from ${holdsMessages(some)} where ${isHeldMessage} returning m.id`.execute(db);
      const back = new Set(rows.map(({ id }) => id));
      const later = some.filter(({ id }) => back.has(id));
      await moveContacts(
        db,
        later.map(({ customerId, id }) => ({ customerId, id, at: sendAfter })),
      );
      return rows;
    });
  });
}

/** Sees to it that these mails, in these hands, are never sent; the rest they would have begun is over. */
export async function giveUpHeldMessages(
  db: Database,
  messages: readonly Held[],
  {
    state,
    reason,
    tried,
    now,
  }: {
    state: "failed" | "cancelled";
    reason: string;
    /** Handed to the mail server. */ tried: boolean;
    now: Date;
  },
): Promise<void> {
  if (messages.length === 0) return;
  await inTransaction(db, async (db) => {
    await writeFollowing(db, messages, async (some) => {
      const { rows } = await sql<Omit<FailedReply, "reason"> & { enrolmentId: string | null }>`
        update messages m set state = ${state}, reason = ${reason}, claimed_at = null, claim = null,
          attempts = m.attempts - ${tried ? 0 : 1}::integer
        from ${holdsMessages(some)} where ${isHeldMessage}
        returning m.id, m.customer_id as "customerId", m.workspace_id as "workspaceId", m.case_id as "caseId",
          m.enrolment_id as "enrolmentId"`.execute(db);
      await giveBackContacts(db, rows.map(contactOf));
      await giveBackCodes(
        db,
        rows.flatMap(({ customerId, enrolmentId: id }) => (id === null ? [] : [{ customerId, id }])),
      );
      // Each in its turn takes a lock on its customer's cases.
      const inOrder = rows.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
      for (const row of inOrder) await raiseFailedReply(db, { ...row, reason }, now);
      return rows;
    });
  });
}

/** Drops what waits to be sent to these customers by plays, or by one of them. In the caller's transaction. */
export async function dropQueuedMessages(
  db: Database,
  {
    customers,
    enrolments,
    reason,
  }: { customers: readonly string[]; enrolments?: readonly string[]; reason: string },
): Promise<void> {
  if (customers.length === 0) return;
  const { rows } = await sql<{ id: string; customerId: string }>`
    update messages m set state = 'cancelled', reason = ${reason}
    where m.customer_id = any (${customers}::uuid[]) and m.state in ('held', 'queued') and m.play_id is not null
      ${enrolments ? sql`and m.enrolment_id = any (${enrolments}::uuid[])` : sql``}
    returning m.id, m.customer_id as "customerId"`.execute(db);
  await giveBackContacts(db, rows.map(contactOf));
}

const contactOf = ({ customerId, id }: { customerId: string; id: string }) => ({
  customerId,
  id: contactIdOf(id, 0),
});

async function moveContacts(
  db: Database,
  messages: readonly { customerId: string; id: string; at: Date }[],
): Promise<void> {
  await sql`
    update contacts k set at = r.at
    from unnest(
      ${messages.map(({ customerId }) => customerId)}::uuid[],
      ${messages.map(({ id }) => contactIdOf(id, 0))}::uuid[], ${messages.map(({ at }) => at)}::timestamptz[]
    ) as r (customer_id, id, at)
    where k.customer_id = r.customer_id and k.id = r.id`.execute(db);
}
