import { z } from "@hono/zod-openapi";
import { errorBody, json, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { ArrivedEvent, EventErrorShown, EventName } from "./events-page.ts";
import { listArrived } from "./list-arrived.ts";
import { listEventErrors } from "./list-event-errors.ts";
import { listEventNames } from "./list-event-names.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const access = { role: "viewer", scope: "customers:read" } as const;

/** Stage 2: events as they arrive, their names, and what was wrong with messages. */
export function eventsRoutes({ database: { reads }, clock }: Resources) {
  return newRouter()
    .openapi(arrivedRoute, async (c) => {
      const query = c.req.valid("query");
      return c.json({ events: await listArrived(reads, clock, c.var.caller.workspaceId, query) }, 200);
    })
    .openapi(namesRoute, async (c) =>
      c.json({ names: await listEventNames(reads, clock, c.var.caller.workspaceId) }, 200),
    )
    .openapi(errorsRoute, async (c) =>
      c.json({ errors: await listEventErrors(reads, clock, c.var.caller.workspaceId) }, 200),
    );
}

const arrivedRoute = route({
  method: "get",
  path: "/events",
  summary: "The events that arrived last, of the last 24 hours",
  access,
  request: {
    query: z.object({
      name: z.string().min(1).max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: json(z.object({ events: z.array(ArrivedEvent) }), "Newest first."), ...refusals },
});

const namesRoute = route({
  method: "get",
  path: "/event-names",
  summary: "The names of events, how often each happens, and what it says of customers",
  access,
  responses: { 200: json(z.object({ names: z.array(EventName) }), "Most frequent first."), ...refusals },
});

const errorsRoute = route({
  method: "get",
  path: "/event-errors",
  summary: "What was wrong with messages of the last 24 hours",
  access,
  responses: { 200: json(z.object({ errors: z.array(EventErrorShown) }), "Newest first."), ...refusals },
});
