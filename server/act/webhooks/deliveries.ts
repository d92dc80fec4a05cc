import type { Database } from "../../platform/database/open.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { noWebhook, type WebhookName } from "./change-webhooks.ts";
import { testAlert, withAddress } from "../alerts/alert-texts.ts";
import { showFailure } from "./failure.ts";
import { testEvent } from "./webhook.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

/** The last hundred things told to a webhook, newest first. */
export async function listDeliveries(
  { database: { db }, config }: Pick<Resources, "database" | "config">,
  webhook: WebhookName,
) {
  const { kind } = await requireWebhook(db, webhook);
  const rows = await db
    .selectFrom("deliveries")
    .select([
      "id",
      "event",
      "state",
      "attempts",
      "status",
      "failure",
      "createdAt",
      "dueAt",
      "deliveredAt",
      "body",
    ])
    .where("workspaceId", "=", webhook.workspaceId)
    .where("receiverId", "=", webhook.id)
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
  return rows.map((row) =>
    Object.assign(row, {
      failure: showFailure(row.failure),
      createdAt: row.createdAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
      // The address of this Nines is put in when people are told.
      body: kind === "webhook" ? row.body : withAddress(config, row.body),
    }),
  );
}

/** Tells a receiver that it works. */
export async function sendTest(
  { database, clock }: Pick<Resources, "database" | "clock">,
  webhook: WebhookName,
): Promise<string> {
  const now = clock.now();
  const id = newId(clock);
  await inTransaction(database.db, async (db) => {
    const { kind, language } = await requireActive(db, webhook);
    const body =
      kind === "webhook"
        ? { type: testEvent, timestamp: now.toISOString(), data: { webhookId: webhook.id } }
        : testAlert(kind, language);
    await db
      .insertInto("deliveries")
      .values({
        workspaceId: webhook.workspaceId,
        customerId: nobody,
        id,
        receiverId: webhook.id,
        event: testEvent,
        body: JSON.stringify(body),
        dueAt: now,
        createdAt: now,
      })
      .execute();
    await send(db, "deliver-webhooks", {});
  });
  return id;
}

/** Sends something again, from the first attempt on; the receiver knows it by its id. What is being sent already is not sent twice. */
export async function replayDelivery(
  { database, clock }: Pick<Resources, "database" | "clock">,
  webhook: WebhookName,
  deliveryId: string,
): Promise<void> {
  await inTransaction(database.db, async (db) => {
    await requireActive(db, webhook);
    const found = await db
      .selectFrom("deliveries")
      .select(["customerId", "id", "state"])
      .where("workspaceId", "=", webhook.workspaceId)
      .where("receiverId", "=", webhook.id)
      .where("id", "=", deliveryId)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw new Refusal("not_found", "There is no such delivery; the log goes back 30 days.");
    if (found.state === "sending") return;
    await db
      .updateTable("deliveries")
      .set({ state: "due", dueAt: clock.now(), attempts: 0, deliveredAt: null })
      .where("customerId", "=", found.customerId)
      .where("id", "=", found.id)
      .execute();
    await send(db, "deliver-webhooks", {});
  });
}

async function requireWebhook(db: Database, webhook: WebhookName) {
  const { workspaceId, id, kinds = ["webhook"] } = webhook;
  const row = await db
    .selectFrom("receivers")
    .select(["state", "kind", "language"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .where("kind", "in", kinds)
    .executeTakeFirst();
  if (!row) throw noWebhook(webhook);
  return row;
}

async function requireActive(db: Database, webhook: WebhookName) {
  const found = await requireWebhook(db, webhook);
  if (found.state === "active") return found;
  const what = webhook.kinds ? "receiver" : "webhook";
  throw new Refusal("conflict", `This ${what} is not active; activate it first, then send.`, {
    reason: "webhook_not_active",
  });
}
