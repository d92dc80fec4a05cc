import { z } from "@hono/zod-openapi";

/** What an event name says of a customer. */
export const CountsAs = z.enum(["feature", "activity", "nothing"]);

/** An event as it is shown while events arrive. */
export const ArrivedEvent = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime().describe("When it happened."),
    receivedAt: z.iso.datetime(),
    type: z.enum(["track", "page", "screen"]),
    name: z.string(),
    properties: z.record(z.string(), z.unknown()),
    context: z.record(z.string(), z.unknown()),
    customer: z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      externalId: z.string().nullable(),
      anonymous: z.boolean(),
    }),
    writeKey: z.string().nullable().describe("Name of the write key it came with."),
  })
  .openapi("ArrivedEvent");
export type ArrivedEvent = z.infer<typeof ArrivedEvent>;

/** An event name with how often it happens, and what it says of a customer. */
export const EventName = z
  .object({
    name: z.string(),
    countsAs: CountsAs.describe(
      "feature: product use; activity: a sign of life; nothing: not done by the customer.",
    ),
    proposed: CountsAs.nullable().describe("By what customers do; null before there is enough to judge by."),
    decided: z.boolean().describe("Whether a member has decided it."),
    n: z.int().describe("Since it was first sent."),
    days: z.array(z.int()).length(30).describe("Events on each of the last 30 UTC days, ending today."),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  })
  .openapi("EventName");
export type EventName = z.infer<typeof EventName>;

/** What was wrong with messages of the last day. */
export const EventErrorShown = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime().describe("Of the newest."),
    reason: z.string(),
    message: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    payload: z.string().describe("The newest message, in its first 4,000 characters."),
    kept: z.boolean().describe("Whether the rest of the message was stored."),
    n: z.int().describe("How many in the hour."),
    writeKey: z.string().nullable(),
  })
  .openapi("EventError");
export type EventErrorShown = z.infer<typeof EventErrorShown>;
