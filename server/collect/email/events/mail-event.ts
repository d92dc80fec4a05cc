import { type InvitationMessage, readMessageId } from "../message-id.ts";

export const mailEventSources = ["dsn", "ses", "sendgrid", "postmark", "mailgun", "smtp", "mail"] as const;
export type MailEventSource = (typeof mailEventSources)[number];

/** What became of a mail after the mail server had taken it, or what its reader did with it. */
export interface MailEvent {
  /** hard: the mailbox does not exist; soft: not delivered, for whatever other reason. */
  kind: "hard_bounce" | "soft_bounce" | "complaint" | "unsubscribe";
  /** Which of our messages, where it is named. */
  message?: InvitationMessage | undefined;
  recipient?: string | undefined;
  /** What the other side says, for people to read; never trusted, always shown as text. */
  detail?: string | undefined;
}

/** A text of somebody else as it may be kept: one line, of bounded length. */
export function plainDetail(...parts: (string | number | null | undefined)[]): string {
  return parts
    .filter((part) => part !== null && part !== undefined && part !== "")
    .join(" ")
    .slice(0, 2_000)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, 500);
}

/** The message that the first of these texts names. */
export function messageIn(...texts: (string | null | undefined)[]): InvitationMessage | undefined {
  for (const text of texts) {
    const message = text ? readMessageId(text.slice(0, 1_000)) : undefined;
    if (message) return message;
  }
  return undefined;
}
