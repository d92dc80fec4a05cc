import { z } from "@hono/zod-openapi";
import { setAsideReasons } from "../../../collect/answering/judge-answer.ts";
import { invitationFates } from "../../../collect/asking/invitation-fate.ts";
import { suppressionReasons } from "../../../collect/asking/suppression.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/open.ts";
import { states } from "../../passives/passives.ts";

/** What the timeline can be narrowed to. */
export const timelineGroups = ["answers", "messages", "visits", "purchases", "plays", "person"] as const;
export type TimelineGroup = (typeof timelineGroups)[number];

const at = z.iso.datetime();
const survey = z.object({ id: z.uuid(), name: z.string() });
const play = z.object({ id: z.uuid(), name: z.string() });
const item = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), id: z.string(), at, ...shape });

/** Something that happened to, or was done by, a customer. */
export const TimelineItem = z
  .discriminatedUnion("kind", [
    item("answer", {
      survey,
      score: z.int(),
      previousScore: z.int().nullable().describe("Of the answer before, to whatever survey."),
      comment: z.string().nullable(),
      language: z.string().nullable(),
      channel: z.string(),
      state: z.enum(["provisional", "confirmed"]),
    }),
    item("change", {
      survey,
      responseId: z.uuid(),
      score: z.int().describe("What the answer was until then."),
      comment: z.string().nullable(),
    }),
    item("set_aside", {
      survey,
      score: z.int(),
      reason: z.enum(setAsideReasons),
      overriddenAt: at.nullable().describe("When a person answered by the same link after all."),
    }),
    item("invitation", {
      survey,
      channel: z.enum(["email", "api"]),
      fate: z.enum(invitationFates),
      reason: z.string().nullable(),
      openedAt: at.nullable(),
    }),
    item("reminder", { survey, invitationId: z.uuid() }),
    item("suppression", {
      address: z.string(),
      reason: z.enum(suppressionReasons),
      source: z.string(),
    }),
    item("complaint", { what: z.enum(["opened", "closed"]), note: z.string().nullable() }),
    item("visit", {
      day: z.iso.date().describe("In the workspace's time zone."),
      from: at.describe("The first event of the day; `at` is the last."),
      n: z.int().describe("Events of the day that the customer did."),
      names: z.int().describe("How many different ones."),
      events: z.array(z.object({ name: z.string(), n: z.int() })).describe("The five most frequent."),
      others: z
        .array(z.string())
        .describe("What was not done by the customer, as a mail that was delivered."),
      firsts: z.array(z.string()).describe("Features that were used for the first time."),
    }),
    item("activity", {
      state: z.enum(states).describe("Since the week that ends at this moment."),
      before: z.enum(states),
      events: z.int().describe("Of that week."),
      usual: z
        .object({ low: z.number(), high: z.number() })
        .nullable()
        .describe("The middle 80 % of their weeks, the workspace's rhythm taken into account."),
    }),
    item("purchase", {
      orderId: z.string().nullable(),
      revenue: z.number().nullable(),
      currency: z.string().nullable(),
      discount: z.number().nullable(),
      coupon: z.string().nullable(),
    }),
    item("merge", {
      reason: z.enum(["identify", "alias", "member", "api"]),
      by: z.string().nullable().describe("The member who did it."),
    }),
    item("segment", { segment: survey, entered: z.boolean() }),
    item("message", {
      direction: z.enum(["out", "in"]),
      subject: z.string(),
      state: z.enum(["held", "queued", "sending", "sent", "failed", "cancelled", "received"]),
      reason: z.string().nullable().describe("Why it was not sent."),
      play: play.nullable(),
      caseId: z.uuid().nullable(),
      openedAt: at.nullable(),
      clickedAt: at.nullable(),
      bouncedAt: at.nullable(),
    }),
    item("play", {
      play,
      what: z.enum(["entered", "not_asked", "not_written", "left_out", "left"]),
      arm: z.enum(["treated", "holdout"]),
      reason: z
        .string()
        .nullable()
        .describe(
          "Why they left before its last step, were not asked, got no mail, or were left out of a step.",
        ),
    }),
    item("incentive", {
      pool: z.string(),
      worth: z.string(),
      purpose: z.enum(["answer", "review", "offer", "thanks"]),
      play: play.nullable(),
      redeemedAt: at.nullable(),
    }),
    item("created", { importId: z.uuid().nullable() }),
  ])
  .openapi("TimelineItem");
export type TimelineItem = z.infer<typeof TimelineItem>;

/** What a source of the timeline is asked: the newest things up to a moment, that included. */
export interface Wanted {
  workspaceId: string;
  customerId: string;
  upTo: Date | undefined;
  limit: number;
  clock: Clock;
}

/** Where things of one group are found. */
export type TimelineSource = (db: Database, wanted: Wanted) => Promise<TimelineItem[]>;

/** What later stages know of a customer. They give it; here they are not known. */
export type OtherSources = Partial<Record<TimelineGroup, TimelineSource>>;
