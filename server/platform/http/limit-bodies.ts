import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Refusal } from "../errors.ts";
import type { Env } from "./router.ts";

/**
 * Refuses bodies beyond the limit, except on the routes that stream theirs (`POST /api/v1/imports`).
 * A declared length is trusted, for the HTTP parser enforces it; what comes in chunks is counted.
 */
export function limitBodies({
  most = 1024 * 1024,
  streams,
}: {
  most?: number;
  /** `METHOD path` of the routes that read bodies of any size; `*` at the end stands for one more part. */
  streams: readonly string[];
}): MiddlewareHandler<Env> {
  const refuse = () => {
    throw new Refusal(
      "too_large",
      `The body is larger than ${most / 1024 / 1024} MB. Send less at once; files of answers go to POST /api/v1/imports.`,
      { reason: "body_too_large", values: { most } },
    );
  };
  const isStream = (asked: string) =>
    streams.some((each) =>
      each.endsWith("*") ? asked.slice(0, asked.lastIndexOf("/") + 1) === each.slice(0, -1) : asked === each,
    );
  const counted = bodyLimit({ maxSize: most, onError: refuse });
  return async (c, next) => {
    const declared = c.req.header("content-length");
    const isChunked = declared === undefined && c.req.header("transfer-encoding") !== undefined;
    if (declared === undefined && !isChunked) return next();
    if (isStream(`${c.req.method} ${c.req.path}`)) return next();
    if (isChunked) return counted(c, next);
    if (Number(declared) > most) refuse();
    return next();
  };
}
