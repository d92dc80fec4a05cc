import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import type { WebhookEvent } from "./webhook.ts";

const event: WebhookEvent = "customer.passive_started";
/** Who has been passive for longer was so before anybody wanted to know. */
const newFor = 24 * 3_600_000;
/** Somebody who goes to and fro is told of once in so many days. */
const quietDays = 30;
const mostAtOnce = 5_000;

interface Started {
  customerId: string;
  since: Date;
  status: string;
  score: number | null;
  reasons: string[];
  email: string | null;
  name: string | null;
  externalId: string | null;
}

/** Tells webhooks who has become passive, by an answer or by what they do: of these customers, or of all. */
export async function announcePassives(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  customers?: ReadonlySet<string>,
): Promise<void> {
  const receivers = await db
    .selectFrom("receivers")
    .select(["id", "createdAt"])
    .where("workspaceId", "=", workspaceId)
    .where("kind", "=", "webhook")
    .where("state", "=", "active")
    .where(sql<boolean>`${event}::text = any (events)`)
    .execute();
  const now = clock.now();
  for (const { id: receiverId, createdAt } of receivers) {
    const since = new Date(Math.max(createdAt.getTime(), now.getTime() - newFor));
    const started = await findStarted(db, workspaceId, { receiverId, customers, since, now });
    if (started.length === 0) continue;
    const rows = started.map(({ customerId, since, status, score, reasons, email, name, externalId }) => {
      const customer = { id: customerId, externalId, email, name };
      const data = { customer, status, since, score, reasons };
      return {
        customerId,
        id: idOf("delivery", receiverId, event, customerId, since.toISOString()),
        body: JSON.stringify({ type: event, timestamp: now.toISOString(), data }),
      };
    });
    await inTransaction(db, async (db) => {
      await sql`
        insert into deliveries (workspace_id, customer_id, id, receiver_id, event, body, due_at, created_at)
        select ${workspaceId}::uuid, "customerId", id, ${receiverId}::uuid, ${event}, body, ${now}::timestamptz,
          ${now}::timestamptz
        from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, id uuid, body text)
        on conflict do nothing`.execute(db);
      await send(db, "deliver-webhooks", {});
    });
  }
}

async function findStarted(
  db: Database,
  workspaceId: string,
  {
    receiverId,
    customers,
    since,
    now,
  }: { receiverId: string; customers: ReadonlySet<string> | undefined; since: Date; now: Date },
): Promise<Started[]> {
  const { rows } = await sql<Started>`
    select s.customer_id as "customerId", s.status_since as since, s.status, s.score, s.reasons, c.email, c.name,
      c.external_id as "externalId"
    from standings s join customers c on c.id = s.customer_id
    where s.workspace_id = ${workspaceId}::uuid and s.status in ('stated', 'behavioural', 'both')
      and s.status_since > ${since}::timestamptz and not s.gone and not c.anonymous and c.verified
      ${customers ? sql`and s.customer_id = any (${[...customers]}::uuid[])` : sql``}
      and not exists (
        select from deliveries d where d.customer_id = s.customer_id and d.receiver_id = ${receiverId}::uuid
          and d.event = ${event} and d.created_at > ${now}::timestamptz - ${quietDays} * interval '24 hours')
    order by s.status_since limit ${mostAtOnce}`.execute(db);
  return rows;
}
