import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createHandlers } from "../server/jobs.ts";
import { environment } from "../server/platform/config.ts";
import { newTestApp } from "./new-test-app.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
// The formatter pads the columns of tables.
const rowOf = (name: string) => new RegExp(`^\\| \`${name}\` +\\|`, "m");
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test("every command of the command line is in its guide", () => {
  const guide = read("docs/guides/cli.md");
  const names = [...read("server/cli.ts").matchAll(/^ {2}(\w+): async \(\) =>/gm)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThanOrEqual(8);
  for (const name of names) expect(guide).toMatch(rowOf(`nines ${name}`));
});

test("every setting and every job is in the guide to self-hosting, once", async () => {
  const guide = read("docs/guides/self-hosting.md");
  const rowsOf = (heading: string) => {
    const section = guide.split(`\n## ${heading}\n`)[1]!.split("\n## ")[0]!;
    return [...section.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name!);
  };
  const { resources } = await newTestApp();
  const jobs = Object.keys(createHandlers(resources));
  expect(rowsOf("Settings")).toEqual(Object.keys(environment.shape));
  expect(rowsOf("Jobs").toSorted()).toEqual(jobs.toSorted());
  for (const job of jobs) expect([...guide.matchAll(new RegExp(rowOf(job), "gm"))], job).toHaveLength(1);
});

test("every file of statistics is in the methods, and every page of methods names a file that is there", () => {
  const folder = readdirSync(join(root, "server/statistics"));
  const files = folder.filter((name) => !/\.(test|d)\.ts$/.test(name) && !name.startsWith("arbitrary"));
  const methods = read("docs/methods/README.md");
  for (const file of files) expect(methods).toContain(`\`${file}\``);
  for (const [, file] of methods.matchAll(/`([\w-]+\.ts)`/g)) expect(folder).toContain(file);
});

test("every route has a summary, and says who may use it", async () => {
  const { app } = await newTestApp();
  const description = (await (await app.request("/api/v1/openapi.json")).json()) as {
    paths: Record<string, Record<string, { summary?: string; "x-access"?: unknown }>>;
  };
  const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ name: `${method} ${path}`, route })),
  );
  expect(routes.length).toBeGreaterThan(20);
  for (const { name, route } of routes) {
    expect(route.summary, name).toMatch(/^\p{Lu}.{5,}[^.]$/u);
    expect(route["x-access"], name).toBeTruthy();
  }
});

test("links between the pages lead somewhere", () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => join(dirname(page), target!))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${page} → ${target}`),
  );
  expect(broken).toEqual([]);
});
