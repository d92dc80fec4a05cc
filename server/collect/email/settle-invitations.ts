import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { contactIdOf } from "../asking/invitation.ts";
import { type ClaimedInvitation, type InvitationKey, keys } from "./claim-invitations.ts";

/** A message that went out. */
export interface SentMessage extends Pick<ClaimedInvitation, "customerId" | "id" | "reminders"> {
  at: Date;
  /** When to remind, if there is no answer. */
  remindAt: Date | null;
}

/** Notes that these messages went out, and that their customers rest from now on. */
export async function markSent(db: Database, sent: readonly SentMessage[]): Promise<void> {
  if (sent.length === 0) return;
  await sql`
    update invitations i set state = 'sent', sent_at = coalesce(i.sent_at, r.at), attempts = 0, claimed_at = null,
      reason = null, remind_at = case
        when i.reason is distinct from 'cancelled' and i.answered_at is null and i.bounced_at is null and i.complained_at is null and i.unsubscribed_at is null
        then r.remind_at end
    from unnest(
      ${sent.map(({ customerId }) => customerId)}::uuid[], ${sent.map(({ id }) => id)}::uuid[],
      ${sent.map(({ at }) => at)}::timestamptz[], ${sent.map(({ remindAt }) => remindAt)}::timestamptz[]
    ) as r (customer_id, id, at, remind_at)
    where i.customer_id = r.customer_id and i.id = r.id`.execute(db);
  await sql`
    update contacts k set at = r.at
    from unnest(
      ${sent.map(({ customerId }) => customerId)}::uuid[],
      ${sent.map(({ id, reminders }) => contactIdOf(id, reminders))}::uuid[],
      ${sent.map(({ at }) => at)}::timestamptz[]
    ) as r (customer_id, id, at)
    where k.customer_id = r.customer_id and k.id = r.id`.execute(db);
}

/** Queues messages again that could not be sent now. */
export async function putBack(
  db: Database,
  messages: readonly InvitationKey[],
  { sendAfter, counted }: { sendAfter: Date; counted: boolean },
): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    update invitations i set state = 'queued', claimed_at = null,
      send_after = greatest(i.send_after, ${sendAfter}::timestamptz),
      attempts = i.attempts - ${counted ? 0 : 1}::integer
    from ${keys(messages)}
    where i.customer_id = r.customer_id and i.id = r.id and i.state = 'sending'`.execute(db);
}

/** Queues messages again that may not go out at this hour; their customers are asked then, so they rest from then on. */
export async function postpone(
  db: Database,
  messages: readonly Pick<ClaimedInvitation, "customerId" | "id" | "reminders">[],
  sendAfter: Date,
): Promise<void> {
  if (messages.length === 0) return;
  await db.transaction().execute(async (db) => {
    await putBack(db, messages, { sendAfter, counted: false });
    await sql`
      update contacts k set at = greatest(k.at, ${sendAfter}::timestamptz)
      from unnest(
        ${messages.map(({ customerId }) => customerId)}::uuid[],
        ${messages.map(({ id, reminders }) => contactIdOf(id, reminders))}::uuid[]
      ) as r (customer_id, id)
      where k.customer_id = r.customer_id and k.id = r.id`.execute(db);
  });
}
