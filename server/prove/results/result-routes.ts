import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { decidePlay } from "./decide-play.ts";
import { listResults } from "./list-results.ts";
import { measurePlay } from "./measure-play.ts";
import { PlayResult, ResultLine } from "./play-result.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const mayRead = { role: "viewer", scope: "results:read" } as const;
const id = z.object({ id: z.uuid() });

/** Stage 5: did it work? */
export function resultRoutes({ database, clock }: Resources) {
  const { db, reads } = database;
  return newRouter()
    .openapi(listRoute, async (c) =>
      c.json({ results: await listResults(reads, c.var.caller.workspaceId, clock.now()) }, 200),
    )
    .openapi(resultRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const playId = c.req.valid("param").id;
      return c.json(await measurePlay(reads, { workspaceId, playId }, clock.now()), 200);
    })
    .openapi(decideRoute, async (c) => {
      const wanted = { playId: c.req.valid("param").id, ...c.req.valid("json") };
      await decidePlay(db, clock, c.var.caller, wanted);
      return c.body(null, 204);
    });
}

const listRoute = route({
  method: "get",
  path: "/results",
  summary: "All plays that were published, each with what can be said of it",
  description: "Those that are ready to be decided first, then the newest.",
  access: mayRead,
  responses: { 200: json(z.object({ results: z.array(ResultLine) }), "The results."), ...refusals },
});

const resultRoute = route({
  method: "get",
  path: "/plays/{id}/result",
  summary: "What a play did, compared with doing nothing",
  description:
    "Everybody who was assigned counts, in the arm they were assigned to, once their days are over. Read `response` before answers are compared.",
  access: mayRead,
  request: { params: id },
  responses: { 200: json(PlayResult, "The result as it is now."), ...refusals },
});

const decideRoute = route({
  method: "post",
  path: "/plays/{id}/decision",
  summary: "Decide to keep a play, or to stop it",
  description:
    "Kept with the result as it was. Stopping closes the play: nobody enters any more, and who is in it goes on to the end.",
  access: { role: "editor", scope: "plays:write" },
  request: { params: id, body: jsonBody(z.object({ decision: z.enum(["keep", "stop"]) })) },
  responses: { 204: { description: "It is written down." }, ...refusals },
});
