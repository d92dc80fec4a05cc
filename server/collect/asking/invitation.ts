import { z } from "@hono/zod-openapi";
import { idOf } from "../../platform/ids.ts";

/*
 * What becomes of an invitation by mail; its columns say which message is due, so nothing else has to be remembered.
 *
 * Message number: `reminders` is the number of the message that is queued, in hand or sent last; 0 is the first.
 *
 * 1. Somebody is asked (ask-customers, the API, a trigger): `queued`, `reminders` 0, `send_after` within the hours of
 *    the survey; with it a row of `contacts` whose id is contactIdOf(id, 0), and the job `send-invitations`, which starts
 *    at `send_after`.
 * 2. The sender claims `queued` rows whose `send_after` has come, and `sending` rows claimed more than two minutes ago,
 *    of live surveys: `sending`, `claimed_at`, `attempts` + 1.
 * 3. Right before sending it looks again: not cancelled (`reason` says so while a worker has it in hand), not answered,
 *    not expired, nobody to be left in peace (`checkMessages`). Where that has changed: `giveUpMessages`. Outside the
 *    hours of the survey: back to 1, with the `send_after` of the next moment within them.
 * 4. Sent: `sent`; `sent_at` only the first time (coalesce); `attempts` 0, `claimed_at` null, `reason` null, `remind_at`
 *    by `remindAt`; and `contacts.at` of contactIdOf(id, reminders) becomes now, because rest counts from the mail that
 *    really went out.
 * 5. To be tried again: `queued`, a later `send_after`, and the job `send-invitations` with `startAfter` that time.
 *    Failed for good: `giveUpMessages` with "failed".
 * 6. When `remind_at` has come and the customer may still be reminded, ask-customers makes it `queued` again, with
 *    `reminders` + 1, `attempts` 0, `remind_at` null, a row of `contacts` and the job; 2 follows.
 *
 * Whoever records an answer sets `answered_at` and `remind_at` null and leaves `state` alone.
 */

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
    expiresAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    reminders: z.int().describe("How many reminders were sent, or are about to be."),
    remindAt: z.iso
      .datetime()
      .nullable()
      .describe("When the next reminder becomes due, if one is to follow."),
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

/** The row of `contacts` that stands for a message of an invitation. */
export function contactIdOf(invitationId: string, number: number): string {
  return idOf("contact", invitationId, String(number));
}

const dayInMilliseconds = 24 * 3600 * 1000;

/** When to remind after the message `number` went out at `sentAt`; null for never. */
export function remindAt(
  { reminders, anonymous }: { reminders: { most: number; afterDays: number }; anonymous: boolean },
  number: number,
  sentAt: Date,
): Date | null {
  // Who has answered an anonymous survey is not known, so nobody can be reminded.
  if (anonymous || number >= reminders.most) return null;
  return new Date(sentAt.getTime() + reminders.afterDays * dayInMilliseconds);
}
