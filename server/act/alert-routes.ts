import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { alertKinds, changeReceiver, createReceiver, listReceivers } from "./alerts/change-receivers.ts";
import { NewReceiver, Receiver, ReceiverChange } from "./alerts/receiver.ts";
import { deleteWebhook } from "./webhooks/change-webhooks.ts";
import { listDeliveries, replayDelivery, sendTest } from "./webhooks/deliveries.ts";
import { Delivery } from "./webhooks/webhook.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a receiver") });
const mayRead = { role: "viewer", scope: "webhooks:write" } as const;
const mayWrite = { role: "admin", scope: "webhooks:write" } as const;

/** Stage 4: who is told at once, by e-mail and in Slack. */
export function alertRoutes(resources: Resources) {
  const { db, reads } = resources.database;
  return newRouter()
    .openapi(listRoute, async (c) =>
      c.json({ receivers: await listReceivers(reads, c.var.caller.workspaceId) }, 200),
    )
    .openapi(createRoute, async (c) =>
      c.json({ id: await createReceiver(resources, c.var.caller, c.req.valid("json")) }, 201),
    )
    .openapi(changeRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      await changeReceiver(resources, { workspaceId, id: c.req.valid("param").id }, c.req.valid("json"));
      return c.body(null, 204);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteWebhook(db, nameOf(c.var.caller, c.req.valid("param")));
      return c.body(null, 204);
    })
    .openapi(testRoute, async (c) =>
      c.json({ id: await sendTest(resources, nameOf(c.var.caller, c.req.valid("param"))) }, 202),
    )
    .openapi(deliveriesRoute, async (c) => {
      const deliveries = await listDeliveries(resources, nameOf(c.var.caller, c.req.valid("param")));
      return c.json({ deliveries }, 200);
    })
    .openapi(replayRoute, async (c) => {
      const { delivery } = c.req.valid("param");
      await replayDelivery(resources, nameOf(c.var.caller, c.req.valid("param")), delivery);
      return c.body(null, 202);
    });
}

const nameOf = ({ workspaceId }: { workspaceId: string }, { id }: { id: string }) => ({
  workspaceId,
  id,
  kinds: alertKinds,
});

const listRoute = route({
  method: "get",
  path: "/receivers",
  summary: "All who are told at once: addresses, Slack channels and webhooks",
  access: mayRead,
  responses: { 200: json(z.object({ receivers: z.array(Receiver) }), "Newest first."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/receivers",
  summary: "Tell an address or a Slack channel at once",
  description: "Programs are told by webhooks: POST /webhooks.",
  access: mayWrite,
  request: { body: jsonBody(NewReceiver) },
  responses: { 201: json(z.object({ id: z.string() }), "Told from now on."), ...refusals },
});

const changeRoute = route({
  method: "patch",
  path: "/receivers/{id}",
  summary: "Change, pause or activate an address or a Slack channel",
  access: mayWrite,
  request: { params, body: jsonBody(ReceiverChange) },
  responses: { 204: { description: "It is changed." }, ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/receivers/{id}",
  summary: "Delete an address or a Slack channel with its log",
  access: mayWrite,
  request: { params },
  responses: { 204: { description: "It is told nothing any more." }, ...refusals },
});

const testRoute = route({
  method: "post",
  path: "/receivers/{id}/test",
  summary: "Send a test to an address or a Slack channel",
  access: mayWrite,
  request: { params },
  responses: { 202: json(z.object({ id: z.string() }), "The delivery's id."), ...refusals },
});

const deliveriesRoute = route({
  method: "get",
  path: "/receivers/{id}/deliveries",
  summary: "What an address or a Slack channel was told",
  access: mayWrite,
  request: { params },
  responses: {
    200: json(z.object({ deliveries: z.array(Delivery) }), "The last hundred, newest first."),
    ...refusals,
  },
});

const replayRoute = route({
  method: "post",
  path: "/receivers/{id}/deliveries/{delivery}/replay",
  summary: "Tell an address or a Slack channel something again",
  access: mayWrite,
  request: { params: z.object({ id: z.uuid(), delivery: z.uuid() }) },
  responses: { 202: { description: "It is on its way." }, ...refusals },
});
