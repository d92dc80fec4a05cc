import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import type { Recorded } from "../server/collect/response.ts";
import { createWriteKey } from "../server/identify/events/create-write-key.ts";
import { systemClock } from "../server/platform/clock.ts";
import { startEmbedded } from "../server/platform/database/embedded.ts";
import { openDatabase } from "../server/platform/database/open.ts";
import { trackBySdks } from "./track-by-sdks.ts";

// `KILLS=50` for the long run.
const kills = Number(process.env.KILLS ?? 10);
const clients = 8;
const cli = fileURLToPath(new URL("../server/cli.ts", import.meta.url));

test(
  `after ${kills} × kill -9 of server or database nothing acknowledged is lost and nothing is doubled, also of what the clients of Segment and RudderStack deliver`,
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "nines-kill-"));
    let server: ChildProcess | undefined;
    onTestFinished(async () => {
      server?.kill("SIGKILL");
      await databaseProcess(dataDir).then(
        (pid) => process.kill(pid, "SIGKILL"),
        () => {}, // It has ended in order.
      );
      await rm(dataDir, { recursive: true, force: true });
    });
    const port = await freePort();
    // Not all of this process's: vitest sets variables of its own, e.g. BASE_URL.
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    const own = { DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: "warn" };
    const env = { PATH, HOME, NODE_COMPILE_CACHE, ...own };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        cli,
        "init",
        "--workspace",
        "Kill",
        "--email",
        "kill@example.com",
        "--password",
        "only for this run",
        "--json",
      ],
      { env },
    );
    const { apiKey } = JSON.parse(stdout) as { apiKey: string };
    const writeKey = await makeWriteKey(dataDir);

    const start = () => {
      const log = openSync(join(dataDir, "server.log"), "a");
      return spawn(process.execPath, [cli, "serve"], { env, stdio: ["ignore", "ignore", log] });
    };
    server = start();
    const sender = sendAnswers(`http://localhost:${port}/api/v1/responses`, apiKey);
    const sdks = trackBySdks(`http://localhost:${port}`, writeKey);
    const tracker = sendEvents(`http://localhost:${port}/v1/batch`, writeKey);
    const acknowledges = async (more: number) => {
      const enough = sender.acknowledged.size + more;
      const enoughEvents = tracker.acknowledged.size + more;
      while (sender.acknowledged.size < enough || tracker.acknowledged.size < enoughEvents) {
        if (server?.exitCode !== null)
          throw new Error(
            `The server ended by itself:\n${await readFile(join(dataDir, "server.log"), "utf8")}`,
          );
        await wait(5);
      }
    };
    for (let kill = 0; kill < kills; kill++) {
      await acknowledges(20);
      await wait(Math.random() * 400);
      if (kill % 2 === 0) {
        server.kill("SIGKILL");
        await once(server, "exit");
        server = start();
      } else process.kill(await databaseProcess(dataDir), "SIGKILL");
    }
    await acknowledges(20);
    const [acknowledged, batches, tracked] = await Promise.all([
      sender.finish(),
      tracker.finish(),
      sdks.finish(),
    ]);
    server.kill("SIGTERM");
    await once(server, "exit");

    const stored = await readStored(dataDir);
    expect(acknowledged.size).toBeGreaterThan(20 * kills);
    // Everything that was sent was tried until it was acknowledged, so the two must be the same.
    expect(stored.answers).toEqual(
      [...acknowledged]
        .map(([sourceId, { id, customerId }]) => ({ sourceId, id, customerId }))
        .sort(bySource),
    );
    expect(stored.byIndex).toBe(acknowledged.size);
    expect(stored.counted).toBe(acknowledged.size);
    expect(stored.withoutCustomer).toBe(0);
    // Each batch has so many events, which are there once, of customers who are there, and counted or about to be.
    const sent = [...batches].flatMap(([name]) => eventNumbers.map((n) => `${name} ${n}`));
    // What a client gave up may have come all the same, once.
    const givenUp = new Set(tracked.flatMap((each) => each.givenUp));
    const came = stored.events.filter((name) => givenUp.has(name));
    expect(came).toEqual([...new Set(came)]);
    expect(stored.events.filter((name) => !givenUp.has(name))).toEqual(
      [...sent, ...tracked.flatMap(({ delivered }) => delivered)].sort(),
    );
    for (const { delivered, retries } of tracked) {
      expect(delivered.length).toBeGreaterThan(20 * kills);
      expect(retries).toBeGreaterThan(0);
    }
    expect(stored.eventsCounted).toEqual([stored.events.length, stored.events.length]);
    expect(stored.eventsWithoutCustomer).toBe(0);
    expect(stored.people).toBe(Math.min(people, batches.size));
    console.info(
      `${kills} kills, ${acknowledged.size} answers and ${sent.length} events acknowledged, ${sender.failed() + tracker.failed()} tries failed; ${tracked.map(({ delivered, givenUp, retries }) => `by a client ${delivered.length} events delivered with ${retries} retries, ${givenUp.length} given up`).join(", ")}`,
    );
  },
  60_000 + kills * 15_000,
);

function sendAnswers(url: string, key: string) {
  return send<Recorded>(url, { authorization: `Bearer ${key}` }, 201, (number) => {
    // Some anonymous, some new, some known customers.
    const customer =
      number % 3 === 0 ? undefined : { email: `${number % 3 === 1 ? number % 50 : number}@example.com` };
    const id = `answer-${number}`;
    return [id, { id, score: number % 11, customer }];
  });
}

const eventNumbers = [1, 2, 3, 4, 5];
const people = 40;

/** Each batch says who somebody is and what they did, some of it before it was known who they are. */
function sendEvents(url: string, key: string) {
  return send<object>(url, { authorization: `Basic ${btoa(`${key}:`)}` }, 200, (number) => {
    const id = `batch-${String(number).padStart(6, "0")}`;
    const who = { userId: `user-${number % people}`, anonymousId: `visitor-${number}` };
    const events = eventNumbers.map((n) => ({
      type: "track",
      messageId: `${id} ${n}`,
      event: `Event ${n}`,
      properties: { sent: `${id} ${n}` },
      anonymousId: who.anonymousId,
      userId: n === 1 ? undefined : who.userId,
    }));
    return [id, { batch: [...events, { type: "identify", messageId: id, ...who, traits: { n: number } }] }];
  });
}

/** Sends on several connections; each thing is sent again, with the same id, until it is acknowledged. */
function send<Answer>(
  url: string,
  headers: Record<string, string>,
  status: number,
  make: (number: number) => [id: string, body: object],
) {
  const acknowledged = new Map<string, Answer>();
  let next = 0;
  let failed = 0;
  const stopping = new AbortController();
  const sendUntilAcknowledged = async (number: number) => {
    const [sourceId, sent] = make(number);
    const body = JSON.stringify(sent);
    for (;;) {
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body,
          signal: AbortSignal.timeout(10_000),
        });
        if (response.status === status) {
          acknowledged.set(sourceId, (await response.json()) as Answer);
          return;
        }
        await response.arrayBuffer();
      } catch {
        // Refused, cut or silent: all the same to somebody who wants it acknowledged.
      }
      failed++;
      await wait(20 + Math.random() * 50);
    }
  };
  const sending = Promise.all(
    Array.from({ length: clients }, async () => {
      while (!stopping.signal.aborted) await sendUntilAcknowledged(next++);
    }),
  );
  return {
    acknowledged,
    /** Ends after what is under way is acknowledged. */
    async finish() {
      stopping.abort();
      await sending;
      return acknowledged;
    },
    failed: () => failed,
  };
}

async function readStored(dataDir: string) {
  const postgres = await startEmbedded(dataDir);
  const database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  try {
    const { rows: answers } = await database.query<{ sourceId: string; id: string; customerId: string }>(
      `select source_id as "sourceId", id, customer_id as "customerId" from responses`,
    );
    await database.query("set enable_seqscan = off");
    const number = async (sql: string) =>
      (await database.query<{ n: number }>(`select (${sql})::integer as n`)).rows[0]!.n;
    return {
      answers: answers.sort(bySource),
      byIndex: await number("select count(*) from responses where at > '1970-01-01'"),
      counted: await number(
        `select sum((select sum(count) from unnest(counts) as count))
         from (select counts, attribute from score_days union all select counts, attribute from score_changes) as days
         where attribute = ''`,
      ),
      withoutCustomer: await number(
        "select count(*) from responses r where not exists (select from customers c where c.id = r.customer_id)",
      ),
      events: (
        await database.query<{ sent: string }>("select properties ->> 'sent' as sent from events")
      ).rows
        .map(({ sent }) => sent)
        .sort(),
      // By name, and by customer and week.
      eventsCounted: await Promise.all(
        [
          "(select sum(n) from event_names)",
          "(select sum((select sum(n) from unnest(week_events) as n)) from engagement)",
        ].map((counted) =>
          number(
            `select coalesce(${counted}, 0) + coalesce((select sum(cardinality(names)) from event_folds), 0)`,
          ),
        ),
      ),
      eventsWithoutCustomer: await number(
        "select count(*) from events e where not exists (select from customers c where c.id = e.customer_id)",
      ),
      people: await number("select count(*) from customers where external_id is not null"),
    };
  } finally {
    await database.end();
    await postgres.stop();
  }
}

/** As a member would make one in the settings. */
async function makeWriteKey(dataDir: string): Promise<string> {
  const postgres = await startEmbedded(dataDir);
  const database = openDatabase(postgres.url);
  try {
    const { id } = await database.db.selectFrom("workspaces").select("id").executeTakeFirstOrThrow();
    return (await createWriteKey(database.db, systemClock, id, { name: "kill", trusted: true })).key;
  } finally {
    await database.close();
    await postgres.stop();
  }
}

const bySource = (a: { sourceId: string }, b: { sourceId: string }) => (a.sourceId < b.sourceId ? -1 : 1);

/** The PostgreSQL that serves the folder, also while it is being started again. */
async function databaseProcess(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
