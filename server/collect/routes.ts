import { z } from "@hono/zod-openapi";
import { badInput, errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { listFacets } from "./list-facets.ts";
import { listResponses } from "./list-responses.ts";
import { readResponse } from "./read-response.ts";
import { newResponseRecorder } from "./record-responses.ts";
import { mostAnswers, NewResponse, Recorded, Response, ResponseDetails, ResponseFilter } from "./response.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const Facets = z.array(z.object({ value: z.string(), n: z.int() }));

/** Stage 1, ask and record: responses. */
export function collectRoutes(resources: Resources) {
  const { reads, searches } = resources.database;
  const recorder = newResponseRecorder(resources);

  return newRouter()
    .openapi(
      recordRoute,
      async (c) => {
        const sent = c.req.valid("json");
        const { workspaceId } = c.get("caller"); // Not c.var, which is built anew at each look.
        if (Array.isArray(sent)) return c.json({ results: await recorder.record(workspaceId, sent) }, 201);
        const [result] = await recorder.record(workspaceId, [sent]);
        return c.json(result!, 201);
      },
      (result) => {
        if (!result.success) throw badInput(result.error, { most: 3 });
      },
    )
    .openapi(facetsRoute, async (c) =>
      c.json(await listFacets(reads, c.var.caller.workspaceId, c.req.valid("query").survey), 200),
    )
    .openapi(listRoute, async (c) => {
      const { cursor, limit, ...filter } = c.req.valid("query");
      const db = filter.text === undefined ? reads : searches;
      return c.json(await listResponses(db, c.var.caller.workspaceId, filter, { cursor, limit }), 200);
    })
    .openapi(readRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { customer } = c.req.valid("query");
      return c.json(await readResponse(reads, c.var.caller.workspaceId, { customerId: customer, id }), 200);
    });
}

const recordRoute = route({
  method: "post",
  path: "/responses",
  summary: "Record one answer, or up to 1,000",
  description:
    "Answered with 201 after the commit: what is acknowledged is stored. Several answers are stored all or none. Give each an `id` and send again whatever was not acknowledged; nothing is stored twice.",
  access: { role: "editor", scope: "responses:write" },
  request: {
    body: jsonBody(
      z.union([
        NewResponse,
        z
          .array(NewResponse)
          .min(1, "no answers were sent")
          .max(mostAnswers, `at most ${mostAnswers.toLocaleString("en")} answers at a time`),
      ]),
    ),
  },
  responses: {
    201: json(z.union([Recorded, z.object({ results: z.array(Recorded) })]), "Stored."),
    ...refusals,
    503: json(errorBody, "Too much at once; try again after the seconds in Retry-After."),
  },
});

const facetsRoute = route({
  method: "get",
  path: "/responses/facets",
  summary: "The languages and channels that responses have",
  access: { role: "viewer", scope: "responses:read" },
  request: { query: ResponseFilter.pick({ survey: true }) },
  responses: {
    200: json(z.object({ languages: Facets, channels: Facets }), "With their counts."),
    ...refusals,
  },
});

const listRoute = route({
  method: "get",
  path: "/responses",
  summary: "Responses, newest first, by pages",
  access: { role: "viewer", scope: "responses:read" },
  request: {
    query: ResponseFilter.extend({
      cursor: z.string().optional().describe("`next` of the page before."),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(Response),
        next: z.string().nullable().describe("Cursor of the next page; null on the last."),
        total: z.int().nullable(),
        totalIsExact: z.boolean().describe("When false, there are at least so many."),
      }),
      "One page.",
    ),
    ...refusals,
  },
});

const readRoute = route({
  method: "get",
  path: "/responses/{id}",
  summary: "One response with its customer and their other answers",
  access: { role: "viewer", scope: "responses:read" },
  request: {
    params: z.object({ id: z.uuid("is not the id of a response") }),
    query: z.object({ customer: z.uuid("is needed: the customerId of the response") }),
  },
  responses: { 200: json(ResponseDetails, "The response."), ...refusals },
});
