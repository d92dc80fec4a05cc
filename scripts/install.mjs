// Installs what package-lock.json names, when node_modules is missing or older. Runs on any Node from 18 on.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
/** The Node that runs Nines, whatever Node is on this machine. */
export const pinnedNode = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const stamp = join(modules, ".nines-installed");
const lock = join(root, ".installing");

/** Installs if needed; several processes may call it at once, one installs and the others wait. */
export async function install() {
  if (isInstalled()) return;
  while (!takeLock()) {
    await wait(200);
    if (!existsSync(lock) && isInstalled()) return;
  }
  const release = () => rmSync(lock, { force: true });
  process.once("exit", release);
  try {
    if (!isInstalled()) await npmCi();
  } finally {
    release();
    process.removeListener("exit", release);
  }
}

function isInstalled() {
  if (!existsSync(pinnedNode)) return false;
  const wanted = lockHash();
  if (readQuietly(stamp) === wanted) return true;
  if (!agreesWithLock()) return false;
  writeFileSync(stamp, wanted);
  return true;
}

function lockHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Somebody ran npm by hand: what npm wrote down at the end of that must be what the lock file names. */
function agreesWithLock() {
  const hidden = join(modules, ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const there = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === "" || optional || (peer && !there[path]) || there[path]?.version === version,
  );
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const owner = Number(readQuietly(lock));
  if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
  return false;
}

function readQuietly(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function npmCi() {
  const began = Date.now();
  process.stderr.write("Installing what Nines needs (about a minute, once) …\n");
  rmSync(stamp, { force: true });
  const { code, output } = await runNpm([
    "ci",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--no-progress",
    "--loglevel=error",
  ]);
  if (code !== 0) {
    fail(
      `Installing failed: npm ci ended with code ${code}.\n${output.trim().split("\n").slice(-15).join("\n")}`,
    );
  }
  if (!existsSync(pinnedNode)) {
    fail(
      "npm ci did not install Node itself, because install scripts are switched off. Run `npm ci --ignore-scripts=false`, then try again.",
    );
  }
  writeFileSync(stamp, lockHash());
  process.stderr.write(`Installed in ${Math.round((Date.now() - began) / 1000)} s.\n`);
}

function runNpm(args) {
  // npm must not run on the Node that it is about to replace, so node_modules/.bin leaves the search path.
  const path = (process.env.PATH ?? "").split(delimiter).filter((each) => !each.includes("node_modules"));
  return new Promise((done) => {
    const child = spawn("npm", args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      env: { ...process.env, PATH: path.join(delimiter) },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("error", () => fail("npm is not on the search path. Install Node with npm, then try again."));
    child.on("close", (code) => done({ code, output }));
  });
}

function fail(sentence) {
  rmSync(lock, { force: true });
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Whether this very file was started, and not imported by another. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

if (isMain(import.meta.url)) await install();
