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
import { startEmbedded } from "../server/platform/database/embedded.ts";

// `KILLS=50` for the long run, which takes about a minute.
const kills = Number(process.env.KILLS ?? 30);
const clients = 16;
const cli = fileURLToPath(new URL("../server/cli.ts", import.meta.url));

test(
  `after ${kills} × kill -9 of server or database nothing acknowledged is lost and nothing is doubled`,
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
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: "warn" };
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

    const start = () => {
      const log = openSync(join(dataDir, "server.log"), "a");
      return spawn(process.execPath, [cli, "serve"], { env, stdio: ["ignore", "ignore", log] });
    };
    server = start();
    const sender = send(`http://localhost:${port}/api/v1/responses`, apiKey);
    const acknowledges = async (more: number) => {
      const enough = sender.acknowledged.size + more;
      while (sender.acknowledged.size < enough) {
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
    const acknowledged = await sender.finish();
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
    console.info(
      `${kills} kills, ${acknowledged.size} answers acknowledged, ${sender.failed()} tries failed`,
    );
  },
  60_000 + kills * 15_000,
);

/** Sends answers on several connections; each is sent again, with the same id, until it is acknowledged. */
function send(url: string, key: string) {
  const acknowledged = new Map<string, Recorded>();
  let next = 0;
  let failed = 0;
  const stopping = new AbortController();
  const sendUntilAcknowledged = async (number: number) => {
    const sourceId = `answer-${number}`;
    // Some anonymous, some new, some known customers.
    const customer =
      number % 3 === 0 ? undefined : { email: `${number % 3 === 1 ? number % 50 : number}@example.com` };
    const body = JSON.stringify({ id: sourceId, score: number % 11, customer });
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    for (;;) {
      try {
        const response = await fetch(url, {
          method: "POST",
          headers,
          body,
          signal: AbortSignal.timeout(10_000),
        });
        if (response.status === 201) {
          acknowledged.set(sourceId, (await response.json()) as Recorded);
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
    };
  } finally {
    await database.end();
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
