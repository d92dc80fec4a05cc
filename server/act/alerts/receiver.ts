import { z } from "@hono/zod-openapi";
import { personName } from "../../platform/accounts/person.ts";
import { emailAddress } from "../../platform/mail/address.ts";
import { Failure } from "../webhooks/failure.ts";
import { alertLanguages } from "./alert-texts.ts";

/** What addresses and Slack channels are told of. */
export const alertEvents = ["response.detractor", "case.opened", "case.closed"] as const;

const events = z
  .array(z.enum(alertEvents))
  .transform((given) => [...new Set(given)])
  .describe("response.detractor: a detractor's answer. Empty: only what steps of plays say.");
const language = z.enum(alertLanguages);
const url = z.string().trim().max(2000).describe("The address of an incoming webhook, as Slack gives it.");

/** Who is to be told: an address, or a Slack channel by its incoming webhook. */
export const NewReceiver = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({
        kind: z.literal("email"),
        name: personName,
        address: emailAddress,
        events,
        language: language.default("en"),
      }),
      z.strictObject({
        kind: z.literal("slack"),
        name: personName,
        address: url,
        events,
        language: language.default("en"),
      }),
    ],
    "take one of email, slack",
  )
  .openapi("NewReceiver");
export type NewReceiver = z.infer<typeof NewReceiver>;

/** What can be changed of one. To go on after it was disabled, make it active. */
export const ReceiverChange = z
  .strictObject({
    name: personName,
    address: z.string().trim().max(2000),
    events,
    language,
    state: z.enum(["active", "paused"]),
  })
  .partial()
  .openapi("ReceiverChange");
export type ReceiverChange = z.infer<typeof ReceiverChange>;

/** Who is told; of Slack and webhooks only where their address leads, for whoever knows the rest can write there. */
export const Receiver = z
  .object({
    id: z.uuid(),
    kind: z.enum(["email", "slack", "webhook"]),
    name: z.string(),
    address: z.string().describe("Of Slack and webhooks the host only."),
    language: z.string(),
    events: z.array(z.string()),
    state: z.enum(["active", "paused", "disabled"]),
    failingSince: z.iso.datetime().nullable(),
    failure: Failure.nullable().describe("What disabled it."),
    createdAt: z.iso.datetime(),
  })
  .openapi("Receiver");
export type Receiver = z.infer<typeof Receiver>;
