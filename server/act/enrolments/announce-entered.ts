import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import type { WebhookEvent } from "../webhooks/webhook.ts";
import type { Entered } from "./enrol-batch.ts";
import type { PlayingPlay } from "./playing.ts";

const event: WebhookEvent = "play.entered";

/** Writes down for each webhook that wants to know who entered a play, and in which arm. In the caller's transaction. */
export async function announceEntered(
  db: Database,
  { workspaceId, id, name, version }: Pick<PlayingPlay, "workspaceId" | "id" | "name" | "version">,
  entered: readonly Entered[],
  now: Date,
): Promise<void> {
  if (entered.length === 0) return;
  const receivers = await db
    .selectFrom("receivers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("kind", "=", "webhook")
    .where("state", "=", "active")
    .where(sql<boolean>`${event}::text = any (events)`)
    .execute();
  if (receivers.length === 0) return;
  const rows = entered.flatMap(({ customerId, id: enrolmentId, arm, score, category }) => {
    const data = { play: { id, name, version }, enrolmentId, customerId, arm, score, category };
    const body = JSON.stringify({ type: event, timestamp: now.toISOString(), data });
    return receivers.map(({ id: receiverId }) => ({
      workspaceId,
      customerId,
      id: idOf("delivery", receiverId, event, enrolmentId),
      receiverId,
      event,
      body,
      dueAt: now,
      createdAt: now,
    }));
  });
  await sql`
    insert into deliveries (workspace_id, customer_id, id, receiver_id, event, body, due_at, created_at)
    select "workspaceId", "customerId", id, "receiverId", event, body, "dueAt", "createdAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("workspaceId" uuid, "customerId" uuid, id uuid,
      "receiverId" uuid, event text, body text, "dueAt" timestamptz, "createdAt" timestamptz)
    on conflict do nothing`.execute(db);
  await send(db, "deliver-webhooks", {});
}
