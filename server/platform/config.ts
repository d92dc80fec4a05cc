import { resolve } from "node:path";
import { z } from "zod";
import { Refusal } from "./errors.ts";

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
      "Connections of one process for its work; half as many more serve pages, 3 record answers, 2 search texts.",
    ),
  DATA_DIR: z
    .string()
    .default("./data")
    .describe("Folder of the embedded PostgreSQL; unused with DATABASE_URL."),
  SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe("Key that signs sessions. Default: made once and kept in the database."),
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
    .describe("Sender of the mail that Nines sends to members."),
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
const confidential = new Set(["DATABASE_URL", "SMTP_URL", "SECRET", "METRICS_TOKEN"]);

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
    trustProxy: e.TRUST_PROXY,
    metricsToken: e.METRICS_TOKEN,
    signInLimit: e.SIGN_IN_LIMIT,
    logLevel: e.LOG_LEVEL ?? (terminal ? "warn" : "info"),
  };
}
