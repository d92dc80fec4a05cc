import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import type { Env } from "./router.ts";
import { setPageHeaders } from "./security-headers.ts";

export interface StaticFile {
  modified: number;
  type: string;
  etag: string;
  bytes: Buffer<ArrayBuffer>;
  /** Compressed once, when that makes it smaller. */
  br?: Buffer<ArrayBuffer>;
  gzip?: Buffer<ArrayBuffer>;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves the built interface. Names under assets/ hold a hash of their content and are kept for ever; any other address
 * without an ending is a page, which index.html draws.
 */
export function serveWeb(folder: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { path } = c.req;
    if (path === "/api" || path.startsWith("/api/")) return next();
    const name = fileOf(path);
    if (name === undefined) return next();
    const file = await loadFile(join(folder, name));
    if (!file) {
      if (name !== "index.html") return next();
      return c.text("The pages of Nines are not built yet. Run `npm start`, which builds them.\n", 503);
    }
    setPageHeaders(c, name);
    return answerWithFile(
      c,
      file,
      name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    );
  };
}

/** Answers with a file, compressed as the caller likes it, or says that it is the one they have. */
export function answerWithFile(c: Context<Env>, file: StaticFile, cacheControl: string): Response {
  c.header("cache-control", cacheControl);
  c.header("etag", file.etag);
  c.header("vary", "accept-encoding");
  if (c.req.header("if-none-match")?.includes(file.etag)) return c.body(null, 304);
  c.header("content-type", file.type);
  const accepted = c.req.header("accept-encoding") ?? "";
  for (const encoding of ["br", "gzip"] as const) {
    const compressed = file[encoding];
    if (!compressed || !new RegExp(`\\b${encoding}\\b`).test(accepted)) continue;
    c.header("content-encoding", encoding);
    return c.body(compressed);
  }
  return c.body(file.bytes);
}

/** The file behind an address, inside the folder; undefined when it points elsewhere or at nothing servable. */
function fileOf(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(decoded)) return undefined;
  const name = normalize(decoded).split(sep).filter(Boolean).join("/");
  if (name.split("/").some((part) => part.startsWith("."))) return undefined;
  return extname(name) in types ? name : "index.html";
}

const kept = new Map<string, StaticFile>();

/** A built file as it is now; undefined when it is not there. Read and compressed once. */
export async function loadFile(path: string): Promise<StaticFile | undefined> {
  const about = await stat(path).catch(() => undefined);
  if (!about?.isFile()) return undefined;
  const known = kept.get(path);
  if (known?.modified === about.mtimeMs) return known;
  const bytes = await readFile(path);
  const file: StaticFile = {
    modified: about.mtimeMs,
    type: types[extname(path)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    bytes,
    ...(await compress(path, bytes)),
  };
  kept.set(path, file);
  return file;
}

async function compress(path: string, bytes: Buffer): Promise<Pick<StaticFile, "br" | "gzip">> {
  if (!/\.(html|js|css|svg|json|txt|webmanifest)$/.test(path) || bytes.length < 1024) return {};
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
    promisify(gzip)(bytes),
  ]);
  return { br, gzip: zipped };
}
