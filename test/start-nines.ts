import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { environmentWithoutSettings } from "./environment-without-settings.ts";

const cli = fileURLToPath(new URL("../server/cli.ts", import.meta.url));

export interface Nines {
  url: string;
  process: ChildProcess;
  /** What it has written so far. */
  output: { stdout: string; stderr: string };
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the real server as a process of its own and waits until it says where it is. */
export async function startNines(env: Record<string, string>): Promise<Nines> {
  const child = spawn(process.execPath, [cli, "serve"], {
    env: { ...environmentWithoutSettings(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const ended = new Promise<number | null>((done) => child.on("close", done));
  child.stderr.on("data", (text) => (output.stderr += String(text)));
  const url = await new Promise<string>((done, reject) => {
    child.stdout.on("data", (text) => {
      output.stdout += String(text);
      const address = /Nines is at (\S+)\n/.exec(output.stdout)?.[1];
      if (address) done(address);
    });
    void ended.then((code) => reject(new Error(`Nines ended with code ${code}: ${output.stderr}`)));
  });
  return {
    url,
    process: child,
    output,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
}
