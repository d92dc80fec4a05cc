import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

interface StaticFile {
  type: string;
  bytes: Buffer<ArrayBuffer>;
  encoded: Partial<Record<"br" | "gzip", Buffer<ArrayBuffer>>>;
  /** With a mark of its content, so that browsers may keep it for ever. */
  address: string;
}

const files = new Map<string, StaticFile>();
const sources = {
  "/r.css": { type: "text/css; charset=utf-8", path: () => beside("respondent.css") },
  "/r.js": { type: "text/javascript; charset=utf-8", path: () => beside("respondent.js") },
  "/r.woff2": {
    type: "font/woff2",
    path: () =>
      createRequire(import.meta.url).resolve(
        "@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2",
      ),
  },
};

export type StaticName = keyof typeof sources;
export const staticNames = Object.keys(sources) as StaticName[];

/** A file of the respondent's page: style, script, font. Read and compressed once. */
export function staticFile(name: StaticName): StaticFile {
  const known = files.get(name);
  if (known) return known;
  const { type, path } = sources[name];
  const bytes = readFileSync(path());
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const encoded = type === "font/woff2" ? {} : { br: brotliCompressSync(bytes), gzip: gzipSync(bytes) };
  const file = { type, bytes, encoded, address: `${name}?v=${mark}` };
  files.set(name, file);
  return file;
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
