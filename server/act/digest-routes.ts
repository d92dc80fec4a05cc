import { z } from "@hono/zod-openapi";
import { Refusal } from "../platform/errors.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const Choice = z.strictObject({ rhythm: z.enum(["daily", "weekly", "never"]) }).openapi("DigestChoice");

/** Stage 4: the mail that tells members in the morning who waits. Everybody chooses for themselves. */
export function digestRoutes({ database: { db } }: Resources) {
  return newRouter()
    .openapi(readRoute, async (c) => {
      const { workspaceId, personId = "" } = c.var.caller;
      const row = await db
        .selectFrom("digests")
        .select("rhythm")
        .where("workspaceId", "=", workspaceId)
        .where("personId", "=", personId)
        .executeTakeFirst();
      return c.json({ rhythm: row?.rhythm ?? "never" }, 200);
    })
    .openapi(saveRoute, async (c) => {
      const { workspaceId, personId } = c.var.caller;
      const { rhythm } = c.req.valid("json");
      if (personId === undefined)
        throw new Refusal("not_allowed", "Digests go to members; sign in to get one.");
      await db
        .insertInto("digests")
        .values({ workspaceId, personId, rhythm })
        .onConflict((c) => c.columns(["workspaceId", "personId"]).doUpdateSet({ rhythm }))
        .execute();
      return c.json({ rhythm }, 200);
    });
}

const readRoute = route({
  method: "get",
  path: "/digest",
  summary: "How often you get the digest of this workspace",
  access: { role: "viewer" },
  responses: { 200: json(Choice, "Your choice; never until you choose."), ...refusals },
});

const saveRoute = route({
  method: "put",
  path: "/digest",
  summary: "Choose how often you get the digest of this workspace",
  description: "From 8:00 on by the time zone of the workspace, each day or on Mondays.",
  access: { role: "viewer" },
  request: { body: jsonBody(Choice) },
  responses: { 200: json(Choice, "Your choice."), ...refusals },
});
