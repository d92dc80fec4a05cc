import type { MiddlewareHandler } from "hono";
import type { Resources } from "../resources.ts";
import { openRequestLimits, type RequestLimit } from "./limit-requests.ts";
import type { Caller, Env, Person } from "./router.ts";

interface Finders {
  findCaller: (headers: Headers) => Promise<Caller | undefined>;
  findPerson: (headers: Headers) => Promise<Person | undefined>;
}

type Options = Finders & { limitRequests?: RequestLimit };

/** Gives every request what routes rely on: who may be asking, from where. */
export function prepareRequests(
  { config }: Pick<Resources, "config">,
  { findCaller, findPerson, limitRequests = openRequestLimits() }: Options,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set("findCaller", findCaller);
    c.set("findPerson", findPerson);
    c.set("baseUrl", config.baseUrl);
    c.set("limitRequests", limitRequests);
    c.set("address", addressOf(c.env, c.req.raw.headers, config.trustProxy));
    await next();
  };
}

/**
 * The network address of the caller. Behind a proxy it is the last of X-Forwarded-For, the one our proxy wrote; without
 * TRUST_PROXY the header is whatever the caller likes, and is ignored.
 */
function addressOf(env: unknown, headers: Headers, trustProxy: boolean): string {
  if (trustProxy) {
    const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (last) return last.slice(0, 60);
  }
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress ?? "unknown";
}
