// For development: the server, restarted on changes, and Vite's server for the pages in front of it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { install, pinnedNode, root } from "./install.mjs";
import { whenParentEnds } from "./when-parent-ends.mjs";

await install();
const options = { cwd: root, stdio: "inherit" };
const children = [
  spawn(pinnedNode, ["--watch", "--watch-preserve-output", join(root, "server/cli.ts"), "serve"], options),
  spawn(pinnedNode, [join(root, "node_modules/vite/bin/vite.js")], options),
];
let ending = false;

function end(signal) {
  ending = true;
  for (const child of children) child.kill(signal);
}

whenParentEnds(() => end("SIGTERM"));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(signal));
for (const child of children)
  child.on("exit", (code) => {
    if (!ending) end("SIGTERM");
    process.exitCode ||= code ?? 0;
  });
