import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { contactIdOf } from "../asking/invitation.ts";
import { countInvitations } from "../asking/invitation-days.ts";
import { writeFollowing } from "../customers/follow-merges.ts";
import {
  type ClaimedInvitation,
  type HeldInvitation,
  holds,
  isHeld,
  type InvitationKey,
} from "./claim-invitations.ts";

/** A message that went out. */
export interface SentMessage extends Pick<ClaimedInvitation, "customerId" | "id" | "reminders"> {
  at: Date;
  /** When to remind, if there is no answer. */
  remindAt: Date | null;
}

/**
 * Notes that these messages went out, and that their customers rest from now on. What went out did, whoever has it in
 * hand by now; but of an invitation whose next message is under way, that one is left alone. In the caller's transaction.
 */
export async function markSent(db: Database, sent: readonly SentMessage[]): Promise<void> {
  await writeFollowing(db, sent, async (some) => {
    const { rows } = await sql<InvitationKey>`
      update invitations i set state = 'sent', sent_at = coalesce(i.sent_at, r.at), attempts = 0, claimed_at = null,
        claim = null, reason = null, remind_at = case
          when i.reason is distinct from 'cancelled' and i.answered_at is null and i.bounced_at is null and i.complained_at is null and i.unsubscribed_at is null
          then r.remind_at end
      from unnest(
        ${some.map(({ customerId }) => customerId)}::uuid[], ${some.map(({ id }) => id)}::uuid[],
        ${some.map(({ at }) => at)}::timestamptz[], ${some.map(({ remindAt }) => remindAt)}::timestamptz[],
        ${some.map(({ reminders }) => reminders)}::integer[]
      ) as r (customer_id, id, at, remind_at, reminders)
      where i.customer_id = r.customer_id and i.id = r.id and i.state <> 'sent' and i.reminders = r.reminders
      returning i.id`.execute(db);
    const noted = new Set(rows.map(({ id }) => id));
    const contacts = some.filter(({ id }) => noted.has(id));
    await countInvitations(
      db,
      contacts.filter(({ reminders }) => reminders === 0),
      "added",
    );
    await sql`
      update contacts k set at = r.at
      from unnest(
        ${contacts.map(({ customerId }) => customerId)}::uuid[],
        ${contacts.map(({ id, reminders }) => contactIdOf(id, reminders))}::uuid[],
        ${contacts.map(({ at }) => at)}::timestamptz[]
      ) as r (customer_id, id, at)
      where k.customer_id = r.customer_id and k.id = r.id`.execute(db);
    return rows;
  });
}

/**
 * Queues messages again that could not be sent now, as far as they are still in these hands.
 * @returns which were
 */
export async function putBack(
  db: Database,
  messages: readonly HeldInvitation[],
  { sendAfter, counted }: { sendAfter: Date; counted: boolean },
): Promise<Set<string>> {
  return writeFollowing(db, messages, async (some) => takeBack(db, some, { sendAfter, counted }));
}

async function takeBack(
  db: Database,
  messages: readonly HeldInvitation[],
  { sendAfter, counted }: { sendAfter: Date; counted: boolean },
): Promise<InvitationKey[]> {
  const { rows } = await sql<InvitationKey>`
    update invitations i set state = 'queued', claimed_at = null, claim = null,
      send_after = greatest(i.send_after, ${sendAfter}::timestamptz),
      attempts = i.attempts - ${counted ? 0 : 1}::integer
    from ${holds(messages)}
    where ${isHeld}
    returning i.id`.execute(db);
  return rows;
}

/** Queues messages again that may not go out at this hour; their customers are asked then, so they rest from then on. */
export async function postpone(
  db: Database,
  messages: readonly Pick<ClaimedInvitation, "customerId" | "id" | "claim" | "reminders">[],
  sendAfter: Date,
): Promise<void> {
  if (messages.length === 0) return;
  await inTransaction(db, async (db) => {
    await writeFollowing(db, messages, async (some) => {
      const held = await takeBack(db, some, { sendAfter, counted: false });
      const ids = new Set(held.map(({ id }) => id));
      const later = some.filter(({ id }) => ids.has(id));
      await sql`
        update contacts k set at = greatest(k.at, ${sendAfter}::timestamptz)
        from unnest(
          ${later.map(({ customerId }) => customerId)}::uuid[],
          ${later.map(({ id, reminders }) => contactIdOf(id, reminders))}::uuid[]
        ) as r (customer_id, id)
        where k.customer_id = r.customer_id and k.id = r.id`.execute(db);
      return held;
    });
  });
}
