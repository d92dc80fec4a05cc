import { z } from "@hono/zod-openapi";
import { timeZone } from "../../platform/accounts/workspace.ts";
import { longest, nameText, NewCustomer } from "../response.ts";
import { invitationStates } from "./invitation.ts";
import { LanguageTag } from "../surveys/survey-content.ts";

/** Who is meant: found by id, e-mail or phone, else made; what is said about them is kept. */
export const AskedCustomer = NewCustomer.extend({
  timeZone: timeZone.nullish().describe("IANA name, as Europe/Berlin; mails go out by their clock."),
}).refine(
  ({ id, email, phone }) => Boolean(id || email || phone),
  "needs an id, an e-mail address or a phone number",
);
export type AskedCustomer = z.infer<typeof AskedCustomer>;

const Moment = z.iso
  .datetime({ offset: true, error: "is no time; write it as 2026-01-31T09:30:00Z" })
  .transform((text) => new Date(text));

/** An ask as a program orders it. */
export const NewInvitation = z
  .object({
    id: nameText(longest.id)
      .nullish()
      .describe(
        "Your id of this invitation: sent twice, it is made once. Give one, so that you can try again.",
      ),
    surveyId: z.uuid("is not the id of a survey"),
    customer: AskedCustomer,
    channel: z.enum(["email", "api"]).describe("email: we send it. api: you show or send the `url`."),
    sendAt: Moment.nullish().describe(
      "Not before this; then at the next moment within the survey's hours. Default: now.",
    ),
    language: LanguageTag.nullish().describe("Default: the customer's, else the survey's source."),
  })
  .openapi("NewInvitation");
export type NewInvitation = z.infer<typeof NewInvitation>;

/** What became of the order. */
export const InvitationMade = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    state: z.enum(invitationStates),
    url: z.url().nullable().describe("The respondent's page, for channel api; show it to nobody else."),
    known: z.boolean().describe("The id had been sent before; nothing new was made."),
  })
  .openapi("InvitationMade");
export type InvitationMade = z.infer<typeof InvitationMade>;

/** Something that happened to a customer, after which surveys may ask. */
export const NewTrigger = z
  .object({
    event: nameText(200).describe("As in the survey's rhythm, e.g. order_delivered."),
    customer: AskedCustomer,
    id: nameText(longest.id).nullish().describe("Your id of this event: sent twice, it asks once."),
    at: Moment.nullish().describe("When it happened. Default: now."),
  })
  .openapi("NewTrigger");
export type NewTrigger = z.infer<typeof NewTrigger>;

/** Why somebody is not asked now, first reason first. */
export const heldReasons = [
  "no_address",
  "unsubscribed",
  "bounced",
  "complaint",
  "rest",
  "open_invitation",
  "not_sampled",
  "hours",
  "cap",
] as const;
export type HeldReason = (typeof heldReasons)[number];

/** Which surveys ask after the event, and which do not and why. */
export const TriggerOutcome = z
  .object({
    customerId: z.uuid(),
    invited: z.array(
      z.object({ surveyId: z.uuid(), id: z.uuid(), sendAfter: z.iso.datetime(), known: z.boolean() }),
    ),
    held: z.array(
      z.object({ surveyId: z.uuid(), reason: z.enum([...heldReasons, "not_in_audience", "too_late"]) }),
    ),
  })
  .openapi("TriggerOutcome");
export type TriggerOutcome = z.infer<typeof TriggerOutcome>;
