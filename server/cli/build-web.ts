import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "../platform/errors.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Something that is built from one folder into another, both from the root. */
interface Build {
  name: string;
  source: string;
  target: string;
  /** One of the files that are made. */
  made: string;
  config: string;
}

const pages: Build = {
  name: "pages",
  source: "web",
  target: "dist/web",
  made: "index.html",
  config: "vite.config.ts",
};
const widget: Build = {
  name: "widget",
  source: "widget",
  target: "dist/widget",
  made: "widget.js",
  config: "widget/vite.config.ts",
};
const vite = join(root, "node_modules/vite/bin/vite.js");

/**
 * Builds the pages into dist/web and the widget into dist/widget, unless what is there was made from the same source.
 * @returns whether it built any of them
 */
export async function buildWebWhenStale(): Promise<boolean> {
  const built = [await buildWhenStale(pages), await buildWidgetWhenStale()];
  return built.some(Boolean);
}

/** The same for the widget alone. */
export async function buildWidgetWhenStale(): Promise<boolean> {
  return buildWhenStale(widget);
}

async function buildWhenStale(build: Build): Promise<boolean> {
  const target = join(root, build.target);
  const stamp = `${target}.stamp`;
  const wanted = await sourceHash(build);
  if (existsSync(join(target, build.made)) && (await readFile(stamp, "utf8").catch(() => "")) === wanted)
    return false;
  // Built beside its place and moved there whole: a server that runs meanwhile never serves half of it.
  const making = `${target}-${process.pid}`;
  const old = `${making}-old`;
  await mkdir(join(root, "dist"), { recursive: true });
  try {
    await runVite(build, making);
    await rm(stamp, { force: true });
    await rename(target, old).catch(ignoreMissing);
    await rename(making, target).catch(ignoreTaken);
    await writeFile(stamp, wanted);
    return true;
  } finally {
    await rm(making, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** One hash of everything it is made from. */
async function sourceHash({ source, config }: Build): Promise<string> {
  const sources = await readdir(join(root, source), { recursive: true, withFileTypes: true });
  const files = sources
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name));
  files.push(join(root, config), join(root, "package-lock.json"));
  const hash = createHash("sha256");
  for (const file of [...new Set(files)].sort())
    hash.update(file.slice(root.length)).update(await readFile(file));
  return hash.digest("hex");
}

async function runVite({ name, config }: Build, outDir: string): Promise<void> {
  const args = ["build", "--config", config, "--logLevel", "error", "--outDir", outDir];
  const child = spawn(process.execPath, [vite, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  const code = await new Promise((done) => child.on("close", done));
  if (code === 0) return;
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  throw new Refusal("bad_input", `The ${name} could not be built:\n${lines.slice(0, 12).join("\n")}`);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** Another process that built the same was quicker. */
function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
}

if (import.meta.main) await buildWebWhenStale();
