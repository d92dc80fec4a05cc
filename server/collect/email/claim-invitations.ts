import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { movedSince, writeFollowing } from "../customers/follow-merges.ts";

/** An invitation by its keys. */
export interface InvitationKey {
  customerId: string;
  id: string;
}

/** An invitation in the hands of a worker. */
export interface HeldInvitation extends InvitationKey {
  /** Names the hold: what another has taken over since is not this worker's any more. */
  claim: string;
}

/** An invitation whose message this worker is about to send. */
export interface ClaimedInvitation extends HeldInvitation {
  surveyId: string;
  version: number;
  language: string;
  recipient: string | null;
  expiresAt: Date;
  answeredAt: Date | null;
  /** Somebody cancelled it while another worker had it in hand. */
  cancelled: boolean;
  tokenNumber: number;
  /** Tries of this message, with this one. */
  attempts: number;
  /** Which message: 0 the first, 1 and 2 the reminders. */
  reminders: number;
}

/** After so long without a sign of life of its worker a claim is free again. */
export const claimSeconds = 120;

/**
 * Takes those of these invitations whose message is due and in nobody's hands, so that no other worker sends it. Those of
 * a paused survey stay where they are.
 */
export async function claimInvitations(
  db: Database,
  workspaceId: string,
  wanted: readonly InvitationKey[],
  now: Date,
): Promise<ClaimedInvitation[]> {
  const { rows } = await sql<ClaimedInvitation>`
    update invitations i set state = 'sending', claimed_at = ${now}::timestamptz, claim = ${randomUUID()}::uuid,
      attempts = i.attempts + 1
    from unnest(
      ${wanted.map(({ customerId }) => customerId)}::uuid[], ${wanted.map(({ id }) => id)}::uuid[]
    ) as r (customer_id, id)
    where i.customer_id = r.customer_id and i.id = r.id and i.workspace_id = ${workspaceId}::uuid and i.channel = 'email'
      and (i.state = 'queued' and i.send_after <= ${now}::timestamptz
        or i.state = 'sending' and i.claimed_at <= ${now}::timestamptz - ${claimSeconds} * interval '1 second')
      and exists (select from surveys s where s.id = i.survey_id and s.state <> 'paused')
    returning i.customer_id as "customerId", i.id, i.claim, i.survey_id as "surveyId", i.version, i.language, i.recipient,
      i.expires_at as "expiresAt", i.answered_at as "answeredAt", i.token_number as "tokenNumber", i.attempts,
      i.reminders, coalesce(i.reason = 'cancelled', false) as cancelled`.execute(db);
  if (rows.length === wanted.length) return rows;
  const moved = await movedSince(db, wanted);
  return moved.length === 0 ? rows : [...rows, ...(await claimInvitations(db, workspaceId, moved, now))];
}

/** Says that this worker is alive and still has these in hand. */
export async function renewClaims(db: Database, held: readonly HeldInvitation[], now: Date): Promise<void> {
  await writeFollowing(db, held, async (some) => {
    const { rows } = await sql<{ id: string }>`
      update invitations i set claimed_at = ${now}::timestamptz from ${holds(some)}
      where ${isHeld} returning i.id`.execute(db);
    return rows;
  });
}

/** What a worker holds, or held, as the table `r`. */
export function holds(invitations: readonly HeldInvitation[]) {
  return sql`unnest(
    ${invitations.map(({ customerId }) => customerId)}::uuid[], ${invitations.map(({ id }) => id)}::uuid[],
    ${invitations.map(({ claim }) => claim)}::uuid[]
  ) as r (customer_id, id, claim)`;
}

/** The condition that the invitation `i` is still in the hands that `r` says. */
export const isHeld = sql<boolean>`(
  i.customer_id = r.customer_id and i.id = r.id and i.state = 'sending' and i.claim = r.claim)`;
