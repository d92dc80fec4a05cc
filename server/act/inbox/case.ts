import { z } from "@hono/zod-openapi";
import { LanguageTag } from "../../collect/surveys/survey-content.ts";
import { nameText } from "../../collect/response.ts";
import { caseChanges } from "./note-change.ts";

export const caseStates = ["open", "waiting", "snoozed", "closed"] as const;
export type CaseState = (typeof caseStates)[number];
export const caseOrigins = ["detractor", "cooling", "reply", "task", "member"] as const;

/** Lists of the inbox; mine: open, and owned by whoever asks. */
export const caseLists = ["open", "mine", "waiting", "snoozed", "closed"] as const;
export type CaseList = (typeof caseLists)[number];

/** What members tick off themselves; the rest of the checklist follows from what happened. */
export const ticks = ["read", "confirmed", "cause"] as const;
export const checklistItems = ["read", "first_reply", "confirmed", "cause", "asked_again"] as const;

const time = z.iso.datetime();
const Somebody = z.object({ id: z.uuid(), name: z.string() });

/** A case as lists show it. */
export const Case = z
  .object({
    id: z.uuid(),
    customer: z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      externalId: z.string().nullable(),
      account: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
    }),
    openedBy: z.enum(caseOrigins),
    title: z
      .string()
      .describe("What it is about: the customer's words, a subject, a task, or how activity changed."),
    state: z.enum(caseStates).describe("open: we owe something; waiting: the customer does."),
    owner: Somebody.nullable(),
    openedAt: time,
    dueAt: time.nullable().describe("When our reply is late; null while we owe none."),
    firstReplyAt: time.nullable(),
    snoozedUntil: time.nullable(),
    closedAt: time.nullable(),
    updatedAt: time,
    score: z.int().nullable().describe("What they had answered when it was opened."),
    comment: z.string().nullable().describe("Of the answer that opened it, at most 300 characters."),
    language: z.string().nullable().describe("Of that answer, else of the customer."),
    scoreAfter: z.int().nullable().describe("Their next answer, which closes the loop."),
    recovered: z
      .boolean()
      .nullable()
      .describe("Whether the next answer is in a better category, or a promoter's."),
    replyFailed: z
      .string()
      .nullable()
      .describe("Why the last reply did not reach the customer, as no_such_address; null: none failed."),
  })
  .openapi("Case");
export type Case = z.infer<typeof Case>;

/** Something that happened in a case, in the order of time. */
export const CaseEntry = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("message"),
      id: z.uuid(),
      at: time,
      direction: z.enum(["out", "in"]),
      state: z.string().describe("held: it can still be taken back."),
      subject: z.string(),
      text: z.string().describe("Without what it quotes of earlier mails."),
      quoted: z.string().nullable().describe("What it quotes."),
      by: Somebody.nullable(),
      from: z.string().nullable().describe("The address that a customer wrote from."),
      sendAfter: time,
      ofPlay: z.uuid().nullable(),
      ofCase: z.uuid().nullable(),
      automatic: z.boolean().describe("Written by a machine, as while somebody is on holiday."),
      reason: z.string().nullable().describe("Why it was not sent."),
    }),
    z.object({
      kind: z.literal("note"),
      id: z.uuid(),
      at: time,
      by: Somebody.nullable().describe("null: a play's task brought it along."),
      text: z.string(),
    }),
    z.object({
      kind: z.literal("change"),
      id: z.uuid(),
      at: time,
      by: Somebody.nullable().describe("null: Nines itself."),
      what: z.enum(caseChanges),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ])
  .openapi("CaseEntry");
export type CaseEntry = z.infer<typeof CaseEntry>;

/** Why nobody can write to a customer. */
export const silences = [
  "no_address",
  "anonymous",
  "unverified",
  "no_contact_wanted",
  "bounced",
  "complained",
] as const;
export type Silence = (typeof silences)[number];

const TraitValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A case with all that somebody needs who is to reply. */
export const CaseDetails = z
  .object({
    case: Case,
    customer: z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      externalId: z.string().nullable(),
      language: z.string().nullable(),
      account: z
        .object({
          id: z.uuid(),
          name: z.string().nullable(),
          customers: z.int(),
          traits: z.record(z.string(), TraitValue),
        })
        .nullable(),
      traits: z.record(z.string(), TraitValue),
      revenue: z.number().nullable().describe("Of a year."),
      currency: z.string().nullable(),
      activity: z.string().nullable().describe("cooling, flat, warming, dormant or unknown."),
      change: z.number().nullable().describe("Of their activity; −0.34 is 34 % below their usual."),
      plan: z.string().nullable(),
      unsubscribedAt: time.nullable(),
    }),
    answer: z
      .object({
        id: z.uuid(),
        survey: z.string(),
        at: time,
        score: z.int(),
        comment: z.string().nullable(),
        language: z.string().nullable(),
        channel: z.string(),
        drivers: z.array(z.string()),
      })
      .nullable()
      .describe("The answer that opened it."),
    answers: z
      .array(z.object({ id: z.uuid(), at: time, score: z.int(), comment: z.string().nullable() }))
      .describe("Newest first, at most 20."),
    conversation: z
      .array(CaseEntry)
      .describe("In the order of time: mails of this customer, and notes and changes of this case."),
    checklist: z.array(z.object({ item: z.enum(checklistItems), doneAt: time.nullable() })),
    similar: z
      .array(
        z.object({
          customer: z.object({ id: z.uuid(), name: z.string().nullable() }),
          at: time,
          score: z.int(),
          comment: z.string(),
          language: z.string().nullable(),
          words: z.array(z.string()).describe("What both say, the rarest first."),
        }),
      )
      .describe("Other customers who said the same in the last 180 days, at most 10."),
    reply: z.object({
      silence: z.enum(silences).nullable().describe("Why nobody can write to them; null: somebody can."),
      language: z.string(),
      greeting: z.string().describe("How a mail to them begins, in their language."),
      subject: z.string(),
    }),
  })
  .openapi("CaseDetails");
export type CaseDetails = z.infer<typeof CaseDetails>;

/** What a member says to open a case. */
export const NewCaseByMember = z
  .strictObject({
    customerId: z.uuid("is not the id of a customer"),
    title: nameText(200),
    note: nameText(5_000).nullish(),
    ownerId: z
      .uuid("is not the id of a member")
      .nullish()
      .describe("Default: as the settings of the inbox say."),
    hours: z.number().min(0.25).max(400).optional().describe("Business hours until it is late."),
    id: nameText(200).optional().describe("The same twice opens one."),
  })
  .openapi("NewCase");
export type NewCaseByMember = z.infer<typeof NewCaseByMember>;

/** What can be changed of a case. */
export const CaseChange = z
  .strictObject({
    state: z.enum(caseStates),
    ownerId: z.uuid("is not the id of a member").nullable(),
    snoozedUntil: time.describe("Needed to snooze, and only then."),
    checklist: z.partialRecord(z.enum(ticks), z.boolean()),
  })
  .partial()
  .openapi("CaseChange");
export type CaseChange = z.infer<typeof CaseChange>;

/** What is sent to a customer out of a case. */
export const NewReply = z
  .strictObject({
    id: z.uuid("is no UUID; make one for each reply, so that sending it twice sends one").optional(),
    subject: nameText(300),
    text: nameText(20_000),
    language: LanguageTag.optional(),
    thenState: z.enum(["open", "waiting", "closed"]).default("waiting"),
  })
  .openapi("NewReply");
export type NewReply = z.infer<typeof NewReply>;
