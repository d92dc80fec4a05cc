import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { escapeHtml } from "../../platform/mail/escape-html.ts";
import type { Resources } from "../../platform/resources.ts";
import { queueMessage } from "../messages/queue-message.ts";
import { announceCase } from "../alerts/announce-case.ts";
import type { NewReply, Silence } from "./case.ts";
import { findSilence } from "./find-silence.ts";
import { findCase, lockCase } from "./find-case.ts";
import { noteChange } from "./note-change.ts";
import { replyAddressOf } from "./reply-address.ts";
import type { CaseBefore } from "./take-reply-back.ts";

/** So long a reply can be taken back. */
const heldFor = 8_000;

interface Writer {
  workspaceId: string;
  personId?: string | undefined;
}

/**
 * Writes to the customer of a case, held for eight seconds in which it can be taken back. The case is at once as it will be
 * then. The same id twice is one reply. @throws Refusal when nobody can write to this customer
 */
export async function sendReply(
  { database, clock, config }: Resources,
  { workspaceId, personId }: Writer,
  caseId: string,
  { id = newId(clock), subject, text, language, thenState }: NewReply,
): Promise<{ messageId: string; sendAfter: string }> {
  const now = clock.now();
  return inTransaction(database.db, async (db) => {
    const found = await lockCase(db, workspaceId, caseId);
    const { customerId } = found;
    const known = await db
      .selectFrom("messages")
      .select("sendAfter")
      .where("customerId", "=", customerId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (known) return { messageId: id, sendAfter: known.sendAfter.toISOString() };
    const silence = await findSilence(db, { workspaceId, customerId }, found.responseId);
    if (silence) throw new Refusal("conflict", sentences[silence], { reason: `reply_${silence}` });
    const customer = await db
      .selectFrom("customers")
      .select(["email", "language"])
      .where("id", "=", customerId)
      .executeTakeFirstOrThrow();
    const writer = await findWriter(db, workspaceId, personId);
    const sendAfter = new Date(now.getTime() + heldFor);
    await queueMessage(db, {
      workspaceId,
      customerId,
      id,
      state: "held",
      sendAfter,
      language: language ?? customer.language,
      sender: { name: writer.name, replyTo: replyAddressOf(config, id) ?? writer.email },
      recipient: customer.email!,
      subject,
      text,
      html: htmlOf(text),
      caseId,
      inReplyTo: await lastReceived(db, customerId),
      writtenBy: personId ?? null,
      now,
    });
    await remember(db, { customerId, id }, found);
    await db
      .updateTable("cases")
      .set({
        state: thenState,
        dueAt: null,
        snoozedUntil: null,
        firstReplyAt: found.firstReplyAt ?? sendAfter,
        replyFailed: null,
        closedAt: thenState === "closed" ? now : null,
        closedBy: thenState === "closed" ? (personId ?? null) : null,
        updatedAt: now,
      })
      .where("customerId", "=", customerId)
      .where("id", "=", caseId)
      .execute();
    const name = { workspaceId, customerId, caseId };
    if (thenState !== found.state)
      await noteChange(db, name, {
        what: "state",
        byId: personId ?? null,
        at: now,
        fromValue: found.state,
        toValue: thenState,
      });
    if (thenState === "closed" && found.state !== "closed")
      await announceCase(db, { workspaceId, customerId, id: caseId, event: "case.closed", now });
    return { messageId: id, sendAfter: sendAfter.toISOString() };
  });
}

const sentences: Record<Silence, string> = {
  anonymous: "This answer has no customer, so nobody can be written to.",
  unverified: "Only a browser says who this is; confirm the address with an import or the API first.",
  no_address: "This customer has no e-mail address; add one with an import or the API.",
  no_contact_wanted:
    "This customer did not want to be contacted about the answer; wait until they write to you.",
  bounced: "Mail to this address came back; correct the address first.",
  complained: "This customer reported mail of ours as spam, so nothing goes to this address.",
};

async function remember(
  db: Database,
  { customerId, id }: { customerId: string; id: string },
  found: Awaited<ReturnType<typeof findCase>>,
): Promise<void> {
  const text = (at: Date | null) => at?.toISOString() ?? null;
  const before: CaseBefore = {
    state: found.state,
    dueAt: text(found.dueAt),
    firstReplyAt: text(found.firstReplyAt),
    closedAt: text(found.closedAt),
    closedBy: found.closedBy,
    snoozedUntil: text(found.snoozedUntil),
    replyFailed: found.replyFailed,
  };
  await db
    .updateTable("messages")
    .set({ caseBefore: JSON.stringify(before) })
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .execute();
}

/** Under whose name a reply goes out, and where answers go when none come in here. A program writes in the workspace's name. */
async function findWriter(
  db: Database,
  workspaceId: string,
  personId: string | undefined,
): Promise<{ name: string; email: string | null }> {
  if (personId !== undefined)
    return db
      .selectFrom("people")
      .select(["name", "email"])
      .where("id", "=", personId)
      .executeTakeFirstOrThrow();
  const { name } = await db
    .selectFrom("workspaces")
    .select("name")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return { name, email: null };
}

/** The Message-ID of the customer's last mail, so that their mail program shows ours below it. */
async function lastReceived(db: Database, customerId: string): Promise<string | null> {
  const last = await db
    .selectFrom("messages")
    .select("messageId")
    .where("customerId", "=", customerId)
    .where("direction", "=", "in")
    .where("messageId", "is not", null)
    .orderBy("createdAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.messageId ?? null;
}

function htmlOf(text: string): string {
  const paragraphs = text
    .replaceAll("\r\n", "\n")
    .split(/\n{2,}/)
    .map((part) => `<p>${escapeHtml(part).replaceAll("\n", "<br>")}</p>`);
  return `<!doctype html><html><body style="font:15px/1.5 Arial,Helvetica,sans-serif;max-width:38em">${paragraphs.join("\n")}</body></html>`;
}
