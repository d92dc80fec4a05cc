import type { z } from "@hono/zod-openapi";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { readOutsideUrl } from "../../platform/outgoing/outside-url.ts";
import type { Resources } from "../../platform/resources.ts";
import { keepReceiverOfPlays } from "../plays/keep-used.ts";
import { newWebhookSecret } from "./sign-webhook.ts";
import type { NewWebhook, WebhookChange } from "./webhook.ts";

const mostOfWorkspace = 20;
const bothSecretsFor = 24 * 3_600_000;

/** Which receiver of which workspace. */
export interface WebhookName {
  workspaceId: string;
  id: string;
  /** Which kinds it may be of; default: a webhook. */
  kinds?: readonly ReceiverKind[];
}
export type ReceiverKind = "email" | "slack" | "webhook";

/** Makes a webhook; its secret can be shown only now. @throws Refusal when its address may not be asked */
export async function createWebhook(
  { database, clock, config }: Resources,
  workspaceId: string,
  { name, url, events, createdBy }: z.infer<typeof NewWebhook> & { createdBy: string | null },
): Promise<{ id: string; secret: string }> {
  const address = allowedAddress(config, url);
  const { db } = database;
  const { count } = await db
    .selectFrom("receivers")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("workspaceId", "=", workspaceId)
    .where("kind", "=", "webhook")
    .executeTakeFirstOrThrow();
  if (count >= mostOfWorkspace)
    throw new Refusal(
      "conflict",
      `A workspace has at most ${mostOfWorkspace} webhooks; delete one that is not needed any more.`,
      { reason: "too_many_webhooks", values: { most: mostOfWorkspace } },
    );
  const [id, secret] = [newId(clock), newWebhookSecret()];
  const now = clock.now();
  const times = { createdAt: now, updatedAt: now };
  await db
    .insertInto("receivers")
    .values({ workspaceId, id, kind: "webhook", name, address, secret, events, createdBy, ...times })
    .execute();
  return { id, secret };
}

/** Changes a webhook. What is still to be sent is given up when it is paused, and can be sent from the log. */
export async function changeWebhook(
  { database, clock, config }: Resources,
  webhook: WebhookName,
  { name, url, events, state }: z.infer<typeof WebhookChange>,
): Promise<void> {
  const address = url === undefined ? undefined : allowedAddress(config, url);
  await inTransaction(database.db, async (db) => {
    const { numUpdatedRows } = await selected(db, webhook)
      .set({
        updatedAt: clock.now(),
        ...(name !== undefined && { name }),
        ...(address !== undefined && { address }),
        ...(events && { events }),
        ...(state && { state, disabledAt: null, failure: null }),
        ...(state === "active" && { failingSince: null }),
      })
      .executeTakeFirst();
    if (!numUpdatedRows) throw noWebhook();
    if (state === "paused") await cancelDeliveries(db, webhook);
  });
}

/** Gives a webhook another secret; for a day both sign. */
export async function rotateSecret(
  { database, clock }: Pick<Resources, "database" | "clock">,
  webhook: WebhookName,
): Promise<string> {
  const now = clock.now();
  const secret = newWebhookSecret();
  const { numUpdatedRows } = await selected(database.db, webhook)
    .set((e) => ({
      oldSecret: e.ref("secret"),
      oldSecretUntil: new Date(now.getTime() + bothSecretsFor),
      secret,
      updatedAt: now,
    }))
    .executeTakeFirst();
  if (!numUpdatedRows) throw noWebhook();
  return secret;
}

/** Deletes a webhook with its log. @throws Refusal while a play tells it */
export async function deleteWebhook(db: Database, webhook: WebhookName): Promise<void> {
  const { workspaceId, id, kinds = ["webhook"] } = webhook;
  await inTransaction(db, async (db) => {
    // Locked before the plays are looked at: one that is being published with it either is seen, or no longer finds it.
    const found = await db
      .selectFrom("receivers")
      .select("name")
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .where("kind", "in", kinds)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw noWebhook(webhook);
    await keepReceiverOfPlays(db, { workspaceId, id, name: found.name });
    await db.deleteFrom("receivers").where("workspaceId", "=", workspaceId).where("id", "=", id).execute();
    await db
      .deleteFrom("deliveries")
      .where("workspaceId", "=", workspaceId)
      .where("receiverId", "=", id)
      .execute();
  });
}

/** Gives up what is still to be sent to a receiver. */
export async function cancelDeliveries(db: Database, { workspaceId, id }: WebhookName): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ state: "cancelled" })
    .where("workspaceId", "=", workspaceId)
    .where("receiverId", "=", id)
    .where("state", "=", "due")
    .execute();
}

export const noWebhook = ({ kinds }: Pick<WebhookName, "kinds"> = {}) =>
  new Refusal("not_found", `There is no such ${kinds ? "receiver" : "webhook"}; it may have been deleted.`);

function selected(db: Database, { workspaceId, id }: WebhookName) {
  return db
    .updateTable("receivers")
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .where("kind", "=", "webhook");
}

/** An address as it is stored. @throws Refusal when it may not be asked */
export function allowedAddress({ outgoing }: Resources["config"], text: string, path = "url"): string {
  const { url, problem } = readOutsideUrl(text, outgoing);
  if (url) return url.href;
  const { reason, sentence } = problem;
  throw new Refusal("bad_input", `${path}: ${sentence}.`, {
    problems: [{ path, message: sentence, reason: `url_${reason}` }],
  });
}
