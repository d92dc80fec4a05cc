import type { SendMailOptions } from "nodemailer";
import { suppressAddress } from "../../collect/asking/suppress-address.ts";
import type { MailKind } from "../../collect/email/hand-over.ts";
import { providerHeaders, unsubscribeHeaders } from "../../collect/email/invitation-message.ts";
import { messageIdOf } from "../../collect/email/message-id.ts";
import type { Config } from "../../platform/config.ts";
import { senderAddress, senderDomain, senderName } from "../../platform/mail/sender.ts";
import type { Resources } from "../../platform/resources.ts";
import { letterLink } from "../content/letter-link.ts";
import { replyAddressOf } from "../inbox/reply-address.ts";
import type { CheckedMessage } from "./check-messages.ts";
import type { ClaimedMessage } from "./claim-messages.ts";
import { markMessage } from "./mark-message.ts";
import { giveUpHeldMessages, markMessagesSent, putMessagesBack } from "./settle-messages.ts";

/** A mail that is ready for the mail server. */
export interface ReadyMessage extends CheckedMessage {
  /** The Message-ID, without its angle brackets. */
  messageId: string;
  unsubscribeLink: string;
}

/** A mail with what its headers need. */
export async function completeMessage(
  resources: Pick<Resources, "config" | "database">,
  checked: CheckedMessage,
): Promise<ReadyMessage> {
  const { customerId, id } = checked.message;
  return {
    ...checked,
    messageId: messageIdOf({ customerId, id, number: 0 }, senderDomain(resources.config.mailFrom)),
    unsubscribeLink: await letterLink(resources, { customerId, messageId: id }),
  };
}

/** Mails of plays and of the inbox as mails that are handed over. */
export function messageMail({ config, database, clock }: Resources): MailKind<ReadyMessage> {
  const { db } = database;
  return {
    name: "message",
    describe: ({ message: { id, workspaceId, attempts } }) => ({ id, workspaceId, attempts }),
    write: (ready) => mailOf(config, ready),
    opens: ({ opens }, at) => opens(at),
    markSent: (db, sent) =>
      markMessagesSent(
        db,
        sent.map(({ message, at }) => sentMessage(message, at)),
      ),
    putBack: ({ message }, sendAfter) => putMessagesBack(db, [message], { sendAfter, counted: true }),
    postpone: (messages, sendAfter) =>
      putMessagesBack(
        db,
        messages.map(({ message }) => message),
        { sendAfter, counted: false },
      ),
    giveUp: ({ message }, reason) =>
      giveUpHeldMessages(db, [message], { state: "failed", reason, tried: true, now: clock.now() }),
    async suppress({ message: { workspaceId, customerId, id }, recipient: email }, detail) {
      const suppression = { workspaceId, customerId, email, detail, source: "smtp" };
      await suppressAddress(db, clock, { ...suppression, reason: "bounced" });
      await markMessage(db, { workspaceId, customerId, id }, "bounced", clock.now());
    },
  };
}

/** What is noted of a mail that went out. */
export function sentMessage({ message: { customerId, id }, messageId }: ReadyMessage, at: Date) {
  return { customerId, id, messageId, at };
}

function mailOf(config: Config, ready: ReadyMessage): SendMailOptions {
  const { message, recipient, messageId, unsubscribeLink } = ready;
  const { customerId, id, workspaceId, playId, inReplyTo, subject, text, html } = message;
  // Answers to mails of plays come into the inbox, where the play says nothing else.
  const replyTo = message.replyTo ?? replyAddressOf(config, id) ?? null;
  const address = senderAddress(config.mailFrom) ?? config.mailFrom;
  const prepared = (value: string) => ({ prepared: true, value });
  const headers: Record<string, string> = {
    "X-Nines-Invitation": messageId,
    ...providerHeaders(config, { customerId, id, number: 0 }),
    // What a member writes by hand is no mailing, and nobody unsubscribes from it.
    ...(playId !== null && {
      ...unsubscribeHeaders(config, unsubscribeLink),
      "Feedback-ID": `${playId}:${workspaceId}:play:nines`,
    }),
  };
  return {
    from: { name: nameOf(message, config), address },
    // As objects, so that nothing in them is read as a list or a name.
    to: { name: "", address: recipient },
    ...(replyTo !== null && { replyTo: { name: "", address: replyTo } }),
    envelope: { from: config.bounceAddress ?? address, to: [recipient] },
    subject: oneLine(subject),
    text,
    ...(html !== null && { html }),
    messageId: `<${messageId}>`,
    ...(inReplyTo !== null && { inReplyTo: `<${inReplyTo}>`, references: `<${inReplyTo}>` }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, prepared(value)])),
  };
}

function nameOf({ sender }: ClaimedMessage, { mailFrom }: Config): string {
  return oneLine(sender ?? senderName(mailFrom));
}

/** A line break would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
