import { z } from "@hono/zod-openapi";
import { newResponseRecorder } from "../collect/record-responses.ts";
import type { Accounts } from "../platform/accounts/open-accounts.ts";
import { allowFirstRun } from "../platform/accounts/session-routes.ts";
import { signInHeaders } from "../platform/accounts/sign-in-headers.ts";
import { refuseOtherSitesOfBrowsers } from "../platform/http/refuse-other-sites.ts";
import { json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { loadSample } from "./load-sample.ts";

const sampleFirstRun = route({
  method: "post",
  path: "/first-run/sample",
  summary: "Load the sample company as the first workspace, and sign in as its owner",
  access: "public",
  request: { body: jsonBody(z.object({ setupToken: z.string().max(200).optional() })) },
  responses: {
    201: json(
      z.object({ workspace: z.object({ id: z.string(), slug: z.string(), name: z.string() }) }),
      "The sample company is loaded.",
    ),
  },
});

/** The door to the sample company. */
export function sampleRoutes(resources: Resources, accounts: Accounts) {
  const recorder = newResponseRecorder(resources);
  return newRouter().openapi(sampleFirstRun, async (c) => {
    refuseOtherSitesOfBrowsers(c.req.method, c.req.raw.headers, resources.config.baseUrl);
    await allowFirstRun(resources, accounts, c.var.address, c.req.valid("json").setupToken);
    const { personId, workspaceId, slug } = await loadSample(resources, recorder, { onlyFirst: true });
    for (const cookie of await signInHeaders(accounts, personId))
      c.header("set-cookie", cookie, { append: true });
    return c.json({ workspace: { id: workspaceId, slug, name: "Larkfield" } }, 201);
  });
}
