import type { SendMailOptions } from "nodemailer";
import type { Config } from "../../platform/config.ts";
import { senderAddress, senderDomain } from "../../platform/mail/sender.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import { type InvitationMessage, messageIdOf, messageTagOf } from "./message-id.ts";
import type { WrittenMail } from "./prepare-mail.ts";

/** Who sends a survey's mails, by name. */
export function senderNameOf({ content, settings }: Pick<PublishedSurvey, "content" | "settings">): string {
  return (settings.sender.name ?? content.company).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** Headers that let a mailbox show its own button for unsubscribing (RFC 8058). */
export function unsubscribeHeaders(
  { bounceAddress, bounceToken }: Pick<Config, "bounceAddress" | "bounceToken">,
  link: string,
): Record<"List-Unsubscribe" | "List-Unsubscribe-Post", string> {
  const token = link.slice(link.lastIndexOf("/") + 1);
  // By mail only where such mails come back to us, to POST /api/v1/mail-events/dsn.
  const byMail =
    bounceAddress && bounceToken ? `, <mailto:${bounceAddress}?subject=unsubscribe%20${token}>` : "";
  return {
    "List-Unsubscribe": `<${link}>${byMail}`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

export type Webhooks = Pick<
  Config,
  "sesTopicArn" | "sendgridWebhookKey" | "postmarkWebhookPassword" | "mailgunSigningKey"
>;

/**
 * Headers that make a provider repeat with each bounce and complaint which mail it was about. Some replace or leave out
 * the Message-ID, and by an address alone nobody knows whose customer it is. Only for those whose events are taken.
 */
export function providerHeaders(config: Webhooks, message: InvitationMessage): Record<string, string> {
  const tag = messageTagOf(message);
  return {
    ...(config.sesTopicArn !== undefined && { "X-SES-MESSAGE-TAGS": `nines=${tag}` }),
    ...(config.sendgridWebhookKey !== undefined && {
      "X-SMTPAPI": JSON.stringify({ unique_args: { nines: tag } }),
    }),
    ...(config.postmarkWebhookPassword !== undefined && { "X-PM-Metadata-nines": tag }),
    ...(config.mailgunSigningKey !== undefined && { "X-Mailgun-Variables": JSON.stringify({ nines: tag }) }),
  };
}

/**
 * The message as it is handed to the mail server. It is no bulk and no automatic answer to anything, so it carries
 * neither Precedence nor Auto-Submitted: an answer to it goes to a person.
 */
export function invitationMessage(
  config: Pick<Config, "mailFrom" | "bounceAddress" | "bounceToken"> & Webhooks,
  survey: PublishedSurvey,
  {
    message,
    recipient,
    mail,
    unsubscribeLink,
  }: {
    message: InvitationMessage;
    recipient: string;
    mail: WrittenMail;
    unsubscribeLink: string;
  },
): SendMailOptions {
  const address = senderAddress(config.mailFrom) ?? config.mailFrom;
  const domain = senderDomain(config.mailFrom);
  const messageId = messageIdOf(message, domain);
  const first = `<${messageIdOf({ ...message, number: 0 }, domain)}>`;
  const { replyTo } = survey.settings.sender;
  const prepared = (value: string) => ({ prepared: true, value });
  const unsubscribe = unsubscribeHeaders(config, unsubscribeLink);
  return {
    from: { name: senderNameOf(survey), address },
    // As objects, so that nothing in them is read as a list or a name.
    to: { name: "", address: recipient },
    ...(replyTo !== null && { replyTo: { name: "", address: replyTo } }),
    envelope: { from: config.bounceAddress ?? address, to: [recipient] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${messageId}>`,
    ...(message.number > 0 && { inReplyTo: first, references: first }),
    headers: {
      "List-Unsubscribe": prepared(unsubscribe["List-Unsubscribe"]),
      "List-Unsubscribe-Post": prepared(unsubscribe["List-Unsubscribe-Post"]),
      "X-Nines-Invitation": prepared(messageId),
      ...Object.fromEntries(
        Object.entries(providerHeaders(config, message)).map(([name, value]) => [name, prepared(value)]),
      ),
      "Feedback-ID": prepared(`${survey.id}:${survey.workspaceId}:invitation:nines`),
    },
  };
}
