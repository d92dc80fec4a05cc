import { sql } from "kysely";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { newId } from "../ids.ts";
import { send } from "../jobs/send.ts";
import { emailAddress } from "./address.ts";

export interface Mail {
  /** Names the mail; default: a new one. */
  id?: string;
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** The name it is sent under; default: that of MAIL_FROM. */
  from?: string;
  replyTo?: string;
  /** Instead of those that mark it as sent by a machine; written by us, never by somebody else. */
  headers?: Record<string, string>;
  /** The id of the mail of ours that it answers, so that mail programs show both together. */
  answers?: string;
  /** Kept in the outbox though there is a mail server: its recipient may be made up. */
  stays?: boolean;
  /** The workspace it is sent for; absent for mail about a person's own account. */
  workspaceId?: string;
  /** The person it is sent to, when they have an account. */
  personId?: string;
}

/**
 * Queues a mail in the caller's transaction.
 * @throws Refusal when the address is not one plain address
 */
export async function sendMail(db: Database, clock: Clock, mail: Mail): Promise<void> {
  const to = emailAddress.safeParse(mail.to);
  if (!to.success)
    throw new Refusal("bad_input", "This is no e-mail address; write one like ada@example.com.");
  // A line break in a subject would begin another header.
  const subject = mail.subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  await send(db, "send-mail", { ...mail, id: mail.id ?? newId(clock), to: to.data, subject });
}

/** Whether this mail is still to be handed to the mail server: after a failure that can take hours. */
export async function isMailWaiting(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from pgboss.job
    where name = 'send-mail' and state in ('created', 'retry', 'active') and data->>'id' = ${id} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
