import { z } from "@hono/zod-openapi";
import { because } from "../platform/http/problem-of-issue.ts";

export const categories = ["detractor", "passive", "promoter"] as const;
/** Promoters answer 9 or 10, passives 7 or 8, detractors 0 to 6. */
export type Category = (typeof categories)[number];

export function categoryOf(score: number): Category {
  if (score >= 9) return "promoter";
  return score >= 7 ? "passive" : "detractor";
}

/** The scores of a category. */
export function scoresOf(category: Category): number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((score) => categoryOf(score) === category);
}

/** How long the parts of an answer may be, in characters. */
export const longest = {
  id: 200,
  comment: 10_000,
  language: 35,
  channel: 50,
  email: 320,
  phone: 40,
  name: 300,
  traits: 50,
  traitKey: 100,
  traitValue: 1_000,
} as const;

/** The most answers in one request. */
export const mostAnswers = 1_000;

/** Text as PostgreSQL can store it: without NUL characters, and with lone halves of surrogate pairs replaced. */
export function storableText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\u0000") ? whole.replaceAll("\u0000", "") : whole;
}

/** Whether PostgreSQL can store a text as it is. */
export const isStorable = (text: string) => text.isWellFormed() && !text.includes("\u0000");

/** Said of a text that is not. */
export const notStorable = "holds a NUL character or half a surrogate pair; send plain text";

/** Free text: cleaned, not refused, for what a customer said must not be lost over a stray character. */
const freeText = (max: number) =>
  z
    .string()
    .max(max, `at most ${max.toLocaleString("en")} characters`)
    .transform(storableText);

/** Text that something is found by: refused when it cannot be stored as it is. */
export const nameText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty; leave it out instead")
    .max(max, `at most ${max} characters`)
    .refine(isStorable, because("not_storable", notStorable));

const traitValue = z.union(
  [freeText(longest.traitValue), z.number(), z.boolean(), z.null()],
  `a trait is a text of at most ${longest.traitValue.toLocaleString("en")} characters, a number, true, false or null`,
);

const Traits = z
  .record(nameText(longest.traitKey), traitValue)
  .refine((traits) => Object.keys(traits).length <= longest.traits, `at most ${longest.traits} traits`);

const Time = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], {
    error: "a time is written as 2026-01-31T09:30:00Z, or as a day, 2026-01-31",
  })
  .transform(
    (text) =>
      new Date(/^\d{4}-\d\d-\d\dT.*\d$/.test(text) && !/[+-]\d\d:\d\d$/.test(text) ? `${text}Z` : text),
  )
  .refine((at) => at.getTime() >= 0, "answers are stored from 1970 on");

/** Who answers or is asked, as senders tell it. */
export const NewCustomer = z.object({
  id: nameText(longest.id).nullish().describe("Your own id of the customer."),
  email: nameText(longest.email)
    .regex(/^[^\s@]+@[^\s@]+$/, because("email_invalid", "is not an e-mail address"))
    .nullish(),
  phone: nameText(longest.phone)
    .regex(/\d/, because("not_a_phone_number", "is not a phone number"))
    .nullish(),
  name: freeText(longest.name).nullish(),
  language: nameText(longest.language).nullish(),
  account: z
    .object({ id: nameText(longest.id), name: freeText(longest.name).nullish() })
    .nullish()
    .describe("The company the customer belongs to, by your id of it."),
  traits: Traits.nullish(),
});

/** An answer as it is sent to us. */
export const NewResponse = z
  .object({
    id: nameText(longest.id)
      .nullish()
      .describe(
        "Your id of this answer: sent twice, it is stored once. Give one, so that you can try again.",
      ),
    surveyId: z.uuid("is not the id of a survey").nullish().describe("Default: the oldest live survey."),
    score: z
      .int("a score is a whole number from 0 to 10")
      .min(0, "a score is a whole number from 0 to 10")
      .max(10, "a score is a whole number from 0 to 10"),
    comment: freeText(longest.comment).nullish(),
    at: Time.nullish().describe("When the customer answered. Default: now."),
    language: nameText(longest.language).nullish(),
    channel: nameText(longest.channel).nullish().describe("Default: api."),
    weight: z
      .number()
      .min(1e-6, "a weight is a number above 0")
      .max(1e6, "a weight is at most 1,000,000")
      .nullish(),
    traits: Traits.nullish().describe("What was so at the time of the answer."),
    customer: NewCustomer.nullish().describe("Without id, e-mail and phone the answer is anonymous."),
  })
  .openapi("NewResponse");

export type NewResponse = z.infer<typeof NewResponse>;

/** What became of an answer: `known` says that its id was stored before, and by whom it then was. */
export const Recorded = z
  .object({ id: z.uuid(), customerId: z.uuid(), known: z.boolean() })
  .openapi("RecordedResponse");

export type Recorded = z.infer<typeof Recorded>;

const StoredTraits = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** An answer as it is shown. */
export const Response = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    surveyId: z.uuid(),
    at: z.iso.datetime(),
    score: z.int(),
    category: z.enum(categories),
    comment: z.string().nullable(),
    language: z.string().nullable(),
    channel: z.string(),
    weight: z.number().nullable(),
    traits: StoredTraits,
    sourceId: z.string().nullable().describe("The sender's id of the answer."),
    importId: z.uuid().nullable(),
    customer: z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      externalId: z.string().nullable(),
      account: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
      anonymous: z.boolean(),
      verified: z
        .boolean()
        .describe("false: only a browser says who this is. The answer counts; they are never written to."),
    }),
  })
  .openapi("Response");

export type Response = z.infer<typeof Response>;

/** One answer with all that is known of its customer. */
export const ResponseDetails = Response.extend({
  customer: Response.shape.customer.extend({ phone: z.string().nullable(), traits: StoredTraits }),
  state: z
    .enum(["provisional", "confirmed"])
    .describe("provisional: the score of a person who was seen; confirmed: sent on purpose. Both count."),
  invitationId: z.uuid().nullable(),
  surveyVersion: z.int().nullable().describe("Which wording was answered; null for answers from elsewhere."),
  drivers: z
    .array(z.string())
    .describe("What was picked from the list, by their labels in the survey's own language."),
  mayContact: z
    .boolean()
    .nullable()
    .describe("Whether the customer agreed to be written to; null: not asked."),
  changedAt: z.iso.datetime().nullable(),
  changes: z
    .array(z.object({ at: z.iso.datetime(), score: z.int(), comment: z.string().nullable() }))
    .describe("What the answer was before it was changed, newest first; `at` is when it was changed."),
  history: z
    .array(
      z.object({
        id: z.uuid(),
        score: z.int(),
        at: z.iso.datetime(),
        survey: z.object({ id: z.uuid(), name: z.string() }),
      }),
    )
    .describe("All answers of this customer, newest first."),
}).openapi("ResponseDetails");

export type ResponseDetails = z.infer<typeof ResponseDetails>;

/** A day in an address. */
export const Day = z.iso
  .date("is no day; write it as 2026-01-31")
  .refine(
    (day) => day >= "1970-01-01",
    because("day_before_1970", "is before 1970, and answers are stored from 1970 on"),
  );

/** Which responses are wanted, as it stands in an address. */
export const ResponseFilter = z.object({
  survey: z.uuid("is not the id of a survey").optional(),
  category: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(categories, `is none of ${categories.join(", ")}`)))
    .optional(),
  score: z
    .string()
    .regex(/^(\d|10)(,(\d|10))*$/, "is no list of scores; write it as 7,8")
    .transform((text) => text.split(",").map(Number))
    .optional(),
  from: Day.optional(),
  to: Day.optional(),
  language: nameText(longest.language).optional(),
  channel: nameText(longest.channel).optional(),
  text: nameText(longest.id).optional().describe("Part of the comment, in any case."),
});

export type ResponseFilter = z.infer<typeof ResponseFilter>;
