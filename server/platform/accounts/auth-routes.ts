import { setTimeout as wait } from "node:timers/promises";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { refuseOtherSitesOfBrowsers } from "../http/refuse-other-sites.ts";
import { type Env, json, jsonBody, newRouter, route } from "../http/router.ts";
import { emailAddress } from "../mail/address.ts";
import type { Resources } from "../resources.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Accounts } from "./open-accounts.ts";
import { longestPassword, newPassword } from "./person.ts";
import { passCookies, refusing, signInByPassword } from "./sign-in-by-password.ts";

const givenPassword = z.string().min(1).max(longestPassword);
const done = json(z.object({ done: z.literal(true) }), "Done.");

const signIn = route({
  method: "post",
  path: "/sign-in/email",
  summary: "Sign in by e-mail and password",
  access: "public",
  request: {
    body: jsonBody(
      z.object({
        email: emailAddress,
        password: givenPassword,
        rememberMe: z.boolean().optional().describe("`false`: the session ends with the browser."),
      }),
    ),
  },
  responses: {
    200: json(
      z.object({ person: z.object({ id: z.string(), name: z.string(), email: z.string() }) }),
      "Signed in; the cookie is set.",
    ),
  },
});

const signOut = route({
  method: "post",
  path: "/sign-out",
  summary: "End the session",
  access: "public",
  responses: { 200: done },
});

const requestReset = route({
  method: "post",
  path: "/request-password-reset",
  summary: "Ask for a mail with a link to choose a new password",
  description: "The answer is the same whether or not the address has an account.",
  access: "public",
  request: { body: jsonBody(z.object({ email: emailAddress })) },
  responses: { 200: done },
});

const reset = route({
  method: "post",
  path: "/reset-password",
  summary: "Choose a new password by the token of the mailed link; ends all sessions",
  access: "public",
  request: { body: jsonBody(z.object({ token: z.string().min(1).max(200), newPassword })) },
  responses: { 200: done },
});

const changePassword = route({
  method: "post",
  path: "/change-password",
  summary: "Choose a new password while signed in; ends all other sessions",
  access: "signed-in",
  request: { body: jsonBody(z.object({ currentPassword: givenPassword, newPassword })) },
  responses: { 200: done },
});

/**
 * The ways of better-auth that are open, under /api/auth. Its own HTTP handler is not mounted: each of these checks its
 * input and calls one function of it, so no other of its endpoints, and no redirect parameter, can be reached.
 */
export function authRoutes(resources: Resources, accounts: Accounts) {
  const { config, database, clock } = resources;
  const limit = (c: Context<Env>, what: string) =>
    limitAttempts(database.db, clock, { what, address: c.var.address, limit: config.signInLimit });
  const headersOf = (c: Context<Env>) => {
    refuseOtherSitesOfBrowsers(c.req.method, c.req.raw.headers, config.baseUrl);
    return c.req.raw.headers;
  };

  return newRouter()
    .openapi(signIn, async (c) => {
      headersOf(c);
      const person = await signInByPassword(c, resources, accounts, c.req.valid("json"));
      return c.json({ person }, 200);
    })
    .openapi(signOut, async (c) => {
      const auth = await accounts.auth();
      const answer = await refusing(auth.api.signOut({ headers: headersOf(c), returnHeaders: true }));
      passCookies(c, answer.headers);
      return c.json({ done: true as const }, 200);
    })
    .openapi(requestReset, async (c) => {
      headersOf(c);
      await limit(c, "reset");
      const auth = await accounts.auth();
      // Both together, so that the time does not tell whether the address has an account.
      await Promise.all([refusing(auth.api.requestPasswordReset({ body: c.req.valid("json") })), wait(250)]);
      return c.json({ done: true as const }, 200);
    })
    .openapi(reset, async (c) => {
      headersOf(c);
      await limit(c, "reset");
      const auth = await accounts.auth();
      await refusing(auth.api.resetPassword({ body: c.req.valid("json") }));
      return c.json({ done: true as const }, 200);
    })
    .openapi(changePassword, async (c) => {
      await limit(c, "sign-in");
      const auth = await accounts.auth();
      const answer = await refusing(
        auth.api.changePassword({
          body: { ...c.req.valid("json"), revokeOtherSessions: true },
          headers: c.req.raw.headers,
          returnHeaders: true,
        }),
      );
      passCookies(c, answer.headers);
      return c.json({ done: true as const }, 200);
    });
}
