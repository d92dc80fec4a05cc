import { z } from "@hono/zod-openapi";

export const invitationStates = ["queued", "sending", "sent", "failed", "cancelled"] as const;

/** One ask to one customer, as the API shows it. */
export const Invitation = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    surveyId: z.uuid(),
    version: z.int(),
    channel: z.enum(["email", "api"]),
    language: z.string(),
    state: z.enum(invitationStates),
    reason: z.string().nullable().describe("Why it failed or was cancelled; a key, as no_such_address."),
    recipient: z.string().nullable(),
    createdAt: z.iso.datetime(),
    sendAfter: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    reminders: z.int(),
    openedAt: z.iso
      .datetime()
      .nullable()
      .describe("First fetch of a link, by whomever; not kept for anonymous surveys."),
    answeredAt: z.iso.datetime().nullable(),
    bouncedAt: z.iso.datetime().nullable(),
    complainedAt: z.iso.datetime().nullable(),
    unsubscribedAt: z.iso.datetime().nullable(),
    customer: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
  })
  .openapi("Invitation");
export type Invitation = z.infer<typeof Invitation>;

/** Which message of an invitation: 0 the first, 1 and 2 the reminders. Part of its Message-ID, which is the same at each try. */
export type MessageNumber = 0 | 1 | 2;
