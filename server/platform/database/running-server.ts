import { readFile, rename, rm, stat } from "node:fs/promises";
import { connect } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface RunningServer {
  pid: number;
  port: number;
}

const refusalMeansGone = 2_000;
/** Milliseconds after which a server that does not stop in order is stopped at once. */
const orderlyWithin = 10_000;

/** The server whose pid file lies in the cluster; undefined when that number belongs to another process by now. */
export async function runningServer(cluster: string): Promise<RunningServer | undefined> {
  const noted = await readPidFile(join(cluster, "postmaster.pid"));
  if (!noted || !isAlive(noted.pid)) return undefined;
  return (await serves(noted.pid, cluster)) === false ? undefined : noted;
}

/**
 * The server that runs on the cluster. A pid file that a crash or a restored backup left behind, and whose number
 * another process has by now, is cleared away: PostgreSQL itself would believe it and not start.
 */
export async function findServer(cluster: string): Promise<RunningServer | undefined> {
  const noted = await readPidFile(join(cluster, "postmaster.pid"));
  if (!noted || !isAlive(noted.pid)) return undefined;
  const ours = await serves(noted.pid, cluster);
  // Where the system does not tell, a PostgreSQL is known by its open port.
  if (ours ?? (await answers(noted.port))) return noted;
  await discardPidFile(cluster, noted.pid);
  return undefined;
}

/** PostgreSQL's "fast" shutdown (roll back, write a checkpoint, exit); its "immediate" one when that takes too long. */
export async function endServer(
  { pid }: { pid: number },
  runs: () => Promise<boolean>,
  within = orderlyWithin,
): Promise<void> {
  const begun = performance.now();
  sendSignal(pid, "SIGINT");
  for (let hurried = false; await runs(); await wait(20)) {
    if (hurried || performance.now() - begun < within) continue;
    hurried = true;
    sendSignal(pid, "SIGQUIT"); // Nothing is lost: the next start reads the log again.
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function readPidFile(file: string): Promise<RunningServer | undefined> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 ? { pid, port } : undefined;
}

/** Whether this process is a PostgreSQL on this cluster; undefined where the system does not tell. */
async function serves(pid: number, cluster: string): Promise<boolean | undefined> {
  if (process.platform !== "linux") return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (command === undefined) return undefined;
  const words = command.split("\0");
  if (basename(words[0] ?? "") !== "postgres") return false;
  const folder = words[words.indexOf("-D") + 1] ?? "";
  if (folder === cluster) return true;
  // The same folder may have several names; the server works inside it.
  const same = await Promise.all([sameFolder(folder, cluster), sameFolder(`/proc/${pid}/cwd`, cluster)]);
  return same.includes(true) ? true : same.includes(undefined) ? undefined : false;
}

async function sameFolder(one: string, other: string): Promise<boolean | undefined> {
  const both = await Promise.all([stat(one), stat(other)]).catch(() => undefined);
  return both && both[0].dev === both[1].dev && both[0].ino === both[1].ino;
}

async function answers(port: number): Promise<boolean> {
  const begun = performance.now();
  do {
    const open = await new Promise<boolean>((done) => {
      const socket = connect({ host: "127.0.0.1", port, timeout: 1_000 });
      const finish = (result: boolean) => {
        socket.destroy();
        done(result);
      };
      socket.once("connect", () => finish(true));
      socket.once("timeout", () => finish(false));
      socket.once("error", () => finish(false));
    });
    if (open) return true;
    await wait(100);
  } while (performance.now() - begun < refusalMeansGone);
  return false;
}

async function discardPidFile(cluster: string, pid: number): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => {});
  const moved = await readPidFile(aside);
  // Another start may have been quicker, and then this file is its server's.
  if (moved && moved.pid !== pid) await rename(aside, file);
  else await rm(aside, { force: true });
}
