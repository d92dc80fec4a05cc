import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { environmentWithoutSettings } from "./environment-without-settings.ts";

const cli = fileURLToPath(new URL("../server/cli.ts", import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the real CLI in a process of its own. */
export async function runNines(
  args: string[],
  { env = {}, input }: { env?: Record<string, string>; input?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...environmentWithoutSettings(), ...env } });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (text) => (ended.stdout += String(text)));
  child.stderr.on("data", (text) => (ended.stderr += String(text)));
  // A command that ends without reading closes its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  ended.code = await new Promise((done) => child.on("close", done));
  return ended;
}
