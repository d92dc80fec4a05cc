import { workspaceExists } from "../accounts/workspace-exists.ts";
import { inTransaction } from "../database/in-transaction.ts";
import { lockWorkspace } from "../database/workspace-lock.ts";
import type { Jobs } from "../jobs/send.ts";
import type { Resources } from "../resources.ts";
import { type MailTransport, openTransport } from "./open-transport.ts";
import { senderAddress, senderDomain, senderName } from "./sender.ts";

type QueuedMail = Jobs["send-mail"];

/**
 * Does the job `send-mail`: hands mails to the mail server, or keeps them in the outbox when there is none; not those of
 * a workspace that has been deleted. A failure is
 * thrown, and the queue tries again; the Message-ID stays the same, so that a doubled mail can be recognised.
 */
export function openMailDelivery(resources: Resources): (mails: QueuedMail[]) => Promise<void> {
  const { config, log } = resources;
  let transport: MailTransport | undefined;
  return async (mails) => {
    for (const mail of mails) {
      if (config.smtpUrl === undefined || mail.stays) {
        await keepInOutbox(resources, mail);
        continue;
      }
      if (mail.workspaceId !== undefined && !(await workspaceExists(resources.database.db, mail.workspaceId)))
        continue;
      transport ??= openTransport(config);
      try {
        await transport.sendMail(messageOf(mail, config));
      } catch (error) {
        if (!isRefusedForGood(error)) throw error;
        log.warn(
          { mail: mail.id },
          "the mail server does not take mail for this recipient; it is not tried again",
        );
      }
    }
  };
}

function messageOf(
  { id, to, subject, text, html, from, replyTo, answers, headers }: QueuedMail,
  { mailFrom, bounceAddress }: Resources["config"],
) {
  const address = senderAddress(mailFrom) ?? mailFrom;
  const messageIdOf = (mailId: string) => `<${mailId}@${senderDomain(mailFrom)}>`;
  return {
    from: { name: from ?? senderName(mailFrom), address },
    // As an object, so that nothing in it is read as a list or a name.
    to: { name: "", address: to },
    ...(replyTo !== undefined && { replyTo: { name: "", address: replyTo } }),
    envelope: { from: bounceAddress ?? address, to: [to] },
    subject,
    text,
    ...(html !== undefined && { html }),
    messageId: messageIdOf(id),
    ...(answers !== undefined && { inReplyTo: messageIdOf(answers), references: messageIdOf(answers) }),
    headers: headers ?? { "Auto-Submitted": "auto-generated" },
  };
}

/** Is it about this recipient and final, as an address that does not exist? */
function isRefusedForGood(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return code === "EENVELOPE" && responseCode !== undefined && responseCode >= 500;
}

async function keepInOutbox({ database: { db }, clock }: Resources, mail: QueuedMail): Promise<void> {
  const { id, to, subject, text, html = null, workspaceId = null, personId = null } = mail;
  await inTransaction(db, async (db) => {
    if (workspaceId !== null) {
      await lockWorkspace(db, workspaceId, "shared");
      if (!(await workspaceExists(db, workspaceId))) return;
    }
    await db
      .insertInto("outbox")
      .values({ id, workspaceId, personId, recipient: to, subject, text, html, at: clock.now() })
      .onConflict((c) => c.column("id").doNothing())
      .execute();
  });
}
