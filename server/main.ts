import { setTimeout as wait } from "node:timers/promises";
import { createApp } from "./app.ts";
import { createHandlers } from "./jobs.ts";
import { neededSetupToken } from "./platform/accounts/setup-token.ts";
import { systemClock } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import { keepEmbedded } from "./platform/database/keep-embedded.ts";
import { migrate } from "./platform/database/migrate.ts";
import { openDatabase } from "./platform/database/open.ts";
import { type Listening, listen, reservePort } from "./platform/http/listen.ts";
import { sendRegularly } from "./platform/jobs/send-regularly.ts";
import { openJobs } from "./platform/jobs/work.ts";
import { openLog } from "./platform/log.ts";
import type { Resources } from "./platform/resources.ts";

export interface StartOptions {
  /** Makes the pages the server serves, while the database starts. */
  build?: () => Promise<unknown>;
  /** Done before the first request is served. */
  prepare?: (resources: Resources) => Promise<unknown>;
}

export interface RunningServer {
  /** Where it listens. */
  url: string;
  resources: Resources;
  /** Stops accepting, finishes what runs, closes the database. */
  close(): Promise<void>;
}

const finishWithin = 10_000;
const purgeEverySeconds = 3600;
const askEverySeconds = 30;
const measureEverySeconds = 60;
const countEverySeconds = 60;
const compareEverySeconds = 60;
const deliverEverySeconds = 5;
const wakeEverySeconds = 60;
const digestEverySeconds = 300;
const mailEverySeconds = 5;
const lookEverySeconds = 3600;

/**
 * Starts a whole Nines in this process: database, jobs, HTTP.
 * @throws Refusal when the port, the data folder or the database cannot be had
 */
export async function startServer(
  given: Config,
  { build, prepare }: StartOptions = {},
): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const config = await withPort(given);
    const log = openLog(config.logLevel);
    const building = build?.();
    building?.catch(() => {}); // It is awaited below; failing earlier must not end the process.

    const databaseUrl = config.databaseUrl ?? (await startOwnDatabase(config, log, undo));
    const database = openDatabase(databaseUrl, { connections: config.databaseConnections, log });
    // A job that did not end in time still holds its connection, which ends with this process or the database.
    undo.push(() => Promise.race([database.close(), wait(2_000)]));
    await migrate(database.pool);

    const resources: Resources = { config, database, clock: systemClock, log };
    const jobs = await openJobs(database.pool, createHandlers(resources), log);
    let server: Listening | undefined;
    undo.push(() => Promise.all([server?.close(finishWithin), jobs.stop()]));
    const app = createApp(resources);
    await prepare?.(resources);
    await building;

    server = await listen(app.fetch, config.host, config.port);
    // The embedded database refuses a second server, so its jobs are this one's.
    await jobs.work({ alone: config.databaseUrl === undefined });
    const asking = sendRegularly({ db: database.db, log }, "ask-customers", {}, askEverySeconds);
    undo.push(() => asking.stop());
    const delivering = sendRegularly({ db: database.db, log }, "deliver-webhooks", {}, deliverEverySeconds);
    undo.push(() => delivering.stop());
    const entering = sendRegularly({ db: database.db, log }, "enter-plays", {}, askEverySeconds);
    undo.push(() => entering.stop());
    const stepping = sendRegularly({ db: database.db, log }, "run-steps", {}, deliverEverySeconds);
    undo.push(() => stepping.stop());
    const mailing = sendRegularly({ db: database.db, log }, "send-messages", {}, mailEverySeconds);
    undo.push(() => mailing.stop());
    const looking = sendRegularly({ db: database.db, log }, "refresh-standings", {}, lookEverySeconds);
    undo.push(() => looking.stop());
    const comparing = sendRegularly({ db: database.db, log }, "compare-segments", {}, compareEverySeconds);
    undo.push(() => comparing.stop());
    const waking = sendRegularly({ db: database.db, log }, "wake-cases", {}, wakeEverySeconds);
    undo.push(() => waking.stop());
    const measuring = sendRegularly({ db: database.db, log }, "measure-plays", {}, measureEverySeconds);
    undo.push(() => measuring.stop());
    const counting = sendRegularly({ db: database.db, log }, "check-code-pools", {}, countEverySeconds);
    undo.push(() => counting.stop());
    const digesting = sendRegularly({ db: database.db, log }, "send-digests", {}, digestEverySeconds);
    undo.push(() => digesting.stop());
    const evaluating = sendRegularly({ db: database.db, log }, "evaluate-engagement", {}, lookEverySeconds);
    undo.push(() => evaluating.stop());
    const purging = sendRegularly({ db: database.db, log }, "purge-events", {}, purgeEverySeconds);
    undo.push(() => purging.stop());
    return { url: localUrl(config), resources, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Serves until SIGTERM or SIGINT, then ends the process in order. */
export async function serveUntilStopped(config: Config, options: StartOptions = {}): Promise<void> {
  const server = await startServer(config, options);
  const setupToken = await neededSetupToken(server.resources);
  // Whatever the log level is: without the token nobody could set this Nines up.
  if (setupToken)
    process.stderr.write(
      `This Nines has no workspace yet. The first page asks for the set-up token ${setupToken}\n`,
    );
  process.stdout.write(`Nines is at ${server.resources.config.baseUrl}\n`);
  let stopping = false;
  const stop = () => {
    // npm and a terminal may both pass on one Ctrl-C.
    if (stopping) return;
    stopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        server.resources.log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** Port 0 becomes the port it stands for, because addresses in pages and mails are made from it. */
async function withPort(config: Config): Promise<Config> {
  const port = await reservePort(config.host, config.port);
  if (port === config.port) return config;
  return {
    ...config,
    port,
    baseUrl: config.baseUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`),
  };
}

async function startOwnDatabase(
  config: Config,
  log: Resources["log"],
  undo: (() => Promise<unknown>)[],
): Promise<string> {
  const database = await keepEmbedded(config.dataDir, log);
  undo.push(() => database.stop());
  return database.url;
}

function localUrl({ host, port }: Config): string {
  const name = ["localhost", "0.0.0.0", "::"].includes(host)
    ? "localhost"
    : host.includes(":")
      ? `[${host}]`
      : host;
  return `http://${name}:${port}`;
}
