import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts a script of this folder as a process of its own; resolves with the first message it sends, if it sends one. */
export function start(script: string, env: Record<string, string> = {}): ChildProcess {
  return fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** The next message of a process. @throws Error when it ends instead */
export async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(child, "message", { signal: ended.signal }).then(([message]) => message as Message),
      once(child, "exit", { signal: ended.signal }).then(([code]) => {
        throw new Error(`${child.spawnfile} ended with ${code}.`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}

/** Sends a message and waits for the one that comes back. */
export async function ask<Message>(child: ChildProcess, question: object): Promise<Message> {
  const answer = messageOf<Message>(child);
  child.send(question);
  return answer;
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
