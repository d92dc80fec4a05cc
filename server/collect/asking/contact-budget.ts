import { CompiledQuery, type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/** A message that asks or approaches a customer, now or at a time ahead. */
export interface Contact {
  customerId: string;
  /** Names the contact: the same id twice is one. */
  id: string;
  at: Date;
  kind: "invitation" | "reminder" | "play";
  surveyId: string | null;
  /** What it belongs to: an invitation, or a step of a play. */
  sourceId: string | null;
}

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const family = 7_465;
const dayInMilliseconds = 24 * 3600 * 1000;

/**
 * Lets one transaction at a time spend the contact budget of a workspace: whoever looks whether customers have rested
 * and then reserves contacts takes it first, right after the workspace's lock. It ends with the transaction.
 */
export async function lockContactBudget(db: Database, workspaceId: string): Promise<void> {
  const text = `select pg_advisory_xact_lock(${family}, hashtext($1))`;
  await db.executeQuery(CompiledQuery.raw(text, [workspaceId]));
}

/**
 * The condition that a customer still rests at a time: there was a message less than so many days before, or one lies
 * ahead. A reminder is a message like any other: who reads "at most once in 90 days" counts from the last one they got.
 */
export function stillRests(customerId: RawBuilder<unknown>, at: Date, restDays: number) {
  return sql<boolean>`exists (
    select from contacts k where k.customer_id = ${customerId}
      and k.at > ${at}::timestamptz - ${restDays} * interval '24 hours')`;
}

/**
 * Reserves contacts for those customers that have rested so many days at the time of the contact, at most one for each.
 * @returns the customers who got one; the others are left in peace
 */
export async function reserveContacts(
  db: Database,
  workspaceId: string,
  contacts: readonly Contact[],
  { restDays }: { restDays: number },
): Promise<string[]> {
  if (contacts.length === 0) return [];
  const last = await readLastContacts(
    db,
    contacts.map(({ customerId }) => customerId),
  );
  const free = new Map<string, Contact>();
  for (const contact of contacts) {
    const before = last.get(contact.customerId);
    const rested = !before || before.getTime() <= contact.at.getTime() - restDays * dayInMilliseconds;
    if (rested && !free.has(contact.customerId)) free.set(contact.customerId, contact);
  }
  if (free.size === 0) return [];
  const { rows } = await sql<{ customerId: string }>`
    insert into contacts (workspace_id, customer_id, id, at, kind, survey_id, source_id)
    select ${workspaceId}::uuid, "customerId", id, at, kind, "surveyId", "sourceId"
    from json_to_recordset(${JSON.stringify([...free.values()])}::json) as r
      ("customerId" uuid, id uuid, at timestamptz, kind text, "surveyId" uuid, "sourceId" uuid)
    on conflict do nothing returning customer_id as "customerId"`.execute(db);
  return rows.map(({ customerId }) => customerId);
}

// Apart from the insert, because a cluster cannot compare rows that are nowhere yet with those of its shards.
async function readLastContacts(db: Database, customerIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ customerId: string; at: Date }>`
    select customer_id as "customerId", max(at) as at from contacts
    where customer_id = any (${customerIds}::uuid[]) group by customer_id`.execute(db);
  return new Map(rows.map(({ customerId, at }) => [customerId, at]));
}

/** Notes contacts that are made whatever the budget says, as reminders are. */
export async function noteContacts(
  db: Database,
  workspaceId: string,
  contacts: readonly Contact[],
): Promise<void> {
  if (contacts.length === 0) return;
  await db
    .insertInto("contacts")
    .values(contacts.map((contact) => ({ workspaceId, ...contact })))
    .onConflict((c) => c.columns(["customerId", "id"]).doNothing())
    .execute();
}

/** Takes back contacts that did not come to be; the rest they would have begun is over. */
export async function giveBackContacts(
  db: Database,
  contacts: readonly { customerId: string; id: string }[],
): Promise<void> {
  if (contacts.length === 0) return;
  await sql`
    delete from contacts k using unnest(
      ${contacts.map(({ customerId }) => customerId)}::uuid[], ${contacts.map(({ id }) => id)}::uuid[]
    ) as r (customer_id, id)
    where k.customer_id = r.customer_id and k.id = r.id`.execute(db);
}

/** Until when each of these customers rests; those that have rested are left out. */
export async function readRests(
  db: Database,
  customerIds: readonly string[],
  { restDays, at }: { restDays: number; at: Date },
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ customerId: string; until: Date }>`
    select customer_id as "customerId", max(at) + ${restDays} * interval '24 hours' as until
    from contacts where customer_id = any (${customerIds}::uuid[])
    group by customer_id
    having max(at) + ${restDays} * interval '24 hours' > ${at}::timestamptz`.execute(db);
  return new Map(rows.map(({ customerId, until }) => [customerId, until]));
}
