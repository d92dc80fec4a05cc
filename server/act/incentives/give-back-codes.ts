import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/** A mail that no mail server has taken: dropped before it was tried, or refused at its only try. */
const neverLeft = sql<boolean>`(
  m.state in ('cancelled', 'failed') and m.attempts = 0
  or m.state = 'failed' and m.attempts = 1
    and m.reason in ('no_such_address', 'recipient_refused', 'message_refused'))`;

/** A mail told the customer of the incentive `i`, or is about to. */
const isTold = sql<boolean>`exists (
  select from messages m where m.customer_id = i.customer_id and m.id = any (i.told_by) and not ${neverLeft})`;

/** Notes which mails tell of which codes, in the transaction that writes the mails: all of them, since any may be refused. */
export async function noteTold(
  db: Database,
  told: readonly { customerId: string; incentiveId: string; messageId: string }[],
): Promise<void> {
  if (told.length === 0) return;
  await sql`
    update incentives i set told_by = i.told_by || r.message_id
    from unnest(
      ${told.map(({ customerId }) => customerId)}::uuid[], ${told.map(({ incentiveId }) => incentiveId)}::uuid[],
      ${told.map(({ messageId }) => messageId)}::uuid[]
    ) as r (customer_id, id, message_id)
    where i.customer_id = r.customer_id and i.id = r.id and r.message_id <> all (i.told_by)`.execute(db);
}

/** Which enrolment of whom. */
export interface EnrolmentName {
  customerId: string;
  id: string;
}

/**
 * Puts codes back into their pools that no mail told of, and takes them out of the ledger: of these enrolments, as far as their
 * customers are out of the play. In the transaction that ended them, or dropped the mail.
 */
export async function giveBackCodes(db: Database, enrolments: readonly EnrolmentName[]): Promise<void> {
  if (enrolments.length === 0) return;
  const customers = enrolments.map(({ customerId }) => customerId);
  const ids = enrolments.map(({ id }) => id);
  // Of two who end an enrolment and drop its mail at the same moment, or drop two of its mails, the second sees what the
  // first did.
  await sql`
    select from enrolments where customer_id = any (${customers}::uuid[]) and id = any (${ids}::uuid[])
    order by id for no key update`.execute(db);
  await giveBack(db, sql`${among(enrolments)} and e.state <> 'active'`);
}

/** The same for customers who may still be in the play, but on no way that leads to a mail with a code. */
export async function giveBackCodesBehind(db: Database, enrolments: readonly EnrolmentName[]): Promise<void> {
  if (enrolments.length > 0) await giveBack(db, among(enrolments));
}

const among = (enrolments: readonly EnrolmentName[]) => sql`
  e.customer_id = any (${enrolments.map(({ customerId }) => customerId)}::uuid[])
  and e.id = any (${enrolments.map(({ id }) => id)}::uuid[])`;

/** The same for everybody of a play that was ended. */
export async function giveBackCodesOfPlay(db: Database, playId: string): Promise<void> {
  await giveBack(
    db,
    sql`e.play_id = ${playId}::uuid and i.play_id = ${playId}::uuid and e.state <> 'active'`,
  );
}

interface GivenBack {
  customerId: string;
  id: string;
  poolId: string;
  codeId: string;
  stepRunId: string | null;
}

async function giveBack(db: Database, which: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<GivenBack>`
    delete from incentives i using enrolments e
    where ${which} and i.customer_id = e.customer_id and i.enrolment_id = e.id
      and i.needs_mail and i.redeemed_at is null and not ${isTold}
    returning i.customer_id as "customerId", i.id, i.pool_id as "poolId", i.code_id as "codeId",
      i.step_run_id as "stepRunId"`.execute(db);
  if (rows.length === 0) return;
  await sql`
    update codes c set incentive_id = null, state = case when p.deleted_at is null then 'free' else 'withdrawn' end
    from unnest(
        ${rows.map(({ poolId }) => poolId)}::uuid[], ${rows.map(({ codeId }) => codeId)}::uuid[],
        ${rows.map(({ id }) => id)}::uuid[]
      ) as r (pool_id, id, incentive_id) join code_pools p on p.id = r.pool_id
    where c.pool_id = r.pool_id and c.id = r.id and c.incentive_id = r.incentive_id`.execute(db);
  await sql`
    update step_runs s set state = 'skipped', reason = 'not_told', result = null
    from unnest(
      ${rows.map(({ customerId }) => customerId)}::uuid[], ${rows.map(({ stepRunId }) => stepRunId)}::uuid[]
    ) as r (customer_id, id)
    where s.customer_id = r.customer_id and s.id = r.id and s.state = 'done'`.execute(db);
}
