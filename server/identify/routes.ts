import { z } from "@hono/zod-openapi";
import { ResponseFilter } from "../collect/response.ts";
import { errorBody, json, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { Overview } from "./overview.ts";
import { readOverview } from "./read-overview.ts";
import { readScore } from "./read-score.ts";
import { Score } from "./score.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const { survey, from, to } = ResponseFilter.shape;

/** Stage 2, who is passive: scores and the overview. */
export function identifyRoutes({ database: { reads: db }, clock }: Resources) {
  return newRouter()
    .openapi(scoreRoute, async (c) => {
      const { survey, ...rest } = c.req.valid("query");
      return c.json(await readScore(db, c.var.caller.workspaceId, { surveyId: survey, ...rest }), 200);
    })
    .openapi(overviewRoute, async (c) => {
      const { survey, wave } = c.req.valid("query");
      return c.json(await readOverview(db, clock, c.var.caller.workspaceId, { surveyId: survey, wave }), 200);
    });
}

const scoreRoute = route({
  method: "get",
  path: "/score",
  summary: "The Net Promoter Score and the shares, with intervals",
  access: { role: "viewer", scope: "score:read" },
  request: {
    query: z.object({
      survey: survey.describe("Default: all surveys together."),
      from: from.describe("First UTC day."),
      to: to.describe("Last UTC day."),
      by: z.enum(["channel", "language"]).optional().describe("Also split by this."),
    }),
  },
  responses: {
    200: json(Score.extend({ by: z.record(z.string(), Score).optional() }), "The score."),
    ...refusals,
  },
});

const overviewRoute = route({
  method: "get",
  path: "/overview",
  summary: "All numbers of the overview page",
  access: { role: "viewer", scope: "score:read" },
  request: {
    query: z.object({
      survey: survey.describe("Default: the one with the newest answers."),
      wave: z.string().optional().describe("The id of a wave, or `all`. Default: the newest that has begun."),
    }),
  },
  responses: { 200: json(Overview, "The overview."), ...refusals },
});
