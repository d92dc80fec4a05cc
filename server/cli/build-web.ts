import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "../platform/errors.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = join(root, "dist/web");
const stamp = join(root, "dist/web.stamp");
const vite = join(root, "node_modules/vite/bin/vite.js");

/**
 * Builds the pages into dist/web unless what is there was made from the same source.
 * @returns whether it built
 */
export async function buildWebWhenStale(): Promise<boolean> {
  const wanted = await sourceHash();
  if (existsSync(join(pages, "index.html")) && (await readFile(stamp, "utf8").catch(() => "")) === wanted)
    return false;
  // Built beside its place and moved there whole: a server that runs meanwhile never serves half of it.
  const making = `${pages}-${process.pid}`;
  const old = `${making}-old`;
  await mkdir(join(root, "dist"), { recursive: true });
  try {
    await runVite(making);
    await rm(stamp, { force: true });
    await rename(pages, old).catch(ignoreMissing);
    await rename(making, pages).catch(ignoreTaken);
    await writeFile(stamp, wanted);
    return true;
  } finally {
    await rm(making, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** One hash of everything the pages are made from. */
async function sourceHash(): Promise<string> {
  const inWeb = await readdir(join(root, "web"), { recursive: true, withFileTypes: true });
  const files = inWeb
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name));
  files.push(join(root, "vite.config.ts"), join(root, "package-lock.json"));
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(await readFile(file));
  return hash.digest("hex");
}

async function runVite(outDir: string): Promise<void> {
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "error", "--outDir", outDir], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  const code = await new Promise((done) => child.on("close", done));
  if (code === 0) return;
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  throw new Refusal("bad_input", `The pages could not be built:\n${lines.slice(0, 12).join("\n")}`);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** Another process that built the same was quicker. */
function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
}

if (import.meta.main) await buildWebWhenStale();
