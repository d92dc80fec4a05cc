import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildWidgetWhenStale } from "../../server/cli/build-web.ts";
import { table } from "./figures.ts";

const ours = fileURLToPath(new URL("../../dist/widget/widget.js", import.meta.url));

/** What a page loads to ask one question with another product: minified files out of its packages. */
const others = [
  {
    name: "@formbricks/js and its survey bundle",
    files: [
      ["@formbricks/js", "dist/index.js"],
      ["@formbricks/surveys", "dist/index.umd.js"],
    ],
  },
  {
    name: "posthog-js and its surveys",
    files: [
      ["posthog-js", "dist/array.js"],
      ["posthog-js", "dist/surveys.js"],
    ],
  },
] as const;

/** Bytes of the widget raw and after gzip, beside those of others, all measured in the same way. */
export async function benchWidget(): Promise<string> {
  await buildWidgetWhenStale();
  const rows = [rowOf("Nines", "widget.js", [await readFile(ours)])];
  const folder = await mkdtemp(join(tmpdir(), "nines-widget-"));
  const missing: string[] = [];
  try {
    for (const { name, files } of others) {
      const found = await Promise.all(files.map(async ([name, path]) => readPackage(folder, name, path)));
      const there = found.filter((each) => each !== undefined);
      if (there.length < files.length) missing.push(name);
      else
        rows.push(
          rowOf(
            name,
            there.map(({ says }) => says).join(" + "),
            there.map(({ bytes }) => bytes),
          ),
        );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const head = ["", "files", "bytes", "bytes after gzip -9"];
  const skipped = missing.map((name) => `\n\nNot measured, because npm could not fetch it: ${name}.`);
  return table(head, rows) + skipped.join("");
}

/** Each file by itself, as they are fetched. */
function rowOf(name: string, files: string, contents: readonly Buffer[]): (string | number)[] {
  const sum = (sizes: number[]) => sizes.reduce((a, b) => a + b, 0).toLocaleString("en");
  return [
    name,
    files,
    sum(contents.map(({ length }) => length)),
    sum(contents.map((bytes) => gzipSync(bytes, { level: 9 }).length)),
  ];
}

/** A file out of the newest package of that name; undefined where npm does not get it. */
async function readPackage(folder: string, name: string, path: string) {
  const into = await mkdtemp(join(folder, "package-"));
  const packed = await run("npm", ["pack", name, "--silent", "--pack-destination", into], into);
  const archive = packed?.trim().split("\n").at(-1);
  if (!archive || (await run("tar", ["-xzf", archive], into)) === undefined) return undefined;
  const about = JSON.parse(await readFile(join(into, "package/package.json"), "utf8")) as { version: string };
  return { says: `${name} ${about.version} ${path}`, bytes: await readFile(join(into, "package", path)) };
}

/** What a program says; undefined when it failed or took two minutes. */
async function run(program: string, args: string[], cwd: string): Promise<string | undefined> {
  // npm runs on the machine's own Node.
  const path = (process.env.PATH ?? "").split(delimiter).filter((each) => !each.includes("node_modules"));
  const env = { ...process.env, PATH: path.join(delimiter) };
  const child = spawn(program, args, { cwd, env, timeout: 120_000, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (text) => (output += String(text)));
  const code = await new Promise((done) => {
    child.on("close", done);
    child.on("error", done);
  });
  return code === 0 ? output : undefined;
}
