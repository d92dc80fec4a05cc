import { mailAlert } from "../alerts/mail-alert.ts";
import { withAddress } from "../alerts/alert-texts.ts";
import { movedSince } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { OutsideFailure } from "../../platform/outgoing/outside-failure.ts";
import { OutsideError, requestOutside } from "../../platform/outgoing/request-outside.ts";
import type { Resources } from "../../platform/resources.ts";
import { version } from "../../platform/version.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import { disableWebhook } from "./disable-webhook.ts";
import { failingFor, nextAttempt } from "./retry-schedule.ts";
import { signWebhook } from "./sign-webhook.ts";

const gone = 410;

interface Outcome {
  status: number | null;
  failure: OutsideFailure | null;
  retryAfter?: string | undefined;
}

/** Tells a receiver one thing, once, and writes down what came of it. */
export async function attemptDelivery(resources: Resources, delivery: ClaimedDelivery): Promise<void> {
  const { db } = resources.database;
  const receiver = await db
    .selectFrom("receivers")
    .selectAll()
    .where("workspaceId", "=", delivery.workspaceId)
    .where("id", "=", delivery.receiverId)
    .executeTakeFirst();
  if (!receiver) return forget(db, delivery);
  if (receiver.state !== "active") {
    await settle(db, delivery, { state: "cancelled" });
    return;
  }
  if (receiver.kind === "email") return mailAlert(resources, receiver.address, delivery, settle);
  const outcome = await post(
    resources,
    receiver.address,
    delivery,
    secretsOf(receiver, resources.clock.now()),
  );
  const { failure, ...answer } = outcome;
  if (failure === null) await noteSuccess(resources, delivery, answer);
  else await noteFailure(resources, delivery, { ...answer, failure });
}

/** Written down at the moment when its receiver was deleted; with the receiver its log goes too. */
async function forget(db: Database, { customerId, id, claim }: ClaimedDelivery): Promise<void> {
  await db
    .deleteFrom("deliveries")
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .where("claim", "=", claim)
    .execute();
}

interface Secrets {
  secret: string | null;
  oldSecret: string | null;
  oldSecretUntil: Date | null;
}

/** By which of its secrets a webhook is signed now; Slack has none. */
function secretsOf({ secret, oldSecret, oldSecretUntil }: Secrets, now: Date): string[] {
  if (secret === null) return [];
  const oldCounts = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now;
  return oldCounts ? [secret, oldSecret] : [secret];
}

async function post(
  { config, clock }: Resources,
  url: string,
  { id, body: stored }: ClaimedDelivery,
  secrets: readonly string[],
): Promise<Outcome> {
  const isSigned = secrets.length > 0;
  // What is signed is sent as it was stored; in what people read, the address of this Nines is put in now.
  const body = isSigned ? stored : withAddress(config, stored);
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const headers = {
    "content-type": "application/json",
    "user-agent": `Nines/${version}`,
    ...(isSigned && signWebhook(secrets, { id, seconds, body })),
  };
  try {
    // Only the status counts; nothing of what a receiver says is kept or shown.
    const { status, retryAfter } = await requestOutside(config.outgoing, { url, body, headers, most: 0 });
    const isAccepted = status >= 200 && status < 300;
    return { status, retryAfter, failure: isAccepted ? null : { reason: "answered", values: { status } } };
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    return { status: null, failure: error.failure };
  }
}

async function noteSuccess(
  { database, clock }: Resources,
  delivery: ClaimedDelivery,
  { status }: Pick<Outcome, "status">,
): Promise<void> {
  const { db } = database;
  await settle(db, delivery, { state: "delivered", status, failure: null, deliveredAt: clock.now() });
  await db
    .updateTable("receivers")
    .set({ failingSince: null })
    .where("workspaceId", "=", delivery.workspaceId)
    .where("id", "=", delivery.receiverId)
    .where("failingSince", "is not", null)
    .execute();
}

async function noteFailure(
  resources: Resources,
  delivery: ClaimedDelivery,
  { status, failure, retryAfter }: Outcome & { failure: OutsideFailure },
): Promise<void> {
  const { workspaceId, receiverId: id, attempts } = delivery;
  const now = resources.clock.now();
  await inTransaction(resources.database.db, async (db) => {
    const next = status === gone ? undefined : nextAttempt(attempts, now, retryAfter);
    const isSettled = await settle(db, delivery, {
      status,
      failure: JSON.stringify(failure),
      ...(next ? { state: "due" as const, dueAt: next } : { state: "failed" as const }),
    });
    // Somebody else has taken it over.
    if (!isSettled) return;
    const receiver = await db
      .updateTable("receivers")
      .set((e) => ({ failingSince: e.fn.coalesce("failingSince", e.val(now)) }))
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .where("state", "=", "active")
      .returning("failingSince")
      .executeTakeFirst();
    if (!receiver?.failingSince) return;
    const isTooLong = now.getTime() - receiver.failingSince.getTime() >= failingFor;
    if (status === gone || isTooLong) await disableWebhook(resources, db, { workspaceId, id }, failure);
  });
}

export type Settled = { state: "cancelled" | "delivered" | "failed" | "due" } & Partial<{
  status: number | null;
  failure: string | null;
  dueAt: Date;
  attempts: number;
  deliveredAt: Date;
  mailId: string;
}>;

async function settle(db: Database, delivery: ClaimedDelivery, settled: Settled): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("deliveries")
    .set({
      ...settled,
      claim: null,
      claimedAt: null,
      // Told as it was when the try began; what changed meanwhile is in the alert that follows.
      ...(settled.state === "delivered" && { newer: null }),
    })
    .where("customerId", "=", delivery.customerId)
    .where("id", "=", delivery.id)
    .where("claim", "=", delivery.claim)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return true;
  // Taken over by another process; or its customer was found to be another meanwhile, and it moved with them.
  const [moved] = await movedSince(db, [delivery]);
  return moved ? settle(db, moved, settled) : false;
}
