import { z } from "@hono/zod-openapi";
import { categories, nameText } from "../../collect/response.ts";
import { LanguageTag, WebAddress } from "../../collect/surveys/survey-content.ts";
import { SegmentFilter } from "../../identify/segments/segment-filter.ts";
import { because } from "../../platform/http/problem-of-issue.ts";

/** The name of a step within its play; stays the same when the play is edited. */
export const StepId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,39}$/,
    because("not_a_short_name", "may hold small letters, digits and -, at most 40"),
  );

const next = StepId.nullable().describe("The step that follows; null: the customer leaves the play.");
/** An editor leaves empty what nobody has chosen yet. */
const id = (of: string) =>
  z.uuid({
    error: (issue) =>
      issue.input === ""
        ? because("not_chosen", `${of} is not chosen yet`).error(issue)
        : `is not the id of ${of}`,
  });
const common = { id: StepId, name: nameText(100).optional().describe("What members call it.") };

/** The kinds of content that a mail can choose from, besides features. */
export const contentKinds = ["article", "webinar", "training", "offer", "product"] as const;

/** Where reviews are written, as far as we know their rules and their links. */
export const reviewSites = ["g2", "capterra", "trustpilot", "google", "other"] as const;
export type ReviewSite = (typeof reviewSites)[number];

/** What a mail puts in for each customer. */
export const ContentChoice = z
  .object({
    by: z
      .enum(["most_used", "usage_gap", "browsed", "item"])
      .describe(
        "most_used: the feature they use most; usage_gap: one that promoters like them use and they do not; " +
          "browsed: a product they looked at and did not buy; item: always the same.",
      ),
    kinds: z
      .array(z.enum(contentKinds))
      .min(1)
      .max(contentKinds.length)
      .default([...contentKinds]),
    item: id("an item of the library").nullable().default(null),
    without: z.enum(["skip", "send"]).default("skip").describe("When nothing fits: no mail, or one without."),
  })
  .openapi("ContentChoice");
export type ContentChoice = z.infer<typeof ContentChoice>;

/** One mail in one language. Liquid; what it may name depends on the steps before it. */
export const MailText = z.object({
  subject: nameText(200),
  body: nameText(5_000).describe("Paragraphs, divided by empty lines."),
  button: z
    .object({ label: nameText(80), link: nameText(2_000) })
    .nullable()
    .default(null),
});
export type MailText = z.infer<typeof MailText>;

const email = z.object({
  ...common,
  kind: z.literal("email"),
  asks: z
    .enum(["nothing", "review", "story"])
    .default("nothing")
    .describe("review: to write one where others read it; story: to tell theirs to us."),
  site: z.enum(reviewSites).nullable().default(null).describe("Where the review is to be written."),
  language: LanguageTag.describe("The source: also sent where the customer's own language is not written."),
  languages: z.record(LanguageTag, MailText),
  choose: ContentChoice.nullable().default(null),
  next,
});

/** What can happen while a customer waits. */
export const Until = z.discriminatedUnion(
  "kind",
  [
    z.object({ kind: z.literal("event"), event: nameText(300) }),
    z.object({
      kind: z.literal("answer"),
      categories: z.array(z.enum(categories)).min(1).max(3).nullable().default(null),
    }),
  ],
  "take one of event, answer",
);

const wait = z.object({
  ...common,
  kind: z.literal("wait"),
  hours: z
    .int()
    .min(1)
    .max(24 * 365)
    .describe("At most; shorter when what is waited for happens."),
  until: Until.nullable().default(null),
  next,
  otherwise: StepId.nullable()
    .optional()
    .describe("Where they go on when the time is over and it has not happened. Default: the same way."),
});

/** By what a branch decides; answers and events are those since the customer entered. */
export const BranchCondition = z.discriminatedUnion(
  "kind",
  [
    z.object({ kind: z.literal("answer"), categories: z.array(z.enum(categories)).min(1).max(3) }),
    z.object({ kind: z.literal("answered") }),
    z.object({ kind: z.literal("event"), event: nameText(300) }),
    z.object({ kind: z.literal("customer"), filter: SegmentFilter }),
    z
      .object({ kind: z.literal("share"), share: z.number().gt(0).lt(1) })
      .describe("By chance, the same way whenever the customer comes by."),
  ],
  "take one of answer, answered, event, customer, share",
);
export type BranchCondition = z.infer<typeof BranchCondition>;

const branch = z.object({
  ...common,
  kind: z.literal("branch"),
  when: BranchCondition,
  next: next.describe("Where it holds."),
  otherwise: next.describe("Where it does not."),
});

const slack = z.object({
  ...common,
  kind: z.literal("slack"),
  receiver: id("a receiver"),
  text: nameText(2_000),
  next,
});

const webhook = z.object({ ...common, kind: z.literal("webhook"), receiver: id("a receiver"), next });

const task = z.object({
  ...common,
  kind: z.literal("task"),
  title: nameText(200),
  note: nameText(2_000).nullable().default(null),
  owner: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("account_owner") }),
      z.object({ kind: z.literal("in_turn") }),
      z.object({ kind: z.literal("person"), person: id("a member") }),
    ])
    .default({ kind: "in_turn" }),
  hours: z
    .int()
    .min(1)
    .max(24 * 90)
    .default(24)
    .describe("Business hours until it is late."),
  next,
});

const code = z.object({
  ...common,
  kind: z.literal("code"),
  pool: id("a pool of codes"),
  purpose: z
    .enum(["answer", "review", "offer", "thanks"])
    .describe(
      "What it is for: taking part in a survey, writing a review, buying something, or nothing at all.",
    ),
  whenEmpty: z.enum(["skip", "wait"]).default("wait"),
  next,
});

const ask = z
  .object({
    ...common,
    kind: z.literal("ask"),
    survey: id("a survey"),
    day: z.int().min(1).max(365).describe("Days after entering."),
    next,
  })
  .describe(
    "Asked of everybody who has entered, on that day and in the same words: those left alone, and whoever has gone another " +
      "way or left. Else the two could not be compared. Who comes to this step waits here for the day.",
  );

const leave = z.object({ ...common, kind: z.literal("leave") });

/** One thing that a play does, and where it goes on. */
export const PlayStep = z
  .discriminatedUnion(
    "kind",
    [email, wait, branch, slack, webhook, task, code, ask, leave],
    "take one of email, wait, branch, slack, webhook, task, code, ask, leave",
  )
  .openapi("PlayStep");
export type PlayStep = z.infer<typeof PlayStep>;
export type StepOf<Kind extends PlayStep["kind"]> = Extract<PlayStep, { kind: Kind }>;

/** Links that a text names, for those who look at where they lead. */
export const linkPattern = /https?:\/\/[^\s"'<>)\]}]+/gi;

/** Whether a text is an address that a browser opens as a page; what it fills in for each customer does not count. */
export function isPage(link: string): boolean {
  return WebAddress.safeParse(link.replace(/\{\{.*?\}\}/g, "x")).success;
}
