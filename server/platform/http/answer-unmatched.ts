import type { Context, Hono } from "hono";
import { Refusal } from "../errors.ts";
import type { Env } from "./router.ts";

/** Answers what no route takes: OPTIONS and wrong methods by what the address does take, the rest as not found. */
export function answerUnmatched(app: Pick<Hono<Env>, "routes">) {
  let patterns: { method: string; pattern: RegExp }[] | undefined;
  return (c: Context<Env>): Response => {
    patterns ??= app.routes
      .filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"))
      .map(({ method, path }) => ({ method, pattern: patternOf(path) }));
    const methods = new Set(
      patterns.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method),
    );
    if (methods.size === 0) throw new Refusal("not_found", "There is nothing at this address.");
    if (methods.has("GET")) methods.add("HEAD");
    const allowed = [...methods].sort().join(", ");
    c.header("allow", allowed);
    // No Access-Control headers: pages of other sites get no answers they can read.
    if (c.req.method === "OPTIONS") return c.body(null, 204);
    throw new Refusal("wrong_method", `This address takes ${allowed}, not ${c.req.method}.`);
  };
}

function patternOf(path: string): RegExp {
  const parts = path
    .split("/")
    .map((part) => (part.startsWith(":") ? "[^/]+" : part.replace(/[^\w-]/g, "\\$&")));
  return new RegExp(`^${parts.join("/")}$`);
}
