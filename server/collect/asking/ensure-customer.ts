import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { accountIdOf, customerKeys, normaliseEmail, normalisePhone } from "../customer.ts";
import type { AskedCustomer } from "./new-invitation.ts";

/**
 * The customer with these particulars: found by the first of their keys that is known, else made; what is said about
 * them is kept, and whoever says it is trusted, so they are verified from now on. In the caller's transaction, which has the workspace's lock.
 */
export async function ensureCustomer(
  db: Database,
  clock: Clock,
  workspaceId: string,
  customer: AskedCustomer,
): Promise<string> {
  const keys = customerKeys(customer);
  const { id, newKeys } = await claimKeys(db, workspaceId, keys, newId(clock));
  if (customer.account) await ensureAccount(db, clock, workspaceId, customer.account);
  await writeCustomer(db, clock, workspaceId, { id, newKeys, customer });
  return id;
}

/** Gives the keys that nobody has to whoever has another of them, or to a new customer. */
async function claimKeys(
  db: Database,
  workspaceId: string,
  keys: readonly string[],
  freshId: string,
): Promise<{ id: string; newKeys: string[] }> {
  const owner = await ownerOf(db, workspaceId, keys);
  const insert = async (customerId: string) => {
    // In the order in which every transaction takes them, so that none waits for another in a circle.
    const { rows } = await sql<{ key: string }>`
      insert into customer_keys (workspace_id, key, customer_id)
      select ${workspaceId}::uuid, key, ${customerId}::uuid from unnest(${keys.toSorted()}::text[]) as key
      on conflict do nothing returning key`.execute(db);
    return rows.map(({ key }) => key);
  };
  const newKeys = await insert(owner ?? freshId);
  if (owner || newKeys.length === keys.length) return { id: owner ?? freshId, newKeys };
  // Another transaction was quicker with some of them: theirs is the customer.
  const others = keys.filter((key) => !newKeys.includes(key));
  const id = (await ownerOf(db, workspaceId, others)) ?? freshId;
  await sql`
    update customer_keys set customer_id = ${id}::uuid
    where workspace_id = ${workspaceId}::uuid and key = any (${newKeys}::text[])`.execute(db);
  return { id, newKeys };
}

async function ownerOf(
  db: Database,
  workspaceId: string,
  keys: readonly string[],
): Promise<string | undefined> {
  const rows = await db
    .selectFrom("customerKeys")
    .select(["key", "customerId"])
    .where("workspaceId", "=", workspaceId)
    .where("key", "in", keys)
    .execute();
  return keys.map((key) => rows.find((row) => row.key === key)?.customerId).find(Boolean);
}

async function ensureAccount(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { id: key, name }: NonNullable<AskedCustomer["account"]>,
): Promise<void> {
  await sql`
    insert into accounts as a (workspace_id, id, key, name, created_at)
    values (${workspaceId}::uuid, ${accountIdOf(workspaceId, key)}::uuid, ${key}, ${name ?? null}, ${clock.now()})
    on conflict (workspace_id, key) do update set name = excluded.name
    where excluded.name is not null and a.name is distinct from excluded.name`.execute(db);
}

interface Written {
  id: string;
  /** Only keys that became this customer's: an address that belongs to somebody else stays with them. */
  newKeys: readonly string[];
  customer: AskedCustomer;
}

async function writeCustomer(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { id, newKeys, customer }: Written,
): Promise<void> {
  const given = (kind: string, value: string | null | undefined) =>
    value && newKeys.some((key) => key.startsWith(`${kind}:`)) ? value : null;
  const now = clock.now();
  await db
    .insertInto("customers")
    .values({
      workspaceId,
      id,
      accountId: customer.account ? accountIdOf(workspaceId, customer.account.id) : null,
      externalId: given("id", customer.id),
      email: given("email", customer.email && normaliseEmail(customer.email)),
      phone: given("phone", customer.phone && normalisePhone(customer.phone)),
      name: customer.name?.trim() || null,
      language: customer.language ?? null,
      timeZone: customer.timeZone ?? null,
      traits: JSON.stringify(customer.traits ?? {}),
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((c) =>
      c.column("id").doUpdateSet({
        accountId: sql`coalesce(excluded.account_id, customers.account_id)`,
        externalId: sql`coalesce(customers.external_id, excluded.external_id)`,
        // Of whoever becomes verified by this, an address that was only claimed is forgotten.
        email: sql`coalesce(excluded.email, case when customers.verified then customers.email end)`,
        verified: true,
        // It was the former address that bounced.
        bouncedAt: sql`case when excluded.email is null or excluded.email = customers.email then customers.bounced_at end`,
        phone: sql`coalesce(excluded.phone, case when customers.verified then customers.phone end)`,
        name: sql`coalesce(excluded.name, customers.name)`,
        language: sql`coalesce(excluded.language, customers.language)`,
        timeZone: sql`coalesce(excluded.time_zone, customers.time_zone)`,
        traits: sql`customers.traits || excluded.traits`,
        updatedAt: now,
      }),
    )
    .execute();
}
