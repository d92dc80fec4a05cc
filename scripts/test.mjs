// Everything CI does: node scripts/test.mjs [--only check|unit|e2e]. The last line says how many passed and failed.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium, howToGetChromium } from "./find-chromium.mjs";
import { install, pinnedNode, root } from "./install.mjs";

const results = join(root, "test-results");
const total = { passed: 0, failed: 0, skipped: 0 };
const parts = ["check", "unit", "e2e"];
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
if (only !== undefined && !parts.includes(only)) {
  process.stderr.write(`--only is one of ${parts.join(", ")}.\nUsage: node scripts/test.mjs [--only PART]\n`);
  process.exit(2);
}
const wanted = (part) => only === undefined || only === part;

await install();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

if (wanted("check")) {
  await step("types of the server", check("typescript/bin/tsc", "--noEmit"));
  await step("types of the web", check("typescript/bin/tsc", "--noEmit", "-p", "web"));
  await step("types of the widget", check("typescript/bin/tsc", "--noEmit", "-p", "widget"));
  await step("lint", check("oxlint/bin/oxlint", "--type-aware", "--deny-warnings"));
}
if (wanted("unit")) await step("unit tests", unitTests);
if (wanted("e2e") && (await step("build of the pages", build))) await step("browser tests", browserTests);

const { passed, failed, skipped } = total;
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** Does a step, says how long it took, and counts it as failed when it is no test run and did not succeed. */
async function step(name, run) {
  const began = Date.now();
  const done = await run();
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${name}${done ? "" : ": FAILED"}\n`);
  return done;
}

function check(tool, ...args) {
  return () => quietly([join(root, "node_modules", tool), ...args]);
}

function build() {
  return quietly([join(root, "server/cli/build-web.ts")]);
}

/** Runs without a word unless it fails; a failure counts once. */
async function quietly(args) {
  const { code, output } = await node(args, { stdio: ["ignore", "pipe", "pipe"] });
  if (code === 0) return true;
  process.stdout.write(output);
  total.failed += 1;
  return false;
}

async function unitTests() {
  const file = join(results, "unit.json");
  const { code } = await node(
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  return count(code, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function browserTests() {
  const chromium = findChromium();
  if (!chromium) {
    process.stdout.write(`${howToGetChromium}\n`);
    total.failed += 1;
    return false;
  }
  // Two halves at once, each with a server and a database of its own: one leaves a core idle most of the time.
  // By their numbers, which stand for stages: the first takes about as long as all others.
  const halves = await Promise.all(
    ["e2e/0", "e2e/[1-9]"].map((files, i) => browserHalf(chromium, i + 1, files)),
  );
  return halves.map(({ code, file }) => countBrowserTests(code, file)).every(Boolean);
}

async function browserHalf(chromium, half, files) {
  const file = join(results, `e2e-${half}.json`);
  const { code } = await node(
    [
      join(root, "node_modules/@playwright/test/cli.js"),
      "test",
      files,
      `--output=test-results/e2e-${half}`,
      "--reporter=dot,json",
    ],
    {
      stdio: ["ignore", "inherit", "inherit"],
      env: { CHROMIUM: chromium, E2E_HALF: `${half}`, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    },
  );
  return { code, file };
}

function countBrowserTests(code, file) {
  return count(code, file, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** Adds what a report says; a run that failed without a failed test is a failure too. */
function count(code, file, read) {
  let said = { passed: 0, failed: 0, skipped: 0 };
  try {
    said = read(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    process.stdout.write("There is no report of this run.\n");
  }
  if (code !== 0 && said.failed === 0) said.failed = 1;
  for (const key of Object.keys(total)) total[key] += said[key];
  return said.failed === 0;
}

function node(args, { stdio, env = {} }) {
  const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  return new Promise((done) => {
    const child = spawn(pinnedNode, args, { cwd: root, stdio, env: { ...process.env, PATH: path, ...env } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += text));
    child.on("close", (code) => done({ code, output }));
  });
}
