import { isSample } from "../../platform/accounts/is-sample.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { isMailWaiting, sendMail } from "../../platform/mail/send-mail.ts";
import type { Resources } from "../../platform/resources.ts";
import type { Settled } from "../webhooks/attempt-delivery.ts";
import type { ClaimedDelivery } from "../webhooks/claim-deliveries.ts";
import { withAddress } from "./alert-texts.ts";

/** The mail server is down: so long until it is looked again whether the first mail has left. */
const pause = 30_000;

/**
 * Hands an alert to the mail job, which keeps its own tries; once, in the transaction that settles its delivery. One that answers
 * a mail that has not left yet waits for it, or the mail job might send it first.
 */
export async function mailAlert(
  { database, clock, config }: Resources,
  to: string,
  delivery: ClaimedDelivery,
  settle: (db: Database, delivery: ClaimedDelivery, settled: Settled) => Promise<boolean>,
): Promise<void> {
  const { subject = "", text = "" } = JSON.parse(delivery.body) as Record<string, string>;
  await inTransaction(database.db, async (db) => {
    const { workspaceId } = delivery;
    const answers = await firstMail(db, delivery);
    if (answers && (await isMailWaiting(db, answers))) {
      const dueAt = new Date(clock.now().getTime() + pause);
      await settle(db, delivery, { state: "due", dueAt, attempts: delivery.attempts - 1 });
      return;
    }
    const id = newId(clock);
    const delivered = { state: "delivered" as const, failure: null, deliveredAt: clock.now(), mailId: id };
    if (!(await settle(db, delivery, delivered))) return;
    await sendMail(db, clock, {
      id,
      ...(answers && { answers }),
      to,
      subject,
      text: withAddress(config, text),
      workspaceId,
      stays: await isSample(db, workspaceId),
    });
  });
}

/** The mail that told of this answer before. */
async function firstMail(
  db: Database,
  { customerId, follows }: ClaimedDelivery,
): Promise<string | null | undefined> {
  if (follows === null) return undefined;
  const first = await db
    .selectFrom("deliveries")
    .select("mailId")
    .where("customerId", "=", customerId)
    .where("id", "=", follows)
    .executeTakeFirst();
  return first?.mailId;
}
