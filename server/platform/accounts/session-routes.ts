import { z } from "@hono/zod-openapi";
import { json, jsonBody, newRouter, type Person, roles, route } from "../http/router.ts";
import { refuseOtherSitesOfBrowsers } from "../http/refuse-other-sites.ts";
import type { Resources } from "../resources.ts";
import { version } from "../version.ts";
import { createOwnerAndWorkspace, hasWorkspace } from "./create-owner-and-workspace.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Accounts } from "./open-accounts.ts";
import { newPerson } from "./person.ts";
import { checkSetupToken } from "./setup-token.ts";
import { signInHeaders } from "./sign-in-headers.ts";
import { timeZone, workspaceName } from "./workspace.ts";

const session = z
  .object({
    person: z
      .object({ id: z.string(), name: z.string(), email: z.string(), language: z.string().nullable() })
      .nullable(),
    workspaces: z.array(
      z.object({
        id: z.string(),
        slug: z.string(),
        name: z.string(),
        role: z.enum(roles),
        sample: z.boolean(),
      }),
    ),
    firstRun: z.boolean().describe("There is no workspace yet."),
    setupTokenNeeded: z.boolean(),
    mail: z.enum(["smtp", "outbox"]),
    version: z.string(),
  })
  .openapi("Session");

const getSession = route({
  method: "get",
  path: "/session",
  summary: "Who is signed in, and what this server is",
  access: "public",
  responses: { 200: json(session, "The session; `person` is null when nobody is signed in.") },
});

const ownFirstRun = route({
  method: "post",
  path: "/first-run/own",
  summary: "Make the first workspace and its owner, and sign in",
  access: "public",
  request: {
    body: jsonBody(
      newPerson.extend({
        workspaceName,
        timeZone: timeZone.optional(),
        setupToken: z.string().max(200).optional(),
      }),
    ),
  },
  responses: {
    201: json(
      z.object({ workspace: z.object({ id: z.string(), slug: z.string(), name: z.string() }) }),
      "The new workspace.",
    ),
  },
});

/** Who is signed in, and the first run. */
export function sessionRoutes(resources: Resources, accounts: Accounts) {
  const { config, database, clock } = resources;
  const { db } = database;

  const findWorkspaces = (personId: string) =>
    db
      .selectFrom("members")
      .innerJoin("workspaces", "workspaces.id", "members.workspaceId")
      .select(["workspaces.id", "workspaces.slug", "workspaces.name", "members.role", "workspaces.sample"])
      .where("members.personId", "=", personId)
      .orderBy("workspaces.name")
      .execute();

  return newRouter()
    .openapi(getSession, async (c) => {
      const person = await accounts.findPerson(c.req.raw.headers);
      const workspaces = person ? await findWorkspaces(person.id) : [];
      const firstRun = workspaces.length === 0 && !(await hasWorkspace(db));
      if (person) {
        // The one place where a session is prolonged, because here the browser also gets the longer cookie.
        const auth = await accounts.auth();
        const { headers } = await auth.api.getSession({ headers: c.req.raw.headers, returnHeaders: true });
        for (const cookie of headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
      }
      const body = {
        person: person ? shown(person) : null,
        workspaces,
        firstRun,
        setupTokenNeeded: firstRun && config.databaseUrl !== undefined,
        mail: config.smtpUrl ? ("smtp" as const) : ("outbox" as const),
        version,
      };
      return c.json(body, 200);
    })
    .openapi(ownFirstRun, async (c) => {
      refuseOtherSitesOfBrowsers(c.req.method, c.req.raw.headers, config.baseUrl);
      await allowFirstRun(resources, accounts, c.var.address, c.req.valid("json").setupToken);
      const { setupToken: _, ...given } = c.req.valid("json");
      const made = await createOwnerAndWorkspace(db, clock, given, { onlyFirst: true });
      for (const cookie of await signInHeaders(accounts, made.personId))
        c.header("set-cookie", cookie, { append: true });
      return c.json({ workspace: { id: made.workspaceId, slug: made.slug, name: given.workspaceName } }, 201);
    });
}

function shown({ id, name, email, language }: Person) {
  return { id, name, email, language };
}

/**
 * May this caller set Nines up? Counts the attempt.
 * @throws Refusal when the set-up token is needed and wrong
 */
export async function allowFirstRun(
  resources: Resources,
  accounts: Accounts,
  address: string,
  setupToken: string | undefined,
): Promise<void> {
  const { config, database, clock } = resources;
  await limitAttempts(database.db, clock, { what: "first-run", address, limit: config.signInLimit });
  checkSetupToken(config, await accounts.secret(), setupToken);
}
