import { z } from "@hono/zod-openapi";
import { encodeText } from "../../platform/http/encode-text.ts";
import { errorBody, json, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { listMoved, MovedFilter } from "./list-moved.ts";
import { movedCsv } from "./moved-csv.ts";
import { MovedCustomer, Moves } from "./moves.ts";
import { chooseSpan, readMoves } from "./read-moves.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const mayRead = { role: "viewer", scope: "results:read" } as const;

/** Stage 5: who moved between two periods, and who they are. */
export function movesRoutes(resources: Resources) {
  const { database, clock } = resources;
  const db = database.reads;
  return newRouter()
    .openapi(movesRoute, async (c) => {
      const { survey, from, to } = c.req.valid("query");
      return c.json(
        await readMoves(resources, c.var.caller.workspaceId, { surveyId: survey, from, to }),
        200,
      );
    })
    .openapi(listRoute, async (c) => {
      const { survey, from, to, cursor, limit, ...filter } = c.req.valid("query");
      const span = await chooseSpan(db, clock, c.var.caller.workspaceId, { surveyId: survey, from, to });
      return c.json(await listMoved(db, span, filter, { cursor, limit }), 200);
    })
    .openapi(fileRoute, async (c) => {
      const { survey, from, to, ...filter } = c.req.valid("query");
      const span = await chooseSpan(db, clock, c.var.caller.workspaceId, { surveyId: survey, from, to });
      return c.body(encodeText(movedCsv(db, span, filter)), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="moves-${span.from.id}-${span.to.id}.csv"`,
      });
    });
}

const Choice = z.object({
  survey: z
    .uuid("is not the id of a survey")
    .optional()
    .describe("Default: the one with the newest answers."),
  from: z
    .string()
    .optional()
    .describe("A wave (2026-Q2), or days (2026-04-01..2026-06-15). Default: the newest wave before `to`."),
  to: z.string().optional().describe("The same, later. Default: the newest wave that has begun."),
});

const movesRoute = route({
  method: "get",
  path: "/moves",
  summary: "Who moved where between two waves or periods, the silent and the gone among them",
  description:
    "Each customer counts once, by their newest answer of a period. Moves are not effects: `chance` says what chance alone does, `holdout` what those did whom no play contacts.",
  access: mayRead,
  request: { query: Choice },
  responses: { 200: json(Moves, "The moves."), ...refusals },
});

const listRoute = route({
  method: "get",
  path: "/moves/customers",
  summary: "The customers who moved so, the highest revenue first, by pages",
  access: mayRead,
  request: {
    query: Choice.extend({
      ...MovedFilter.shape,
      cursor: z.string().optional().describe("`next` of the page before, with the same choice."),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(MovedCustomer),
        next: z.string().nullable().describe("Cursor of the next page; null on the last."),
      }),
      "One page.",
    ),
    ...refusals,
  },
});

const fileRoute = route({
  method: "get",
  path: "/moves/customers.csv",
  summary: "The same customers as a CSV file",
  description: "A text that a spreadsheet would take for a formula begins with an apostrophe.",
  access: mayRead,
  request: { query: Choice.extend(MovedFilter.shape) },
  responses: {
    200: { content: { "text/csv": { schema: z.string() } }, description: "All of them, with a header." },
    ...refusals,
  },
});
