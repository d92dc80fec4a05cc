import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { InboxSettings } from "./inbox-settings.ts";

/** Who is to have a case; whoever is no member any more is replaced by the next in turn. */
export type OwnerWish =
  | { kind: "account_owner" }
  | { kind: "in_turn" }
  | { kind: "person"; person: string }
  | { kind: "nobody" };

interface Whose {
  workspaceId: string;
  customerId: string;
}

/** The member who gets the case of this customer; null for nobody. In the caller's transaction, because a turn is taken. */
export async function chooseOwner(
  db: Database,
  { workspaceId, customerId }: Whose,
  wish: OwnerWish,
  settings: InboxSettings,
): Promise<string | null> {
  if (wish.kind === "nobody") return null;
  if (wish.kind === "person" && (await isMember(db, workspaceId, wish.person))) return wish.person;
  const accountOwner =
    wish.kind === "account_owner"
      ? await findAccountOwner(db, { workspaceId, customerId }, settings.ownerTrait)
      : undefined;
  return accountOwner ?? (await takeTurn(db, workspaceId, settings.turn));
}

/** Whether somebody can have cases: members who may reply. */
export async function isMember(db: Database, workspaceId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom("members")
    .select("personId")
    .where("workspaceId", "=", workspaceId)
    .where("personId", "=", personId)
    .where("role", "!=", "viewer")
    .executeTakeFirst();
  return row !== undefined;
}

async function findAccountOwner(
  db: Database,
  { workspaceId, customerId }: Whose,
  trait: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select p.id from customers c left join accounts a on a.id = c.account_id
      join members m on m.workspace_id = c.workspace_id and m.role <> 'viewer' join people p on p.id = m.person_id
    where c.id = ${customerId}::uuid and c.workspace_id = ${workspaceId}::uuid
      and lower(coalesce(a.traits ->> ${trait}, c.traits ->> ${trait})) in (lower(p.email), lower(p.name))
    order by lower(p.email) = lower(coalesce(a.traits ->> ${trait}, c.traits ->> ${trait})) desc, p.id limit 1`.execute(
    db,
  );
  return rows[0]?.id;
}

/** The next of those who take turns. Whose row another transaction has in hand is passed over, so that nobody waits. */
async function takeTurn(
  db: Database,
  workspaceId: string,
  chosen: readonly string[],
): Promise<string | null> {
  const members = await db
    .selectFrom("members")
    .select("personId")
    .where("workspaceId", "=", workspaceId)
    .where("role", "!=", "viewer")
    .orderBy("personId")
    .execute();
  const all = members.map(({ personId }) => personId);
  const among = chosen.length > 0 ? all.filter((id) => chosen.includes(id)) : all;
  const [first] = among;
  if (first === undefined) return null;
  if (among.length === 1) return first;
  await db
    .insertInto("inboxTurns")
    .values(among.map((personId) => ({ workspaceId, personId })))
    .onConflict((c) => c.doNothing())
    .execute();
  const { rows } = await sql<{ personId: string }>`
    update inbox_turns t set number = 1 + (select max(number) from inbox_turns where workspace_id = ${workspaceId}::uuid)
    where t.workspace_id = ${workspaceId}::uuid and t.person_id = (
      select person_id from inbox_turns where workspace_id = ${workspaceId}::uuid and person_id = any (${among}::uuid[])
      order by number, person_id limit 1 for update skip locked)
    returning t.person_id as "personId"`.execute(db);
  return rows[0]?.personId ?? first;
}
