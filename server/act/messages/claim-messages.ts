import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { claimSeconds } from "../../collect/email/claim-invitations.ts";
import { writeFollowing } from "../../collect/customers/follow-merges.ts";
import type { Database } from "../../platform/database/open.ts";

/** A mail in the hands of this worker. */
export interface ClaimedMessage {
  workspaceId: string;
  customerId: string;
  id: string;
  /** Names the hold: what another has taken over since is not this worker's any more. */
  claim: string;
  attempts: number;
  sender: string | null;
  replyTo: string | null;
  recipient: string | null;
  language: string | null;
  subject: string;
  text: string;
  html: string | null;
  inReplyTo: string | null;
  playId: string | null;
  enrolmentId: string | null;
}

// What is held can be taken back until its time has come. Mails of a paused play stay where they are.
const isFree = (now: Date) => sql<boolean>`(
  m.state in ('held', 'queued', 'sending') and m.send_after <= ${now}::timestamptz
  and (m.state <> 'sending' or m.claimed_at <= ${now}::timestamptz - ${claimSeconds} * interval '1 second')
  and not exists (select from plays p where p.id = m.play_id and p.state = 'paused'))`;

/** Takes the next mails that are due and in nobody's hands, so that no other worker sends them. */
export async function claimMessages(
  db: Database,
  now: Date,
  most: number,
): Promise<{ found: number; claimed: ClaimedMessage[] }> {
  const { rows: due } = await sql<{ customerId: string; id: string }>`
    select m.customer_id as "customerId", m.id from messages m where ${isFree(now)}
    order by m.send_after limit ${most}`.execute(db);
  if (due.length === 0) return { found: 0, claimed: [] };
  const { rows: claimed } = await sql<ClaimedMessage>`
    update messages m set state = 'sending', claimed_at = ${now}::timestamptz, claim = ${randomUUID()}::uuid,
      attempts = m.attempts + 1
    from unnest(
      ${due.map(({ customerId }) => customerId)}::uuid[], ${due.map(({ id }) => id)}::uuid[]
    ) as r (customer_id, id)
    where m.customer_id = r.customer_id and m.id = r.id and ${isFree(now)}
    returning m.workspace_id as "workspaceId", m.customer_id as "customerId", m.id, m.claim, m.attempts, m.sender,
      m.reply_to as "replyTo", m.recipient, m.language, m.subject, m.text, m.html, m.in_reply_to as "inReplyTo",
      m.play_id as "playId", m.enrolment_id as "enrolmentId"`.execute(db);
  return { found: due.length, claimed };
}

/** Says that this worker is alive and still has these in hand. */
export async function renewMessages(db: Database, held: readonly ClaimedMessage[], now: Date): Promise<void> {
  await writeFollowing(db, held, async (some) => {
    const { rows } = await sql<{ id: string }>`
      update messages m set claimed_at = ${now}::timestamptz from ${holdsMessages(some)}
      where ${isHeldMessage} returning m.id`.execute(db);
    return rows;
  });
}

/** What a worker holds, or held, as the table `r`. */
export function holdsMessages(messages: readonly Pick<ClaimedMessage, "customerId" | "id" | "claim">[]) {
  return sql`unnest(
    ${messages.map(({ customerId }) => customerId)}::uuid[], ${messages.map(({ id }) => id)}::uuid[],
    ${messages.map(({ claim }) => claim)}::uuid[]
  ) as r (customer_id, id, claim)`;
}

/** The condition that the mail `m` is still in the hands that `r` says. */
export const isHeldMessage = sql<boolean>`(
  m.customer_id = r.customer_id and m.id = r.id and m.state = 'sending' and m.claim = r.claim)`;
