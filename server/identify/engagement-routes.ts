import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { decideEventName } from "./engagement/decide-event-name.ts";
import { Engagement, WorkspaceEngagement } from "./engagement/engagement.ts";
import { readEngagement } from "./engagement/read-engagement.ts";
import { readWorkspaceEngagement } from "./engagement/read-workspace-engagement.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };

/** Stage 2: what customers do, against what they are used to, and what event names say of it. */
export function engagementRoutes({ database: { db, reads }, clock }: Resources) {
  return newRouter()
    .openapi(customerRoute, async (c) =>
      c.json(await readEngagement(reads, clock, c.var.caller.workspaceId, c.req.valid("param").id), 200),
    )
    .openapi(workspaceRoute, async (c) =>
      c.json(await readWorkspaceEngagement(reads, c.var.caller.workspaceId), 200),
    )
    .openapi(decideRoute, async (c) => {
      const { name } = c.req.valid("param");
      const { countsAs } = c.req.valid("json");
      return c.json(await decideEventName(db, clock, c.var.caller, { name, countsAs }), 200);
    });
}

const customerRoute = route({
  method: "get",
  path: "/customers/{id}/engagement",
  summary: "What a customer does, week by week, against their own usual range",
  access: { role: "viewer", scope: "customers:read" },
  request: { params: z.object({ id: z.uuid("is not the id of a customer") }) },
  responses: { 200: json(Engagement, "The engagement."), ...refusals },
});

const workspaceRoute = route({
  method: "get",
  path: "/engagement",
  summary: "What all customers did, week by week, and how many were in which state",
  access: { role: "viewer", scope: "passives:read" },
  responses: { 200: json(WorkspaceEngagement, "The weeks."), ...refusals },
});

const countsAs = z.enum(["feature", "activity", "nothing"], "is none of feature, activity, nothing and null");

const decideRoute = route({
  method: "patch",
  path: "/event-names/{name}",
  summary: "Decide what events of a name say of customers",
  description:
    "`feature`: product use. `activity`: a sign of life. `nothing`: not done by the customer, as a mail that was delivered. `null`: as proposed. Where events begin or cease to count, all of the workspace are counted anew in the background.",
  access: { role: "editor" },
  request: {
    params: z.object({ name: z.string().min(1).max(200) }),
    body: jsonBody(z.object({ countsAs: countsAs.nullable() })),
  },
  responses: {
    200: json(
      z.object({ name: z.string(), countsAs, proposed: countsAs.nullable(), decided: z.boolean() }),
      "As it is now.",
    ),
    ...refusals,
  },
});
