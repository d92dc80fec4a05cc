import { contactIdOf } from "../../collect/asking/invitation.ts";
import { giveBackContacts } from "../../collect/asking/contact-budget.ts";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";

/** A mail to one customer, of a play or of the inbox, as it is to be sent. */
export interface NewMessage {
  workspaceId: string;
  customerId: string;
  /** Names the mail: the same id twice is one mail. */
  id: string;
  /** held: it can be taken back until `sendAfter`. */
  state: "held" | "queued";
  sendAfter: Date;
  language: string | null;
  sender: { name: string | null; replyTo: string | null };
  recipient: string;
  subject: string;
  text: string;
  html: string | null;
  enrolmentId?: string | null;
  stepRunId?: string | null;
  playId?: string | null;
  caseId?: string | null;
  /** The Message-ID that it answers, without its angle brackets. */
  inReplyTo?: string | null;
  writtenBy?: string | null;
  /** What was chosen for this customer, by the ids of the library. */
  content?: readonly string[];
  now: Date;
}

/** Queues a mail in the caller's transaction. Whoever contacts a customer by it reserves `contactIdOf(id, 0)` before. */
export async function queueMessage(db: Database, message: NewMessage): Promise<void> {
  await queueMessages(db, [message]);
}

/** The same for many. */
export async function queueMessages(db: Database, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await db
    .insertInto("messages")
    .values(
      messages.map(({ now, sender, content, ...row }) => ({
        ...row,
        direction: "out" as const,
        sender: sender.name,
        replyTo: sender.replyTo,
        content: [...(content ?? [])],
        createdAt: now,
      })),
    )
    .onConflict((c) => c.columns(["customerId", "id"]).doNothing())
    .execute();
  if (messages.some(({ sendAfter, now }) => sendAfter <= now)) await send(db, "send-messages", {});
}

/**
 * Takes a held mail back, as long as nobody has begun to send it.
 * @returns false when it is too late, or was never held
 */
export async function cancelMessage(
  db: Database,
  { workspaceId, customerId, id }: { workspaceId: string; customerId: string; id: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("messages")
    .set({ state: "cancelled", reason: "taken_back" })
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .where("state", "=", "held")
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await giveBackContacts(db, [{ customerId, id: contactIdOf(id, 0) }]);
  return true;
}
