import type { FoundMail, OtherMail } from "../../collect/email/other-mail.ts";
import type { Database } from "../../platform/database/open.ts";
import { markMessage } from "./mark-message.ts";

/** Mails of plays and of the inbox, for what leads back to them: bounces and complaints. */
export const messagesAsMail: OtherMail = {
  async find(db, { customerId, id }) {
    const row = await sentTo(db, customerId).where("id", "=", id).executeTakeFirst();
    return row && complete(row)[0];
  },
  async sentSince(db, customerId, since) {
    const rows = await sentTo(db, customerId)
      .where("sentAt", ">", since)
      .orderBy("sentAt", "desc")
      .limit(100)
      .execute();
    return rows.flatMap(complete);
  },
  async mark(db, mail, what, at) {
    if (what !== "soft_bounce") return markMessage(db, mail, what, at);
    await db
      .updateTable("messages")
      .set({ reason: "soft_bounce" })
      .where("customerId", "=", mail.customerId)
      .where("id", "=", mail.id)
      .where("state", "=", "sent")
      .where("bouncedAt", "is", null)
      .execute();
  },
};

function sentTo(db: Database, customerId: string) {
  return db
    .selectFrom("messages")
    .select(["workspaceId", "customerId", "id", "recipient", "language", "sentAt"])
    .where("customerId", "=", customerId)
    .where("direction", "=", "out");
}

function complete({
  recipient,
  ...row
}: Omit<FoundMail, "recipient"> & { recipient: string | null }): FoundMail[] {
  return recipient === null ? [] : [{ ...row, recipient }];
}
