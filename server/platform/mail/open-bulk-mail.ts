import type { Config } from "../config.ts";
import { type MailTransport, openTransport } from "./open-transport.ts";

/** The connections by which many customers are written to. */
export interface BulkMail {
  transport: MailTransport;
  connections: number;
}

const connections = 5;

/**
 * Opens the connections for mail to customers, of all kinds together, so that MAIL_RATE holds for their sum; undefined
 * without a mail server. They are not those of `send-mail`: a member's password reset does not wait behind a wave.
 */
export function openBulkMail(config: Config): BulkMail | undefined {
  if (config.smtpUrl === undefined) return undefined;
  return { transport: openTransport(config, { connections, perSecond: config.mailRate }), connections };
}
