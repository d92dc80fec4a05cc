import { z } from "@hono/zod-openapi";
import { errorBody, json, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { readToday } from "./read-today.ts";
import { TodayItem } from "./today.ts";

/** What is to be done today, over all stages. */
export function todayRoutes({ database: { reads: db }, clock }: Resources) {
  return newRouter().openapi(todayRoute, async (c) =>
    c.json({ items: await readToday(db, clock, c.var.caller.workspaceId) }, 200),
  );
}

const todayRoute = route({
  method: "get",
  path: "/today",
  summary: "What is to be done today: who waits, who cools, which play to decide, whom surveys ask next",
  description: "The oldest deadline first.",
  access: { role: "viewer", scope: "results:read" },
  responses: {
    200: json(z.object({ items: z.array(TodayItem) }), "The list; empty when there is nothing to do."),
    "4XX": json(errorBody, "Refused, with the reason."),
  },
});
