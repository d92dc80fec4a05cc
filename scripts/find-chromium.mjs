// A Chromium for the browser tests: CHROMIUM, one on this machine, one from apt, or Playwright's own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pinnedNode, root } from "./install.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const folders = [
  ...(process.env.PATH ?? "").split(delimiter),
  "/usr/bin",
  "/usr/lib/chromium",
  "/snap/bin",
  "/Applications/Google Chrome.app/Contents/MacOS",
  "/Applications/Chromium.app/Contents/MacOS",
];

/** The path of a Chromium that runs; on Debian as root it is installed when there is none. Undefined when there is no way. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return onThisMachine() ?? fromApt() ?? fromPlaywright();
}

export const howToGetChromium =
  "No Chromium was found for the browser tests. Install one (on Debian: apt-get install chromium), run `npx playwright install chromium`, or set CHROMIUM to its path.";

function onThisMachine() {
  const paths = folders.flatMap((folder) =>
    [...names, "Google Chrome", "Chromium"].map((name) => join(folder, name)),
  );
  return paths.find((path) => existsSync(path) && runs(path));
}

// Ubuntu's chromium-browser may be a stand-in that only says where to get it.
function runs(path) {
  return spawnSync(path, ["--version", "--no-sandbox"], { timeout: 30_000 }).status === 0;
}

function fromApt() {
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return undefined;
  process.stdout.write("Installing Chromium for the browser tests …\n");
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  return onThisMachine();
}

function fromPlaywright() {
  const script = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))";
  const { stdout } = spawnSync(pinnedNode, ["-e", script], { cwd: root, encoding: "utf8" });
  const path = stdout?.trim();
  return path && existsSync(path) ? path : undefined;
}
