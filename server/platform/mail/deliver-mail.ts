import nodemailer, { type Transporter } from "nodemailer";
import type { Jobs } from "../jobs/send.ts";
import type { Resources } from "../resources.ts";

type QueuedMail = Jobs["send-mail"];

/**
 * Does the job `send-mail`: hands mails to the mail server, or keeps them in the outbox when there is none. A failure is
 * thrown, and the queue tries again; the Message-ID stays the same, so that a doubled mail can be recognised.
 */
export function openMailDelivery(resources: Resources): (mails: QueuedMail[]) => Promise<void> {
  const { config, log } = resources;
  let transporter: Transporter | undefined;
  return async (mails) => {
    for (const mail of mails) {
      if (config.smtpUrl === undefined) {
        await keepInOutbox(resources, mail);
        continue;
      }
      transporter ??= nodemailer.createTransport(poolOf(config.smtpUrl));
      try {
        await transporter.sendMail(messageOf(mail, config.mailFrom));
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

function poolOf(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === "smtps:";
  return {
    pool: true as const,
    maxConnections: 3,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function messageOf({ id, to, subject, text, html }: QueuedMail, from: string) {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? "localhost";
  return {
    from,
    // As an object, so that nothing in it is read as a list or a name.
    to: { name: "", address: to },
    subject,
    text,
    ...(html !== undefined && { html }),
    messageId: `<${id}@${domain}>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** Is it about this recipient and final, as an address that does not exist? */
function isRefusedForGood(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return code === "EENVELOPE" && responseCode !== undefined && responseCode >= 500;
}

async function keepInOutbox({ database: { db }, clock }: Resources, mail: QueuedMail): Promise<void> {
  const { id, to, subject, text, html = null, workspaceId = null, personId = null } = mail;
  await db
    .insertInto("outbox")
    .values({ id, workspaceId, personId, recipient: to, subject, text, html, at: clock.now() })
    .onConflict((c) => c.column("id").doNothing())
    .execute();
}
