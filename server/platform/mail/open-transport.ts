import nodemailer, { type SendMailOptions, type Transporter } from "nodemailer";
import type { Config } from "../config.ts";

/** Connections to the mail server. */
export type MailTransport = Transporter;

interface Pool {
  /** Most connections at a time. */
  connections?: number;
  /** Most messages in a second. */
  perSecond?: number | undefined;
}

/**
 * Opens a pool of connections to SMTP_URL; nothing connects before the first message. Everything that Nines sends goes
 * through one of these, so that all of it is signed (DKIM) and limited the same way.
 */
export function openTransport(
  { smtpUrl, dkim }: Pick<Config, "smtpUrl" | "dkim">,
  { connections = 3, perSecond }: Pool = {},
): MailTransport {
  const url = new URL(smtpUrl ?? "smtp://localhost");
  const secure = url.protocol === "smtps:";
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: connections,
    ...(perSecond && { rateLimit: perSecond, rateDelta: 1_000 }),
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    // RFC 5321, 4.5.3.2.6: whoever gives up earlier on a mail server that looks long at a message sends it twice.
    socketTimeout: 600_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && { dkim: dkimOptions(dkim) }),
  });
  // What goes wrong with a message is told to whoever sent it; a connection that breaks while idle is nobody's matter.
  transport.on("error", () => {});
  return transport;
}

function dkimOptions({ domain, selector, privateKey }: NonNullable<Config["dkim"]>): SendMailOptions["dkim"] {
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signed.join(":") };
}

// Nodemailer's own list lacks List-Unsubscribe-Post, without which RFC 8058 does not hold.
const signed = [
  "From",
  "Sender",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "To",
  "Cc",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "In-Reply-To",
  "References",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "Auto-Submitted",
  "Feedback-ID",
  "X-Nines-Invitation",
];
