import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";

/** So many at once to one receiver, in one process. */
const atOnce = 4;
/** After so long a claim is free again; longer than any attempt takes. */
const claimSeconds = 60;

/** Something to be told, in the hands of this process alone. */
export interface ClaimedDelivery {
  workspaceId: string;
  customerId: string;
  id: string;
  receiverId: string;
  body: string;
  /** The alert before it of the same answer. */
  follows: string | null;
  attempts: number;
  claim: string;
}

/** What follows another waits until that one was told, or given up: nobody hears the correction first. */
const isFree = (now: Date) => sql<boolean>`
  d.state in ('due', 'sending') and d.due_at <= ${now}::timestamptz
  and (d.state = 'due' or d.claimed_at <= ${now}::timestamptz - ${claimSeconds} * interval '1 second')
  and not exists (
    select from deliveries f where f.customer_id = d.customer_id and f.id = d.follows and f.state in ('due', 'sending'))`;

/** Active receivers that something is due for. */
export async function findDueReceivers(db: Database, now: Date): Promise<string[]> {
  const due = await db
    .selectFrom("deliveries as d")
    .select("d.receiverId")
    .distinct()
    .where(isFree(now))
    .execute();
  return due.map(({ receiverId }) => receiverId);
}

/** Takes the next deliveries of a receiver; another process that wants the same ones at the same moment gets others. */
export async function claimDeliveries(
  db: Database,
  receiverId: string,
  now: Date,
): Promise<ClaimedDelivery[]> {
  const free = await db
    .selectFrom("deliveries as d")
    .select(["d.customerId", "d.id"])
    .where("d.receiverId", "=", receiverId)
    .where(isFree(now))
    .orderBy("d.dueAt")
    .limit(atOnce)
    .execute();
  const claimed = await Promise.all(free.map((named) => claim(db, named, now)));
  const all = claimed.flat();
  // Others were quicker: there may be more behind what they took.
  return free.length > 0 && all.length === 0 ? claimDeliveries(db, receiverId, now) : all;
}

/** With the newest words, where the answer changed during a try that failed or was lost; what was to follow it says them no more. */
async function claim(
  db: Database,
  { customerId, id }: { customerId: string; id: string },
  now: Date,
): Promise<ClaimedDelivery[]> {
  return inTransaction(db, async (db) => {
    const { rows } = await sql<ClaimedDelivery & { isRenewed: boolean }>`
      update deliveries d set state = 'sending', claim = ${randomUUID()}::uuid, claimed_at = ${now}::timestamptz,
        attempts = attempts + 1, body = coalesce(newer->>'body', body), says = coalesce(newer->'says', says)
      where d.customer_id = ${customerId}::uuid and d.id = ${id}::uuid and ${isFree(now)}
      returning d.workspace_id as "workspaceId", d.customer_id as "customerId", d.id, d.receiver_id as "receiverId",
        d.body, d.follows, d.attempts, d.claim, d.newer is not null as "isRenewed"`.execute(db);
    if (rows[0]?.isRenewed) {
      await db
        .updateTable("deliveries")
        .set({ newer: null })
        .where("customerId", "=", customerId)
        .where("id", "=", id)
        .execute();
      await db
        .deleteFrom("deliveries")
        .where("customerId", "=", customerId)
        .where("follows", "=", id)
        .where("state", "=", "due")
        .execute();
    }
    return rows;
  });
}
