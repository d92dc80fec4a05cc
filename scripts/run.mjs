// Runs a TypeScript file of this project on the pinned Node, installing first if needed: node scripts/run.mjs FILE …
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { install, isMain, pinnedNode, root } from "./install.mjs";
import { whenParentEnds } from "./when-parent-ends.mjs";

/** Runs the file with these arguments, in this process when it already is the pinned Node. */
export async function run(file, args) {
  await install();
  const path = join(root, file);
  if (realpathSync(process.execPath) === realpathSync(pinnedNode)) {
    whenParentEnds(() => process.kill(process.pid, "SIGTERM"));
    process.argv = [process.argv[0], path, ...args];
    await import(pathToFileURL(path).href);
    return;
  }
  const child = spawn(pinnedNode, [path, ...args], { stdio: "inherit" });
  whenParentEnds(() => child.kill("SIGTERM"));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

if (isMain(import.meta.url)) await run(process.argv[2], process.argv.slice(3));
