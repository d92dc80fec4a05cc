import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.ts";
import { keepEmbedded } from "./keep-embedded.ts";
import { isAlive } from "./running-server.ts";

// Each test starts a PostgreSQL of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nines-embedded-"));
  onTestFinished(async () => {
    const pid = await postmaster().catch(() => 0);
    if (pid > 0 && started.has(pid) && isAlive(pid)) process.kill(pid, "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
});

const started = new Set<number>();
const pidFile = () => join(folder, "postgres", "postmaster.pid");

async function postmaster(): Promise<number> {
  return Number((await readFile(pidFile(), "utf8")).split("\n")[0]);
}

async function start(options: Parameters<typeof startEmbedded>[1] = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded(folder, options);
  started.add(await postmaster());
  return postgres;
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<T & object>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function crash(postgres: EmbeddedPostgres): Promise<void> {
  process.kill(await postmaster(), "SIGKILL");
  await postgres.lost;
}

test("a pid file whose number another process has by now does not keep the database from starting", async () => {
  const postgres = await start();
  await ask(postgres.url, "create table kept (n integer)");
  const noted = await readFile(pidFile(), "utf8");
  await postgres.stop();

  // A process of the same user as the server, so that PostgreSQL itself would believe the file.
  const { uid, gid } = await stat(join(folder, "postgres"));
  const other = spawn("sleep", ["600"], { stdio: "ignore", uid, gid });
  onTestFinished(() => void other.kill());
  await writeFile(pidFile(), noted.replace(/^\d+/, String(other.pid)), { mode: 0o600 });
  await chmod(pidFile(), 0o600);

  const again = await start();
  expect(await ask(again.url, "select * from kept")).toEqual([]);
  await again.stop();
  expect(other.exitCode ?? other.signalCode).toBeNull();
});

test("a server that says it is recovering is waited for; a silent one is given up and not left running", async () => {
  const settings = ["wal_level=replica", "hot_standby=off", "restore_command=sleep 1; false"];
  const first = await start({ settings });
  await ask(first.url, "create table kept (n integer)");
  await first.stop();

  await writeFile(join(folder, "postgres", "recovery.signal"), "");
  const recovered = await start({ settings, silence: 500 });
  expect(await ask(recovered.url, "select * from kept")).toEqual([]);
  await recovered.stop();

  await expect(
    startEmbedded(folder, { settings: ["listen_addresses="], silence: 500 }),
  ).rejects.toMatchObject({
    code: "busy",
    message: expect.stringContaining("did not answer for 0.5 seconds") as string,
  });
  await expect(postmaster()).rejects.toThrow("ENOENT");
});

test("a database that does not stop in order is stopped at once, and loses nothing", async () => {
  const postgres = await start({ patience: 1_000 });
  await ask(postgres.url, "create table kept (n integer)");
  const [checkpointer] = await ask<{ pid: number }>(
    postgres.url,
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  );
  // The orderly way out leads through a checkpoint.
  process.kill(checkpointer!.pid, "SIGSTOP");
  await postgres.stop();
  await expect(postmaster()).rejects.toThrow("ENOENT");

  const again = await start();
  expect(await ask(again.url, "select * from kept")).toEqual([]);
  await again.stop();
});

test("stopping while a crashed database is being started again ends both", async () => {
  const { promise: noticed, resolve } = Promise.withResolvers<void>();
  const kept = await keepEmbedded(folder, pino({ level: "warn" }, { write: () => resolve() }));
  started.add(await postmaster());
  process.kill(await postmaster(), "SIGKILL");
  await noticed;
  await kept.stop();
  await expect(ask(kept.url, "select 1")).rejects.toThrow();
});

test("a start that is given up leaves no database behind", async () => {
  const postgres = await start();
  await crash(postgres);
  const giveUp = new AbortController();
  const starting = startEmbedded(folder, { signal: giveUp.signal });
  giveUp.abort();
  await expect(starting).rejects.toThrow("aborted");
  const again = await start();
  await again.stop();
});
