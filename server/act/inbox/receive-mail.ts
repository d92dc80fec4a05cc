import { hash } from "node:crypto";
import { readMessageId } from "../../collect/email/message-id.ts";
import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { senderAddress } from "../../platform/mail/sender.ts";
import type { Resources } from "../../platform/resources.ts";
import { findCaseToRaise } from "./find-case-to-raise.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { lockCasesOf } from "./lock-cases.ts";
import { noteChange } from "./note-change.ts";
import { openCase } from "./open-case.ts";
import type { IncomingMail } from "./read-incoming-mail.ts";
import { messageOfAddress } from "./reply-address.ts";
import { replyDue } from "./reply-due.ts";

/** stored: it is in the conversation; known: it was before; unknown: it answers nothing of ours; own: we sent it. */
export type Received = "stored" | "automatic" | "known" | "unknown" | "own";

interface Answered {
  workspaceId: string;
  customerId: string;
  id: string;
  caseId: string | null;
  playId: string | null;
  enrolmentId: string | null;
}

/**
 * Stores a mail that answers one of ours, and opens its case again, or a new one. Which mail it answers it says by the address
 * it came to, or by the Message-IDs it names; both hold what nobody can guess, so whoever only knows a customer's address
 * gets nothing in here.
 */
export async function receiveMail(
  { database: { db }, clock, config }: Resources,
  mail: IncomingMail,
  raw: Uint8Array,
): Promise<Received> {
  const own = [config.replyAddress, config.bounceAddress, senderAddress(config.mailFrom)];
  if (own.includes(mail.from.address) || messageOfAddress(config, mail.from.address)) return "own";
  const seen = await findAnswered(db, config, mail);
  if (!seen) return "unknown";
  const now = clock.now();
  return inTransaction(db, async (db): Promise<Received> => {
    await lockWorkspace(db, seen.workspaceId, "shared");
    // They may have been merged or erased a moment ago.
    const answered = await findAnswered(db, config, mail);
    if (answered?.workspaceId !== seen.workspaceId) return "unknown";
    const { workspaceId, customerId } = answered;
    await lockCasesOf(db, customerId);
    const id = idOf("received", workspaceId, mail.messageId ?? hash("sha256", raw));
    const stored = await db
      .insertInto("messages")
      .values({
        workspaceId,
        customerId,
        id,
        direction: "in",
        state: "received",
        enrolmentId: answered.enrolmentId,
        playId: answered.playId,
        sender: mail.from.address,
        subject: mail.subject,
        text: mail.text,
        messageId: mail.messageId,
        inReplyTo: mail.answers[0] ?? null,
        reason: mail.isAutomatic ? "automatic" : null,
        createdAt: now,
        sendAfter: now,
        content: [],
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!stored) return "known";
    const caseId = mail.isAutomatic ? answered.caseId : await raiseCase(db, answered, { id, mail, now });
    if (caseId !== null)
      await db
        .updateTable("messages")
        .set({ caseId })
        .where("customerId", "=", customerId)
        .where("id", "=", id)
        .execute();
    if (mail.isAutomatic) return "automatic";
    const { playId, enrolmentId } = answered;
    await send(db, "message-received", { workspaceId, customerId, id, playId, enrolmentId });
    return "stored";
  });
}

async function findAnswered(
  db: Database,
  config: Resources["config"],
  { recipients, answers }: IncomingMail,
): Promise<Answered | undefined> {
  for (const address of recipients) {
    const id = messageOfAddress(config, address);
    const found = id && (await selectSent(db).where("id", "=", id).executeTakeFirst());
    if (found) return found;
  }
  for (const text of answers.slice(0, 50)) {
    const named = readMessageId(text);
    if (!named) continue;
    const customerId = await currentCustomer(db, named.customerId);
    const found =
      (await selectSent(db)
        .where("customerId", "=", customerId)
        .where("id", "=", named.id)
        .executeTakeFirst()) ?? (await findInvitation(db, { customerId, id: named.id }));
    if (found) return found;
  }
  return undefined;
}

function selectSent(db: Database) {
  return db
    .selectFrom("messages")
    .select(["workspaceId", "customerId", "id", "caseId", "playId", "enrolmentId"])
    .where("direction", "=", "out");
}

/** Somebody who writes back to a survey's mail instead of answering it. */
async function findInvitation(
  db: Database,
  { customerId, id }: { customerId: string; id: string },
): Promise<Answered | undefined> {
  const row = await db
    .selectFrom("invitations as i")
    .innerJoin("surveys as s", "s.id", "i.surveyId")
    .select(["i.workspaceId", "i.customerId", "i.id"])
    .where("i.customerId", "=", customerId)
    .where("i.id", "=", id)
    .executeTakeFirst();
  return row && { ...row, caseId: null, playId: null, enrolmentId: null };
}

/** The case that a mail belongs to, open again, or a new one. */
async function raiseCase(
  db: Database,
  { workspaceId, customerId, caseId }: Answered,
  { id, mail, now }: { id: string; mail: IncomingMail; now: Date },
): Promise<string | null> {
  const settings = await readInboxSettings(db, workspaceId);
  const found = await findCaseToRaise(db, { customerId, caseId });
  if (!found) {
    if (!settings.rules.reply.enabled) return null;
    const opened = await openCase(db, {
      workspaceId,
      customerId,
      id: idOf("case", "reply", id),
      openedBy: "reply",
      title: mail.subject || mail.text.slice(0, 100).replaceAll(/\s+/g, " "),
      messageId: id,
      scoreBefore: await lastScore(db, customerId),
      now,
    });
    return opened.id;
  }
  // Who has written before and still waits keeps the time they have.
  const dueAt =
    found.state === "open" && found.dueAt ? found.dueAt : await replyDue(db, workspaceId, settings, now);
  await db
    .updateTable("cases")
    .set({ state: "open", dueAt, snoozedUntil: null, closedAt: null, closedBy: null, updatedAt: now })
    .where("customerId", "=", customerId)
    .where("id", "=", found.id)
    .execute();
  if (found.state !== "open")
    await noteChange(
      db,
      { workspaceId, customerId, caseId: found.id },
      { what: "state", byId: null, at: now, fromValue: found.state, toValue: "open" },
    );
  return found.id;
}

async function lastScore(db: Database, customerId: string): Promise<number | null> {
  const row = await db
    .selectFrom("standings")
    .select("score")
    .where("customerId", "=", customerId)
    .executeTakeFirst();
  return row?.score ?? null;
}
