import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { movedSince } from "../customers/follow-merges.ts";
import { giveBackContacts } from "./contact-budget.ts";
import { contactIdOf } from "./invitation.ts";

/**
 * Sees to it that the messages of these invitations are not sent (any more). A first message
 * ends its invitation; a reminder does not: the invitation stays `sent`, with one reminder less.
 * @param options.reason a key, as `answered`, `expired`, `unsubscribed`, `no_such_address`
 * @param options.claim those that this claim holds, in the hands of the worker that asks; without one those that are
 *   queued: what goes out this moment must not lose its contact
 * @returns how many there were
 */
export async function giveUpMessages(
  db: Database,
  invitations: readonly { customerId: string; id: string }[],
  { state, reason, claim }: { state: "failed" | "cancelled"; reason: string; claim?: string },
): Promise<number> {
  if (invitations.length === 0) return 0;
  const isTheirs =
    claim === undefined ? sql`i.state = 'queued'` : sql`i.state = 'sending' and i.claim = ${claim}::uuid`;
  const { rows } = await sql<{ customerId: string; id: string; state: string; reminders: number }>`
    update invitations i set
      state = case when i.reminders > 0 then 'sent' else ${state} end,
      reason = case when i.reminders > 0 then nullif(i.reason, 'cancelled') else ${reason} end,
      reminders = greatest(i.reminders - 1, 0), remind_at = null, claimed_at = null, claim = null
    from unnest(
      ${invitations.map(({ customerId }) => customerId)}::uuid[], ${invitations.map(({ id }) => id)}::uuid[]
    ) as r (customer_id, id)
    where i.customer_id = r.customer_id and i.id = r.id and ${isTheirs}
    returning i.customer_id as "customerId", i.id, i.state, i.reminders`.execute(db);
  await giveBackContacts(
    db,
    rows.map(({ customerId, id, state: now, reminders }) => ({
      customerId,
      id: contactIdOf(id, now === "sent" ? reminders + 1 : 0),
    })),
  );
  // A worker may have had them in hand while their customers were merged.
  if (claim === undefined || rows.length === invitations.length) return rows.length;
  const moved = await movedSince(db, invitations);
  return rows.length + (await giveUpMessages(db, moved, { state, reason, claim }));
}
