import { z } from "@hono/zod-openapi";
import { personName } from "../../platform/accounts/person.ts";
import { Failure } from "./failure.ts";

/** What webhooks are told of. */
export const webhookEvents = [
  "response.recorded",
  "response.changed",
  "case.opened",
  "case.closed",
  "play.entered",
  "customer.passive_started",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent when a member asks for it, whatever the webhook is told of. */
export const testEvent = "webhook.test";

const events = z
  .array(z.enum(webhookEvents))
  .min(1, "Choose at least one event.")
  .transform((given) => [...new Set(given)]);
const url = z.string().trim().max(2000).describe("Where it is sent to: a public https or http address.");

/** What somebody says to get a webhook. */
export const NewWebhook = z.strictObject({ name: personName, url, events }).openapi("NewWebhook");

/** What can be changed of a webhook. To go on after it was disabled, make it active. */
export const WebhookChange = z
  .strictObject({ name: personName, url, events, state: z.enum(["active", "paused"]) })
  .partial()
  .openapi("WebhookChange");

/** A webhook as it is shown; its secret was shown once. */
export const Webhook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    state: z.enum(["active", "paused", "disabled"]).describe("disabled: by Nines, after days of failure."),
    failingSince: z.iso.datetime().nullable().describe("Null when the last attempt was accepted."),
    failure: Failure.nullable().describe("What disabled it."),
    createdAt: z.iso.datetime(),
  })
  .openapi("Webhook");

/** One thing that was or is to be told to a webhook. */
export const Delivery = z
  .object({
    id: z.uuid().describe("The webhook-id; the same for every attempt and replay."),
    event: z.string(),
    state: z.enum(["due", "sending", "delivered", "failed", "cancelled"]),
    attempts: z.int(),
    status: z.int().nullable().describe("HTTP status of the last answer."),
    failure: Failure.nullable().describe("Why the last attempt failed."),
    createdAt: z.iso.datetime(),
    dueAt: z.iso.datetime().describe("When it is tried next, while it is due."),
    deliveredAt: z.iso.datetime().nullable(),
    body: z.string().describe("The bytes that are signed."),
  })
  .openapi("WebhookDelivery");
