import { createRoute, OpenAPIHono, type RouteConfig, z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { type Problem, Refusal } from "../errors.ts";
import type { RequestLimit } from "./limit-requests.ts";
import { problemsOfIssue } from "./problem-of-issue.ts";
import { refuseOtherSites } from "./refuse-other-sites.ts";

export const roles = ["viewer", "editor", "admin", "owner"] as const;
/** What a member may do; each role includes the ones before it. */
export type Role = (typeof roles)[number];

export const scopes = [
  "responses:write",
  "responses:read",
  "score:read",
  "imports:write",
  "customers:read",
  "customers:write",
  "customers:erase",
  "surveys:read",
  "surveys:write",
  "segments:read",
  "segments:write",
  "passives:read",
  "passives:write",
  "webhooks:write",
  "cases:read",
  "cases:write",
  "results:read",
  "plays:read",
  "plays:write",
  "content:read",
  "content:write",
  "codes:read",
  "codes:write",
] as const;
/** What an API key may do. */
export type Scope = (typeof scopes)[number];

/** Who asks, within one workspace. */
export interface Caller {
  workspaceId: string;
  role: Role;
  /** The person behind a session; absent for an API key. */
  personId?: string;
  /** Absent for a session. */
  apiKeyId?: string;
  scopes?: readonly Scope[];
}

/** A person who is signed in, in whatever workspace. */
export interface Person {
  id: string;
  name: string;
  email: string;
  language: string | null;
  sessionId: string;
}

/**
 * Who may use a route.
 * - `public`: anybody.
 * - `signed-in`: any person with a session; the route belongs to no workspace. Never an API key.
 * - `write-key`: whoever has a write key; the route itself looks for it, since it may be in the body.
 * - `{ role }`: members with at least this role; with `scope` also API keys that have it, or one of several.
 */
export type Access = "public" | "signed-in" | "write-key" | { role: Role; scope?: Scope | readonly Scope[] };

/** The scopes of which an API key needs one; none where keys cannot come in. */
export function scopesOf({ scope }: Exclude<Access, string>): readonly Scope[] {
  return scope === undefined ? [] : [scope].flat();
}

export interface Env {
  Variables: {
    requestId: string;
    findCaller: (headers: Headers) => Promise<Caller | undefined>;
    findPerson: (headers: Headers) => Promise<Person | undefined>;
    /** Set on routes with a role. */
    caller: Caller;
    /** Set on `signed-in` routes. */
    person: Person;
    /** Network address of the caller. */
    address: string;
    baseUrl: string;
    limitRequests: RequestLimit;
  };
}

export const errorBody = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string().describe("One sentence that tells the way out."),
      details: z
        .object({
          reason: z.string().optional(),
          values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
          problems: z
            .array(
              z.object({
                path: z.string(),
                message: z.string(),
                reason: z.string().optional(),
                values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
              }),
            )
            .optional(),
        })
        .optional(),
      requestId: z.string().optional(),
    }),
  })
  .openapi("Error");

/** A router whose inputs are checked and whose refusals have the one error shape. */
export function newRouter() {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      throw badInput(result.error);
    },
  });
}

/** The refusal of an input; its sentence says the first, or the first few, of what is wrong. */
export function badInput({ issues }: z.core.$ZodError, { most = 1 } = {}): Refusal {
  const problems = issues.flatMap((issue) => problemsOfIssue(issue));
  const sentences = problems.slice(0, most).map(sentenceOf);
  return new Refusal("bad_input", `${sentences.join("; ")}.`, { problems });
}

/** Declares a route: as hono's `createRoute`, with who may use it. Both are in /api/v1/openapi.json. */
export function route<const R extends RouteConfig & { summary: string; access: Access }>(config: R) {
  const { access, ...rest } = config;
  const made = createRoute({ ...(rest as RouteConfig), "x-access": access, middleware: [allow(access)] });
  return made as unknown as R & Pick<typeof made, "getRoutingPath">;
}

/** The answer of a route in JSON. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { content: { "application/json": { schema } }, description };
}

/** The body of a request in JSON. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { content: { "application/json": { schema } }, required: true as const };
}

function allow(access: Access): MiddlewareHandler<Env> {
  if (access === "public") {
    return async (c, next) => {
      await c.get("limitRequests")("address", c.get("address"));
      await next();
    };
  }
  if (access === "write-key") return async (_, next) => next();
  if (access === "signed-in") {
    return async (c, next) => {
      const person = await c.get("findPerson")(c.req.raw.headers);
      if (!person) throw await strangerRefused(c);
      await c.get("limitRequests")("person", person.id);
      refuseOtherSites(c.req.method, c.req.raw.headers, c.get("baseUrl"));
      c.set("person", person);
      await next();
    };
  }
  return async (c, next) => {
    const caller = await c.get("findCaller")(c.req.raw.headers);
    if (!caller) throw await strangerRefused(c);
    if (caller.apiKeyId !== undefined) await c.get("limitRequests")("key", caller.apiKeyId);
    else {
      await c.get("limitRequests")("person", caller.personId ?? c.get("address"));
      refuseOtherSites(c.req.method, c.req.raw.headers, c.get("baseUrl"));
    }
    refuseUnlessAllowed(caller, access);
    c.set("caller", caller);
    await next();
  };
}

async function strangerRefused(c: Context<Env>): Promise<Refusal> {
  await c.get("limitRequests")("address", c.get("address"));
  return new Refusal("not_signed_in", "Sign in, or send an API key as `Authorization: Bearer …`.");
}

function refuseUnlessAllowed(caller: Caller, access: Exclude<Access, string>): void {
  if (caller.apiKeyId) {
    const wanted = scopesOf(access);
    if (wanted.length === 0)
      throw new Refusal("not_allowed", "API keys cannot do this; a member can, in the browser.");
    if (!wanted.some((scope) => caller.scopes?.includes(scope))) {
      throw new Refusal(
        "not_allowed",
        `This API key lacks the scope ${wanted.join(" or ")}. Make one that has it in Settings → API keys.`,
      );
    }
  } else if (roles.indexOf(caller.role) < roles.indexOf(access.role)) {
    throw new Refusal(
      "not_allowed",
      `This needs the role ${access.role}; yours is ${caller.role}. An owner or admin can change it in Settings → Members.`,
    );
  }
}

function sentenceOf({ path, message }: Problem): string {
  const text = message.endsWith(".") ? message.slice(0, -1) : message;
  if (path) return `${path}: ${text}`;
  // Said of the whole: "must be an object, not a list".
  return /^(must|is|has) /.test(text) ? `The body ${text}` : text;
}
