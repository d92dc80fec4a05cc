import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findViolations, readSources } from "./architecture.ts";

test("imports point one way, files are named for what they do, and only clock.ts reads the clock", () => {
  const files = readSources();
  expect(files.length).toBeGreaterThan(100);
  expect(findViolations(files)).toEqual([]);
});

test("a class of a page is styled in one file, for all styles are one file in the browser", () => {
  const web = fileURLToPath(new URL("../web", import.meta.url));
  const sheets = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".css"),
  );
  const owners = sheets.flatMap((path) => {
    const css = readFileSync(join(web, path), "utf8").replaceAll(/\/\*.*?\*\//gs, "");
    const classes = new Set([...css.matchAll(/(?:^|[},])\s*\.([a-z]+-[\w-]+)/g)].map(([, name]) => name!));
    return [...classes].map((name) => ({ name, path }));
  });
  expect(owners.length).toBeGreaterThan(300);
  const shared = [...Map.groupBy(owners, ({ name }) => name)].filter(([, files]) => files.length > 1);
  expect(shared.map(([name, files]) => `${name}: ${files.map(({ path }) => path).join(", ")}`)).toEqual([]);
});

test.each([
  [
    "a stage importing a later one",
    "server/collect/a.ts",
    'import { b } from "../identify/b.ts";',
    /collect comes before identify/,
  ],
  [
    "a type of a later stage",
    "server/collect/a.ts",
    'import type { B } from "../act/b.ts";',
    /collect comes before act/,
  ],
  [
    "a dynamic import of a later stage",
    "server/collect/a.ts",
    'const b = await import("../prove/b.ts");',
    /collect comes before prove/,
  ],
  [
    "a re-export of a later stage",
    "server/identify/a.ts",
    'export { b } from "../understand/b.ts";',
    /identify comes before understand/,
  ],
  [
    "an import over several lines",
    "server/identify/a.ts",
    'import {\n  b,\n  c,\n} from "../act/b.ts";',
    /identify comes before act/,
  ],
  [
    "the platform importing a stage",
    "server/platform/http/a.ts",
    'import type { B } from "../../collect/b.ts";',
    /platform imports nothing/,
  ],
  [
    "statistics importing the platform",
    "server/statistics/a.ts",
    'import { B } from "../platform/errors.ts";',
    /statistics imports nothing/,
  ],
  [
    "a stage importing the app",
    "server/collect/a.ts",
    'import type { App } from "../app.ts";',
    /imports app/,
  ],
  [
    "the web importing a value of the server",
    "web/a.tsx",
    'import { b } from "../server/collect/b.ts";',
    /only `import type`/,
  ],
  ["the widget importing the web", "widget/a.ts", 'import { b } from "../web/b.ts";', /does not import web/],
  [
    "the design system importing a page",
    "web/ui/a.tsx",
    'import { b } from "../collect/b.tsx";',
    /knows nothing of the product/,
  ],
  [
    "the server importing the web",
    "server/collect/a.ts",
    'import { b } from "../../web/b.ts";',
    /imports only server/,
  ],
  [
    "code importing a test",
    "server/collect/a.ts",
    'import { b } from "./b.test.ts";',
    /only tests import tests/,
  ],
  ["a drawer", "server/collect/utils/a.ts", "", /named for a drawer/],
  ["a file of types", "server/collect/types.ts", "", /named for a drawer/],
  ["reading the clock", "server/collect/a.ts", "const now = new Date();", /reads the system clock/],
])("%s is found", (_, path, text, sentence) => {
  expect(findViolations([{ path, text }])).toEqual([expect.stringMatching(sentence)]);
});

test.each([
  ["an earlier stage", "server/act/a.ts", 'import { b } from "../collect/b.ts";'],
  ["the platform", "server/collect/a.ts", 'import { b } from "../platform/errors.ts";'],
  ["statistics", "server/identify/a.ts", 'import { b } from "../statistics/nps.ts";'],
  ["its own stage", "server/collect/imports/a.ts", 'import { b } from "../b.ts";'],
  ["types of the server in the web", "web/api.ts", 'import type { App } from "../server/app.ts";'],
  ["everything from the top", "server/app.ts", 'import { b } from "./prove/routes.ts";'],
  ["a time that is given", "server/collect/a.ts", "const day = new Date(text); // not new Date()"],
])("importing %s is allowed", (_, path, text) => {
  expect(findViolations([{ path, text }])).toEqual([]);
});
