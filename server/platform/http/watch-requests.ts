import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Config } from "../config.ts";
import type { Logger } from "pino";
import type { Metrics } from "./metrics.ts";
import type { Env } from "./router.ts";
import { setDataHeaders } from "./security-headers.ts";

interface Watch {
  config: Pick<Config, "baseUrl">;
  log: Logger;
  metrics: Metrics;
}

/**
 * Around every request: its id, headers of the answer, one line in the log, one observation. The line holds the pattern
 * of the address, never the address itself, because queries and paths can hold names, e-mail addresses and tokens.
 */
export function watchRequests({ config, log, metrics }: Watch): MiddlewareHandler<Env> {
  const isHttps = config.baseUrl.startsWith("https://");
  return async (c, next) => {
    const start = performance.now();
    const requestId = saneId(c.req.header("x-request-id")) ?? randomUUID();
    c.set("requestId", requestId);
    c.header("x-request-id", requestId);
    setDataHeaders(c, isHttps);
    await next();
    const milliseconds = performance.now() - start;
    const { method } = c.req;
    const route = routePath(c);
    const { status } = c.res;
    metrics.observe(method, route, status, milliseconds / 1000);
    const level = quiet.has(route) ? "debug" : "info";
    log[level]({ requestId, method, route, status, ms: Math.round(milliseconds * 10) / 10 }, "request");
  };
}

const quiet = new Set(["/healthz", "/readyz", "/metrics", "/*", "*"]);

/** An id that a proxy gave, if it cannot break a log line. */
function saneId(given: string | undefined): string | undefined {
  return given !== undefined && /^[\w.:=-]{1,64}$/.test(given) ? given : undefined;
}
