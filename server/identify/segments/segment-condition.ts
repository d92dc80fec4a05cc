import { z } from "@hono/zod-openapi";
import { categories, nameText } from "../../collect/response.ts";
import { ruleNames } from "../passives/rule.ts";

/** The sentence for a list from which one is to be chosen. */
export const takeOne = (names: readonly string[]) => `take one of ${names.join(", ")}`;
const choice = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: takeOne(names) });
const choices = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.array(choice(names), "send a list").min(1, "choose at least one").max(names.length, "no name twice");

const aNumber = z.number("send a number");
const aTruth = z.boolean("send true or false");
const count = z
  .int("send a whole number")
  .min(0, "send 0 or more")
  .max(1_000_000_000, "at most 1,000,000,000");
const score = z.int("send a whole number from 0 to 10").min(0, "send 0 to 10").max(10, "send 0 to 10");
const days = z
  .int("send a whole number of days")
  .min(1, "at least 1 day")
  .max(3_650, "at most 3,650 days")
  .describe("UTC: so many times 24 hours, back from now.");
const day = z.iso.date("write a day as 2026-01-31");
const id = (of: string) => z.uuid(`send the id of a ${of}`);
const value = z.union([nameText(1_000), z.number(), z.boolean()], "send a text, a number, true or false");
const orderable = z.union([nameText(1_000), z.number()], "send a number, or a day as 2026-01-31");
const inSurvey = { survey: id("survey").optional().describe("Only answers to this survey.") };
const ofDays = { days: days.optional().describe("Only so many days back. Default: ever.") };

/** How numbers compare. */
export const numberComparisons = ["equal", "not_equal", "above", "below", "at_least", "at_most"] as const;
export type NumberComparison = (typeof numberComparisons)[number];
const comparesNumbers = { is: choice(numberComparisons) };

export const momentComparisons = ["in_last", "before_last", "since", "before", "set", "not_set"] as const;
export const textComparisons = [
  "equal",
  "not_equal",
  "one_of",
  "none_of",
  "contains",
  "set",
  "not_set",
] as const;
export const traitComparisons = [
  ...textComparisons.slice(0, 5),
  "above",
  "below",
  "at_least",
  "at_most",
  "in_last",
  "before_last",
  "in_next",
  "set",
  "not_set",
] as const;

/** What is compared as a text, a number or a day. Whoever lacks it is not equal to anything, and none of anything. */
function comparesTexts<Shape extends z.ZodRawShape>(of: z.ZodObject<Shape>) {
  return [
    of.extend({ is: z.enum(["equal", "not_equal"]), value }),
    of.extend({
      is: z.enum(["one_of", "none_of"]),
      value: z.array(value, "send a list").min(1, "send at least one").max(200, "at most 200"),
    }),
    of.extend({ is: z.literal("contains"), value: nameText(1_000) }),
    of.extend({ is: z.enum(["set", "not_set"]) }),
  ] as const;
}

function comparesOrders<Shape extends z.ZodRawShape>(of: z.ZodObject<Shape>) {
  return [
    of.extend({ is: z.enum(["above", "below", "at_least", "at_most"]), value: orderable }),
    of
      .extend({ is: z.enum(["in_last", "before_last", "in_next"]), days })
      .describe("The field holds a day, or a time, as ISO writes them; UTC days from today."),
  ] as const;
}

/** When something happened: in the last days or before them, from a UTC day on or before it, at all or never. */
function comparesMoments<Shape extends z.ZodRawShape>(of: z.ZodObject<Shape>) {
  return z.discriminatedUnion(
    "is",
    [
      of.extend({ is: z.enum(["in_last", "before_last"]), days }),
      of.extend({ is: z.enum(["since", "before"]), day }),
      of.extend({ is: z.enum(["set", "not_set"]) }),
    ],
    { error: takeOne(momentComparisons) },
  );
}

const trait = z.object({ kind: z.literal("trait"), trait: nameText(100) });
const customer = z.object({
  kind: z.literal("customer"),
  field: choice(["language", "time_zone", "email_domain", "email", "phone", "name"]),
});
const account = z.object({
  kind: z.literal("account"),
  trait: nameText(100).optional().describe("A trait of the account. Default: its name."),
});
const eitherCategory = choices(categories);
export const engagementStates = ["cooling", "flat", "warming", "dormant", "unknown"] as const;
export const passiveStatuses = ["stated", "behavioural", "both", "silent"] as const;
export const contactStates = ["no_address", "unsubscribed", "bounced", "complaint"] as const;
const amongList = { is: choice(["one_of", "none_of"]) };

/** One thing about a customer that holds or does not. */
export const conditions = [
  z.discriminatedUnion("is", [...comparesTexts(trait), ...comparesOrders(trait)], {
    error: takeOne(traitComparisons),
  }),
  z.discriminatedUnion("is", comparesTexts(customer), { error: takeOne(textComparisons) }),
  z.discriminatedUnion("is", [...comparesTexts(account), ...comparesOrders(account)], {
    error: takeOne(traitComparisons),
  }),
  comparesMoments(z.object({ kind: z.literal("created") })).describe("Known since."),

  z
    .object({ kind: z.literal("answer_score"), ...inSurvey, ...comparesNumbers, value: score })
    .describe("The score of the latest answer."),
  z.object({ kind: z.literal("answer_category"), ...inSurvey, ...amongList, value: eitherCategory }),
  comparesMoments(z.object({ kind: z.literal("answer_at"), ...inSurvey })).describe(
    "The latest answer's time.",
  ),
  z
    .object({ kind: z.literal("answer_comment"), ...inSurvey, is: aTruth })
    .describe("The latest answer has a comment."),
  z
    .object({ kind: z.literal("answer_survey"), ...amongList, value: z.array(id("survey")).min(1).max(50) })
    .describe("What the latest answer answered."),
  z
    .object({
      kind: z.literal("answered"),
      ...inSurvey,
      ...ofDays,
      category: eitherCategory.optional(),
      ...comparesNumbers,
      value: count,
    })
    .describe("How many answers there are."),
  z
    .object({
      kind: z.literal("moved"),
      ...inSurvey,
      ...ofDays,
      which: choice(["last", "any"])
        .default("any")
        .describe("Only the last two answers, or any two in a row."),
      from: eitherCategory.optional(),
      to: eitherCategory.optional(),
    })
    .describe(
      "From one category to another, between two answers in a row. `days` counts from the later one.",
    ),

  z.object({ kind: z.literal("engagement_state"), ...amongList, value: choices(engagementStates) }),
  z
    .object({ kind: z.literal("engagement_change"), ...comparesNumbers, value: aNumber })
    .describe("In percent of the customer's own usual level: -30 is 30 % below."),
  z
    .object({ kind: z.literal("engagement_recent"), ...comparesNumbers, value: aNumber })
    .describe("Events a week over the last four weeks."),
  comparesMoments(z.object({ kind: z.literal("last_seen") })).describe("The last event."),
  comparesMoments(z.object({ kind: z.literal("first_seen") })).describe("The first event."),
  z
    .object({ kind: z.literal("used"), event: nameText(200), ...ofDays, ...comparesNumbers, value: count })
    .describe("How often an event happened."),
  z.object({ kind: z.literal("passive_status"), ...amongList, value: choices(passiveStatuses) }),
  z.object({
    kind: z.literal("passive_reason"),
    ...amongList,
    value: choices(ruleNames),
  }),
  z.object({ kind: z.literal("revenue"), ...comparesNumbers, value: aNumber }).describe("Of a year."),

  z.object({ kind: z.literal("purchases"), ...ofDays, ...comparesNumbers, value: count }),
  z
    .object({
      kind: z.literal("purchase_revenue"),
      ...ofDays,
      currency: nameText(10).optional().describe("Only purchases in this currency."),
      ...comparesNumbers,
      value: aNumber,
    })
    .describe("The sum of all purchases; 0 without any."),
  z
    .object({ kind: z.literal("discount_share"), ...ofDays, ...comparesNumbers, value: aNumber })
    .describe("Percent of the purchases that had a discount or a coupon."),
  comparesMoments(z.object({ kind: z.literal("last_purchase") })),

  z
    .object({ kind: z.literal("asked"), ...ofDays, ...comparesNumbers, value: count })
    .describe("Invitations."),
  z.object({ kind: z.literal("contact"), ...amongList, value: choices(contactStates) }),
  z.object({ kind: z.literal("segment"), is: choice(["in", "not_in"]), segment: id("segment") }),
] as const;

export type SegmentCondition = z.output<(typeof conditions)[number]>;
/** One kind of condition. */
export type ConditionOf<Kind extends SegmentCondition["kind"]> = Extract<SegmentCondition, { kind: Kind }>;

/** The kinds of condition, in the order in which they are offered. */
export const conditionKinds: readonly SegmentCondition["kind"][] = [
  "trait",
  "customer",
  "account",
  "created",
  "answer_score",
  "answer_category",
  "answer_at",
  "answer_comment",
  "answer_survey",
  "answered",
  "moved",
  "engagement_state",
  "engagement_change",
  "engagement_recent",
  "last_seen",
  "first_seen",
  "used",
  "passive_status",
  "passive_reason",
  "revenue",
  "purchases",
  "purchase_revenue",
  "discount_share",
  "last_purchase",
  "asked",
  "contact",
  "segment",
];
