import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Refusal } from "../errors.ts";

const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/** What to tell when no session on the server of a `DATABASE_URL` can be had. Never holds the password. */
export function asConnectRefusal(error: unknown, url = ""): Refusal {
  if (error instanceof Refusal) return error;
  const { host, user, database } = partsOf(url);
  const { code = "", message } = error as { code?: string; message: string };
  // pg gives these two no code.
  if (unreachable.has(code) || /timeout exceeded|connection timeout/.test(message))
    return new Refusal(
      "busy",
      `No PostgreSQL answers at ${host}. Start it or let this machine reach it, or correct DATABASE_URL.`,
    );
  const sentences: Record<string, string> = {
    ENOTFOUND: `There is no host ${host}. Correct the host in DATABASE_URL.`,
    EAI_AGAIN: `The name of the host ${host} could not be looked up. Check the network, or the host in DATABASE_URL.`,
    "28P01": `PostgreSQL at ${host} does not take the password of ${user}. Correct user and password in DATABASE_URL.`,
    "28000": `PostgreSQL at ${host} does not let ${user} in. Correct the user in DATABASE_URL, or allow it in pg_hba.conf.`,
    "3D000": `PostgreSQL at ${host} has no database ${database}. Create it, or correct the name in DATABASE_URL.`,
    "53300": `PostgreSQL at ${host} has no connection left. Raise its max_connections, or lower DATABASE_CONNECTIONS.`,
    "57P03": `PostgreSQL at ${host} is starting or stopping. Try again in a moment.`,
  };
  const sentence = sentences[code] ?? `PostgreSQL at ${host} cannot be used: ${message}. Check DATABASE_URL.`;
  return new Refusal(code === "57P03" || code === "53300" ? "busy" : "bad_input", sentence);
}

/** What to tell when the system refuses the data folder; an error that is none of the system's stays what it is. */
export function asFolderRefusal(error: unknown, folder: string): unknown {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (error instanceof Refusal || !syscall || syscall.startsWith("spawn")) return error;
  const instead = "set DATA_DIR to another folder.";
  const sentences: Record<string, string> = {
    EACCES: `This user may not write to ${folder}. Give it the right to, or ${instead}`,
    EPERM: `This user may not write to ${folder}. Give it the right to, or ${instead}`,
    EROFS: `The disk of ${folder} is read-only. Make it writable, or ${instead}`,
    ENOTDIR: `A part of ${folder} is a file and no folder. Move that file away, or ${instead}`,
    EEXIST: `${folder} is a file and no folder. Move it away, or ${instead}`,
    ENOENT: `The folder ${folder} cannot be made; ${instead}`,
    ENOSPC: `The disk of ${folder} is full. Free some space, or ${instead}`,
    EDQUOT: `The disk quota of ${folder} is used up. Free some space, or ${instead}`,
  };
  const sentence = sentences[code];
  if (!sentence) return error;
  return new Refusal(code === "ENOSPC" || code === "EDQUOT" ? "disk_full" : "bad_input", sentence);
}

/** Like `mkdir -p`. Node's own recursive one never ends where a file system makes no folders, such as /proc. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(folder);
    if (code === "ENOENT" && parent !== folder && !(await isFolder(parent))) {
      await makeFolder(parent);
      return makeFolder(folder);
    }
    // Some systems say EROFS or EACCES of a folder that is there.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function partsOf(url: string): { host: string; user: string; database: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return {
    host: parsed?.host ? parsed.host : "this address",
    user: parsed?.username ? `the user ${parsed.username}` : "this user",
    database: parsed && parsed.pathname.length > 1 ? parsed.pathname.slice(1) : "of the user's name",
  };
}
