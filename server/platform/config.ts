import { createPrivateKey, createPublicKey } from "node:crypto";
import { resolve } from "node:path";
import { z } from "zod";
import { Refusal } from "./errors.ts";
import { emailAddress } from "./mail/address.ts";
import { senderAddress } from "./mail/sender.ts";
import type { OutgoingPolicy } from "./outgoing/outside-url.ts";

const flag = z.enum(["true", "false", "1", "0"]).transform((text) => text === "true" || text === "1");

/** Every environment variable that Nines reads. The descriptions are the documentation in docs/guides/self-hosting.md. */
export const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(9090).describe("Port of the web server."),
  HOST: z
    .string()
    .default("localhost")
    .describe("Address the web server listens on; `0.0.0.0` for every interface."),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Address under which people reach Nines; links in e-mails begin with it. Default: http://localhost:PORT.",
    ),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error:
        "must look like postgres://user:password@host/database, with other signs than letters and digits as %XX",
    })
    .optional()
    .describe(
      "A PostgreSQL server (15 to 18) or Citus cluster. Without it Nines runs its own PostgreSQL in DATA_DIR.",
    ),
  DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(4)
    .max(500)
    .default(12)
    .describe(
      "Connections of a process for its work. Besides: half as many for pages, 3 to record, 2 for links, 2 to search.",
    ),
  DATA_DIR: z
    .string()
    .default("./data")
    .describe("Folder of the embedded PostgreSQL; unused with DATABASE_URL."),
  SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe(
      "Key that signs sessions, links in mails and pages, and the widget's keys. Default: made once and kept in the database.",
    ),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "must look like smtps://user:password@host, with other signs than letters and digits as %XX",
    })
    .optional()
    .describe(
      "Mail server, e.g. smtps://user:password@mail.example.com. Without it mail is kept in Settings → Outbox.",
    ),
  MAIL_FROM: z
    .string()
    .default("Nines <nines@localhost>")
    .refine((sender) => senderAddress(sender) !== undefined, "must look like Nines <nines@example.com>")
    .describe(
      "Sender of mail, as `Nines <nines@example.com>`. Surveys send under their own name from this address.",
    ),
  MAIL_RATE: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      "Most mails to customers that one process hands to the mail server in a second. Default: no limit.",
    ),
  BOUNCE_ADDRESS: emailAddress
    .optional()
    .describe("Where mail servers send what could not be delivered. Default: the address of MAIL_FROM."),
  BOUNCE_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, "must have at least 16 characters and no blanks")
    .optional()
    .describe("Bearer token for bounce mails that your mail server posts to /api/v1/mail-events/dsn."),
  REPLY_ADDRESS: emailAddress
    .optional()
    .describe(
      "Mailbox for customers' replies; it must take replies+anything@ too. Default: they go to whoever wrote.",
    ),
  INCOMING_TOKEN: z
    .string()
    .regex(/^[\w-]{16,}$/, "must have at least 16 letters, digits, - and _")
    .optional()
    .describe("Last part of the address /api/v1/mail/incoming/… to which your mail server posts replies."),
  DKIM_DOMAIN: z
    .string()
    .optional()
    .describe("Domain that mail is signed for. Without it mail is not signed here."),
  DKIM_SELECTOR: z.string().optional().describe("Selector of the DKIM key in the DNS."),
  DKIM_PRIVATE_KEY: z
    .string()
    .transform((key) => key.replaceAll("\\n", "\n"))
    .refine(isPrivateKey, "must be a private key in PEM, with line breaks or \\n between its lines")
    .optional()
    .describe("Private DKIM key in PEM; line breaks may be written as \\n."),
  SES_TOPIC_ARN: z
    .string()
    .regex(
      /^arn:aws[\w-]*:sns:[\w-]+:\d+:[\w-]+$/,
      "must look like arn:aws:sns:eu-central-1:123456789012:bounces",
    )
    .optional()
    .describe("SNS topic of Amazon SES whose events are taken at /api/v1/mail-events/ses."),
  SENDGRID_WEBHOOK_KEY: z
    .string()
    .refine(isPublicKey, "must be the verification key that SendGrid shows")
    .optional()
    .describe("Verification key of SendGrid's signed event webhook, for /api/v1/mail-events/sendgrid."),
  POSTMARK_WEBHOOK_PASSWORD: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe(
      "Password that Postmark sends to /api/v1/mail-events/postmark (Basic authentication, any user).",
    ),
  MAILGUN_SIGNING_KEY: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe("HTTP webhook signing key of Mailgun, for /api/v1/mail-events/mailgun."),
  EVENT_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(25)
    .describe("For how many months, besides the current one, events of customers are kept."),
  OUTGOING_PRIVATE: flag
    .default(false)
    .describe(
      "`true` lets webhooks and Slack alerts reach addresses of private networks and of this machine.",
    ),
  OUTGOING_PORTS: z
    .string()
    .regex(/^(any|\d{1,5}(, ?\d{1,5})*)$/, "must look like 80,443, or be any")
    .default("80,443,8080,8443")
    .transform((text) => (text === "any" ? undefined : text.split(",").map(Number)))
    .describe("Ports that webhooks and Slack alerts may be sent to, or `any`."),
  TRUST_PROXY: flag
    .default(false)
    .describe("`true` behind a reverse proxy that sets X-Forwarded-For; otherwise the header is ignored."),
  METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe(
      "When set, /metrics asks for it as a bearer token; otherwise /metrics answers only to this machine.",
    ),
  SIGN_IN_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .default(10)
    .describe("Sign-in attempts per minute and address."),
  LOG_LEVEL: z
    .enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"])
    .optional()
    .describe(
      "What is logged. Logs are JSON lines and hold no personal data. Default: `warn` on a terminal, otherwise `info`.",
    ),
});

// Their values hold passwords, and what stops a start is often passed on to others.
const confidential = new Set([
  "DATABASE_URL",
  "SMTP_URL",
  "SECRET",
  "METRICS_TOKEN",
  "BOUNCE_TOKEN",
  "INCOMING_TOKEN",
  "DKIM_PRIVATE_KEY",
  "POSTMARK_WEBHOOK_PASSWORD",
  "MAILGUN_SIGNING_KEY",
]);

export type Config = Readonly<{
  port: number;
  host: string;
  baseUrl: string;
  databaseUrl: string | undefined;
  databaseConnections: number;
  dataDir: string;
  secret: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  mailRate: number | undefined;
  bounceAddress: string | undefined;
  bounceToken: string | undefined;
  replyAddress: string | undefined;
  incomingToken: string | undefined;
  dkim: { domain: string; selector: string; privateKey: string } | undefined;
  sesTopicArn: string | undefined;
  sendgridWebhookKey: string | undefined;
  postmarkWebhookPassword: string | undefined;
  mailgunSigningKey: string | undefined;
  eventMonths: number;
  outgoing: OutgoingPolicy;
  trustProxy: boolean;
  metricsToken: string | undefined;
  signInLimit: number;
  logLevel: string;
}>;

/**
 * Reads the environment once.
 * @param terminal whether people read the log as it is written: then it holds no line for every request
 * @throws Refusal with one sentence per variable that is wrong
 */
export function readConfig(
  env: Record<string, string | undefined>,
  { terminal = process.stderr.isTTY }: { terminal?: boolean } = {},
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      const found = confidential.has(name) ? "is not right" : `is "${given[name]}"`;
      return `${name} ${found}: ${issue.message}.`;
    });
    throw new Refusal("bad_input", `${sentences.join(" ")} See docs/guides/self-hosting.md.`);
  }
  const e = parsed.data;
  return {
    port: e.PORT,
    host: e.HOST,
    baseUrl: (e.BASE_URL ?? `http://localhost:${e.PORT}`).replace(/\/+$/, ""),
    databaseUrl: e.DATABASE_URL,
    databaseConnections: e.DATABASE_CONNECTIONS,
    dataDir: resolve(e.DATA_DIR),
    secret: e.SECRET,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    mailRate: e.MAIL_RATE,
    bounceAddress: e.BOUNCE_ADDRESS,
    bounceToken: e.BOUNCE_TOKEN,
    replyAddress: e.REPLY_ADDRESS,
    incomingToken: e.INCOMING_TOKEN,
    dkim: readDkim(e),
    sesTopicArn: e.SES_TOPIC_ARN,
    sendgridWebhookKey: e.SENDGRID_WEBHOOK_KEY,
    postmarkWebhookPassword: e.POSTMARK_WEBHOOK_PASSWORD,
    mailgunSigningKey: e.MAILGUN_SIGNING_KEY,
    eventMonths: e.EVENT_MONTHS,
    outgoing: { allowPrivate: e.OUTGOING_PRIVATE, ports: e.OUTGOING_PORTS },
    trustProxy: e.TRUST_PROXY,
    metricsToken: e.METRICS_TOKEN,
    signInLimit: e.SIGN_IN_LIMIT,
    logLevel: e.LOG_LEVEL ?? (terminal ? "warn" : "info"),
  };
}

function readDkim({
  DKIM_DOMAIN: domain,
  DKIM_SELECTOR: selector,
  DKIM_PRIVATE_KEY: privateKey,
}: z.infer<typeof environment>): Config["dkim"] {
  if (domain && selector && privateKey) return { domain, selector, privateKey };
  if (!domain && !selector && !privateKey) return undefined;
  throw new Refusal(
    "bad_input",
    "DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY belong together; set all three or none. See docs/guides/e-mail.md.",
  );
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === "private";
  } catch {
    return false;
  }
}

function isPublicKey(base64: string): boolean {
  try {
    return (
      createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" }).type === "public"
    );
  } catch {
    return false;
  }
}
