import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  path: string;
  text: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const stages = ["collect", "identify", "understand", "act", "prove"];
const tops = new Set(["app", "jobs", "cli", "main", "simulate"]);
const drawers = /(^|\/)(utils?|lib|helpers?|common|types|services|misc|v\d+)(\/|\.tsx?$)/;

/** Every TypeScript file of ours. */
export function readSources(): SourceFile[] {
  return ["server", "web", "widget", "test"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => {
      const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
      return names
        .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !path.includes("node_modules"))
        .map((path) => ({
          path: relative(root, path).replaceAll("\\", "/"),
          text: readFileSync(path, "utf8"),
        }));
    });
}

/** One sentence for every import that points the wrong way, and for what style.md forbids. */
export function findViolations(files: SourceFile[]): string[] {
  return files.flatMap((file) => [...wrongImports(file), ...wrongName(file), ...readsTheClock(file)]);
}

function wrongImports(file: SourceFile): string[] {
  return importsOf(file).flatMap(({ target, typeOnly }) => {
    const reason = refuse(file.path, target, typeOnly);
    return reason ? [`${file.path} imports ${target}: ${reason}`] : [];
  });
}

/** Why `from` may not import `to`; undefined when it may. */
function refuse(from: string, to: string, typeOnly: boolean): string | undefined {
  if (isTest(from)) return undefined;
  const [fromTop, fromPart] = partOf(from);
  const [toTop, toPart] = partOf(to);
  if (isTest(to)) return "only tests import tests";
  if (fromTop === "web" || fromTop === "widget") {
    if (toTop === "server" && !typeOnly) return `${fromTop}/ uses only \`import type\` from the server`;
    if (fromPart === "ui" && toTop === "web" && !["ui", "words", "i18n"].includes(toPart))
      return "web/ui knows nothing of the product";
    return toTop === fromTop || toTop === "server" ? undefined : `${fromTop}/ does not import ${toTop}/`;
  }
  if (fromTop !== "server") return undefined;
  if (toTop !== "server") return "server/ imports only server/";
  if (fromPart === toPart || tops.has(fromPart))
    return tops.has(toPart) && !tops.has(fromPart) ? "nothing imports the top" : undefined;
  if (tops.has(toPart)) return `nothing in a stage or below imports ${toPart}`;
  if (fromPart === "statistics" || fromPart === "platform") return `${fromPart} imports nothing of ours`;
  if (toPart === "statistics" || toPart === "platform") return undefined;
  return stages.indexOf(toPart) < stages.indexOf(fromPart)
    ? undefined
    : `${fromPart} comes before ${toPart} in the loop`;
}

function wrongName({ path }: SourceFile): string[] {
  return drawers.test(path) ? [`${path} is named for a drawer, not for what is in it`] : [];
}

function readsTheClock({ path, text }: SourceFile): string[] {
  if (!path.startsWith("server/") || isTest(path) || path === "server/platform/clock.ts") return [];
  return /\bDate\.now\(\)|\bnew Date\(\)/.test(withoutComments(text))
    ? [`${path} reads the system clock; take it from clock.ts`]
    : [];
}

function importsOf({ path, text }: SourceFile): { target: string; typeOnly: boolean }[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["'](\.[^"']+)["']|\bimport\(\s*["'](\.[^"']+)["']\s*\)/g;
  return [...withoutComments(text).matchAll(pattern)].map((match) => ({
    target: normalize(join(dirname(path), match[2] ?? match[3] ?? "")).replaceAll("\\", "/"),
    typeOnly: match[1] !== undefined,
  }));
}

function partOf(path: string): [top: string, part: string] {
  const [top = "", part = ""] = path.split("/");
  return [top, part.replace(/\.tsx?$/, "")];
}

const isTest = (path: string) => path.startsWith("test/") || /\.test\.tsx?$/.test(path);

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
