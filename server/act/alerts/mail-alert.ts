import { isSample } from "../../platform/accounts/is-sample.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import type { Resources } from "../../platform/resources.ts";
import type { Settled } from "../webhooks/attempt-delivery.ts";
import type { ClaimedDelivery } from "../webhooks/claim-deliveries.ts";
import { withAddress } from "./alert-texts.ts";

/** Hands an alert to the mail job, which keeps its own tries; once, in the transaction that settles its delivery. */
export async function mailAlert(
  { database, clock, config }: Resources,
  to: string,
  delivery: ClaimedDelivery,
  settle: (db: Database, delivery: ClaimedDelivery, settled: Settled) => Promise<boolean>,
): Promise<void> {
  const { subject = "", text = "" } = JSON.parse(delivery.body) as Record<string, string>;
  await inTransaction(database.db, async (db) => {
    const { workspaceId } = delivery;
    const id = newId(clock);
    const delivered = { state: "delivered" as const, error: null, deliveredAt: clock.now(), mailId: id };
    if (!(await settle(db, delivery, delivered))) return;
    const answers = await firstMail(db, delivery);
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
