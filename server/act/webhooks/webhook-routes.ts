import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { changeWebhook, createWebhook, deleteWebhook, rotateSecret } from "./change-webhooks.ts";
import { listDeliveries, replayDelivery, sendTest } from "./deliveries.ts";
import { showFailure } from "./failure.ts";
import { Delivery, NewWebhook, Webhook, WebhookChange } from "./webhook.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const access = { role: "admin", scope: "webhooks:write" } as const;
const id = z.object({ id: z.uuid() });

/** Programs that are told at once, by Standard Webhooks. */
export function webhookRoutes(resources: Resources) {
  const { db } = resources.database;
  return newRouter()
    .openapi(listRoute, async (c) => {
      const rows = await db
        .selectFrom("receivers")
        .select(["id", "name", "address", "events", "state", "failingSince", "failure", "createdAt"])
        .where("workspaceId", "=", c.var.caller.workspaceId)
        .where("kind", "=", "webhook")
        .orderBy("createdAt", "desc")
        .execute();
      const webhooks = rows.map(({ address: url, failure, failingSince, createdAt, ...row }) =>
        Object.assign(row, {
          url,
          failure: showFailure(failure),
          failingSince: failingSince?.toISOString() ?? null,
          createdAt: createdAt.toISOString(),
        }),
      );
      return c.json({ webhooks }, 200);
    })
    .openapi(createRoute, async (c) => {
      const { workspaceId, personId = null } = c.var.caller;
      const wanted = { ...c.req.valid("json"), createdBy: personId };
      return c.json(await createWebhook(resources, workspaceId, wanted), 201);
    })
    .openapi(changeRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      await changeWebhook(resources, { workspaceId, id: c.req.valid("param").id }, c.req.valid("json"));
      return c.body(null, 204);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteWebhook(db, { workspaceId: c.var.caller.workspaceId, id: c.req.valid("param").id });
      return c.body(null, 204);
    })
    .openapi(rotateRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const secret = await rotateSecret(resources, { workspaceId, id: c.req.valid("param").id });
      return c.json({ secret }, 201);
    })
    .openapi(testRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const sent = await sendTest(resources, { workspaceId, id: c.req.valid("param").id });
      return c.json({ id: sent }, 202);
    })
    .openapi(deliveriesRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const deliveries = await listDeliveries(resources, { workspaceId, id: c.req.valid("param").id });
      return c.json({ deliveries }, 200);
    })
    .openapi(replayRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id, delivery } = c.req.valid("param");
      await replayDelivery(resources, { workspaceId, id }, delivery);
      return c.body(null, 202);
    });
}

const listRoute = route({
  method: "get",
  path: "/webhooks",
  summary: "The webhooks of the workspace",
  access,
  responses: { 200: json(z.object({ webhooks: z.array(Webhook) }), "Newest first."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/webhooks",
  summary: "Make a webhook",
  access,
  request: { body: jsonBody(NewWebhook) },
  responses: {
    201: json(z.object({ id: z.string(), secret: z.string() }), "The secret is shown only now."),
    ...refusals,
  },
});

const changeRoute = route({
  method: "patch",
  path: "/webhooks/{id}",
  summary: "Change, pause or activate a webhook",
  access,
  request: { params: id, body: jsonBody(WebhookChange) },
  responses: { 204: { description: "It is changed." }, ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/webhooks/{id}",
  summary: "Delete a webhook and its log",
  access,
  request: { params: id },
  responses: { 204: { description: "Nothing is sent to it any more." }, ...refusals },
});

const rotateRoute = route({
  method: "post",
  path: "/webhooks/{id}/secret",
  summary: "Give a webhook another secret",
  access,
  request: { params: id },
  responses: {
    201: json(z.object({ secret: z.string() }), "Shown only now. For 24 hours the one before signs too."),
    ...refusals,
  },
});

const testRoute = route({
  method: "post",
  path: "/webhooks/{id}/test",
  summary: "Send a test to a webhook",
  access,
  request: { params: id },
  responses: { 202: json(z.object({ id: z.string() }), "Its webhook-id."), ...refusals },
});

const deliveriesRoute = route({
  method: "get",
  path: "/webhooks/{id}/deliveries",
  summary: "What was told to a webhook",
  access,
  request: { params: id },
  responses: {
    200: json(z.object({ deliveries: z.array(Delivery) }), "The last hundred, newest first."),
    ...refusals,
  },
});

const replayRoute = route({
  method: "post",
  path: "/webhooks/{id}/deliveries/{delivery}/replay",
  summary: "Send something to a webhook again",
  access,
  request: { params: z.object({ id: z.uuid(), delivery: z.uuid() }) },
  responses: { 202: { description: "It is on its way, with the same webhook-id." }, ...refusals },
});
