import { sql } from "kysely";
import { contactIdOf } from "../collect/asking/invitation.ts";
import { keyOf } from "../collect/asking/suppress-address.ts";
import { accountIdOf, customerKeys } from "../collect/customer.ts";
import type { Clock } from "../platform/clock.ts";
import { rebuildInvitationDays } from "../collect/asking/invitation-days.ts";
import { rebuildScoreDays } from "../collect/rebuild-score-days.ts";
import type { Database } from "../platform/database/open.ts";
import { idOf, newId } from "../platform/ids.ts";
import { type SimulatedAccount, type SimulatedCustomer, traitsOf } from "./make-accounts.ts";
import type { SimulatedFate } from "./simulate-mail.ts";
import { quarterFrom } from "./quarters.ts";

interface Place {
  workspaceId: string;
  surveyId: string;
}

const day = 24 * 3600 * 1000;
const openDays = 30;

/** Stores the companies that customers belong to, with what is known of each. */
export async function storeAccounts(
  db: Database,
  clock: Clock,
  workspaceId: string,
  accounts: readonly SimulatedAccount[],
): Promise<void> {
  const rows = accounts.map(({ id, name, traits }) => ({
    workspaceId,
    id: accountIdOf(workspaceId, id),
    key: id,
    name,
    traits: JSON.stringify({ ...traits, currency: "EUR" }),
    createdAt: clock.now(),
  }));
  await db.insertInto("accounts").values(rows).execute();
}

/** Stores customers who have not answered anything; those who have are there already. */
export async function storeSilent(
  db: Database,
  clock: Clock,
  { workspaceId }: Place,
  customers: readonly SimulatedCustomer[],
): Promise<void> {
  const rows = customers.map(({ id, email, name, language, role, account }) => ({
    customerId: newId(clock),
    keys: customerKeys({ id, email }),
    externalId: id,
    email,
    name,
    language,
    accountId: accountIdOf(workspaceId, account.id),
    traits: traitsOf({ account, role }),
  }));
  await sql`
    with said as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, keys text[],
        "externalId" text, email text, name text, language text, "accountId" uuid,
        traits jsonb)
    ), fresh as (
      select s.* from said s where not exists (
        select from customer_keys k where k.workspace_id = ${workspaceId}::uuid and k.key = s.keys[1])
    ), keys_made as (
      insert into customer_keys (workspace_id, key, customer_id)
      select ${workspaceId}::uuid, key, "customerId" from fresh, unnest(keys) as key on conflict do nothing
    )
    insert into customers (workspace_id, id, account_id, external_id, email, name, language, traits, created_at, updated_at)
    select ${workspaceId}::uuid, "customerId", "accountId", "externalId", email, name, language, traits,
      ${clock.now()}::timestamptz, ${clock.now()}::timestamptz
    from fresh`.execute(db);
}

/** Stores what was mailed and what became of it, as asking and sending would have left it; answers get their invitation. */
export async function storeMail(
  db: Database,
  { workspaceId, surveyId }: Place,
  fates: readonly SimulatedFate[],
): Promise<void> {
  const ids = await customerIds(db, workspaceId);
  const waves = new Map(
    [...new Set(fates.map(({ wave }) => wave))]
      .toSorted()
      .map((wave, at) => [wave, { id: idOf(surveyId, "wave", wave), number: at + 1 }]),
  );
  for (const [wave, { id, number }] of waves) {
    const { start, end } = quarterFrom(new Date(`${wave.slice(0, 4)}-${monthOf(wave)}-01T00:00:00Z`), 0);
    await db
      .insertInto("waves")
      .values({ workspaceId, id, surveyId, number, startsAt: start, endsAt: end })
      .execute();
  }
  const rows = fates.flatMap((fate) => {
    const customerId = ids.get(fate.customer.id);
    return customerId ? [rowOf(fate, customerId, waves.get(fate.wave)!.id)] : [];
  });
  for (let i = 0; i < rows.length; i += 2_000) {
    const some = rows.slice(i, i + 2_000);
    await insertInvitations(db, { workspaceId, surveyId }, some);
    await insertContacts(db, { workspaceId, surveyId }, some);
  }
  await linkAnswers(db, { workspaceId, surveyId });
  await rebuildScoreDays(db, workspaceId);
  await rebuildInvitationDays(db, workspaceId);
  await insertSuppressions(db, { workspaceId, surveyId }, rows);
  await insertSetAsides(db, { workspaceId, surveyId }, rows);
}

const monthOf = (wave: string) => ["01", "04", "07", "10"][Number(wave.at(-1)) - 1]!;

async function customerIds(db: Database, workspaceId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("customers")
    .select(["id", "externalId"])
    .where("workspaceId", "=", workspaceId)
    .where("externalId", "is not", null)
    .execute();
  return new Map(rows.map(({ id, externalId }) => [externalId!, id]));
}

type Row = ReturnType<typeof rowOf>;

function rowOf(fate: SimulatedFate, customerId: string, waveId: string) {
  const { id: sourceId, customer, sentAt, remindedAt } = fate;
  const id = idOf(customerId, "invitation", sourceId);
  return {
    ...fate,
    id,
    sourceId,
    customerId,
    waveId,
    email: customer.email,
    language: customer.language,
    reminders: remindedAt ? 1 : 0,
    expiresAt: new Date(sentAt.getTime() + openDays * day),
    contactId: contactIdOf(id, 0),
    reminderId: contactIdOf(id, 1),
  };
}

async function insertInvitations(db: Database, { workspaceId, surveyId }: Place, rows: Row[]): Promise<void> {
  await sql`
    insert into invitations (workspace_id, customer_id, id, survey_id, version, wave_id, channel, language, state,
      recipient, created_at, send_after, expires_at, sent_at, reminders, opened_at, answered_at, bounced_at,
      unsubscribed_at, source_id)
    select ${workspaceId}::uuid, "customerId", id, ${surveyId}::uuid, 1, "waveId", 'email', language, 'sent', email,
      "sentAt", "sentAt", "expiresAt", "sentAt", reminders, "openedAt", "answeredAt", "bouncedAt", "unsubscribedAt",
      "sourceId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, id uuid, "waveId" uuid,
      language text, email text, "sentAt" timestamptz, "expiresAt" timestamptz, reminders smallint,
      "openedAt" timestamptz, "answeredAt" timestamptz, "bouncedAt" timestamptz, "unsubscribedAt" timestamptz,
      "sourceId" text)`.execute(db);
}

async function insertContacts(db: Database, { workspaceId, surveyId }: Place, rows: Row[]): Promise<void> {
  await sql`
    insert into contacts (workspace_id, customer_id, id, at, kind, survey_id, source_id)
    select ${workspaceId}::uuid, "customerId", c.id, c.at, c.kind, ${surveyId}::uuid, r.id
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, id uuid, "sentAt" timestamptz,
        "remindedAt" timestamptz, "contactId" uuid, "reminderId" uuid)
      cross join lateral (values ("contactId", "sentAt", 'invitation'), ("reminderId", "remindedAt", 'reminder'))
        as c (id, at, kind)
    where c.at is not null`.execute(db);
}

async function linkAnswers(db: Database, { workspaceId, surveyId }: Place): Promise<void> {
  await sql`
    update responses r set survey_version = 1, invitation_id = (
      select i.id from invitations i where i.customer_id = r.customer_id and i.source_id = r.source_id)
    where r.workspace_id = ${workspaceId}::uuid and r.survey_id = ${surveyId}::uuid`.execute(db);
}

async function insertSuppressions(
  db: Database,
  { workspaceId, surveyId }: Place,
  rows: Row[],
): Promise<void> {
  const gone = rows
    .filter(({ bouncedAt, unsubscribedAt }) => bouncedAt ?? unsubscribedAt)
    .map(({ customerId, email, bouncedAt, unsubscribedAt }) => ({
      customerId,
      key: keyOf(email),
      reason: unsubscribedAt ? "unsubscribed" : "bounced",
      at: unsubscribedAt ?? bouncedAt,
      source: unsubscribedAt ? "page" : "smtp",
      detail: unsubscribedAt ? null : "550 5.1.1 The address does not exist",
    }));
  const said = sql`json_to_recordset(${JSON.stringify(gone)}::json) as r ("customerId" uuid, key text, reason text,
    at timestamptz, source text, detail text)`;
  await sql`
    insert into suppressions (workspace_id, key, reason, at, source, detail, customer_id, survey_id)
    select ${workspaceId}::uuid, key, reason, at, source, detail, "customerId", ${surveyId}::uuid from ${said}
    on conflict do nothing`.execute(db);
  await sql`
    update customers c set
      unsubscribed_at = case when reason = 'unsubscribed' then r.at end,
      bounced_at = case when reason = 'bounced' then r.at end
    from ${said} where c.id = r."customerId" and c.workspace_id = ${workspaceId}::uuid`.execute(db);
}

async function insertSetAsides(db: Database, { workspaceId, surveyId }: Place, rows: Row[]): Promise<void> {
  const found = rows.flatMap(({ customerId, id, language, sentAt, answeredAt, scanned }) =>
    scanned.map((score) => ({
      customerId,
      id: idOf(id, "scanned", String(score)),
      invitationId: id,
      language,
      at: new Date(sentAt.getTime() + 4_000),
      score,
      overriddenAt: answeredAt,
    })),
  );
  await sql`
    insert into set_asides (workspace_id, customer_id, id, invitation_id, survey_id, at, score, reason, channel,
      language, overridden_at)
    select ${workspaceId}::uuid, "customerId", id, "invitationId", ${surveyId}::uuid, at, score, 'many_scores',
      'email', language, "overriddenAt"
    from json_to_recordset(${JSON.stringify(found)}::json) as r ("customerId" uuid, id uuid, "invitationId" uuid,
      language text, at timestamptz, score smallint, "overriddenAt" timestamptz)`.execute(db);
}
