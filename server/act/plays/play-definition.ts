import { z } from "@hono/zod-openapi";
import { nameText } from "../../collect/response.ts";
import { SurveySettings } from "../../collect/surveys/survey-settings.ts";
import { SegmentFilter } from "../../identify/segments/segment-filter.ts";
import { PlayStep, StepId } from "./play-step.ts";

/** What a play is to bring about, looked at so many days after entering, in both arms alike. */
export const PlayGoal = z
  .discriminatedUnion(
    "kind",
    [
      z
        .object({
          kind: z.literal("promoter"),
          survey: z.uuid("is not the id of a survey").nullable().default(null),
        })
        .describe("Answers 9 or 10 within the days. Who does not answer has not become a promoter."),
      z.object({ kind: z.literal("retained") }).describe("Is still a customer after the days."),
      z.object({ kind: z.literal("purchase") }).describe("Buys within the days."),
      z
        .object({ kind: z.literal("feature"), feature: nameText(300) })
        .describe("Uses a feature within the days."),
    ],
    "take one of promoter, retained, purchase, feature",
  )
  .openapi("PlayGoal");
export type PlayGoal = z.infer<typeof PlayGoal>;

/** Whom a play is for. */
export const PlayAudience = z.object({
  segment: z.uuid("is not the id of a segment").nullable(),
  filter: SegmentFilter.nullable().describe("Besides or instead of the segment; both must hold."),
  again: z
    .object({ afterDays: z.int().min(7).max(3_650) })
    .nullable()
    .describe("null: each customer enters once."),
});
export type PlayAudience = z.infer<typeof PlayAudience>;

/** A play as it is edited and published: whom, to what end, what happens, and how it will be known whether it worked. */
export const PlayDefinition = z
  .object({
    goal: PlayGoal,
    days: z.int().min(1).max(365).describe("After entering; then the result of a customer is final."),
    worth: z
      .number()
      .min(0.001)
      .max(1)
      .describe("The smallest gain worth the trouble, as a share: 0.05 is 5 of 100 customers."),
    audience: PlayAudience,
    assign: z
      .enum(["customer", "account"])
      .describe("account: all people of one company get the play, or none."),
    holdout: z.object({
      share: z.number().min(0).max(1),
      reason: nameText(500).nullable().describe("Why nobody is left alone; kept with the play."),
    }),
    cost: z
      .object({
        amount: z.number().min(0).max(1e9),
        per: z.enum(["customer", "play"]),
        currency: nameText(10),
      })
      .nullable(),
    priority: z
      .int()
      .min(0)
      .max(9)
      .describe("Who enters a play with a higher one leaves this, where it says so."),
    stop: z
      .object({
        goal: z.boolean(),
        complaint: z.boolean(),
        reply: z.boolean(),
        higherPriority: z.boolean(),
      })
      .describe("Who leaves early; whoever unsubscribes always does."),
    restDays: z
      .int()
      .min(0)
      .max(730)
      .describe("Days between two contacts of one customer, surveys included."),
    hours: SurveySettings.shape.hours,
    sender: SurveySettings.shape.sender,
    start: StepId.nullable(),
    steps: z.array(PlayStep).max(50),
  })
  .openapi("PlayDefinition");
export type PlayDefinition = z.infer<typeof PlayDefinition>;

/** From how many customers on a fifth is enough of a holdout; below, half of them are needed. */
export const manyCustomers = 2_000;

/** The share that is left alone unless somebody chooses another: half of a small audience, a fifth of a large one. */
export function defaultHoldout(customers: number): number {
  return customers < manyCustomers ? 0.5 : 0.2;
}

/** What a new play begins with; it has no audience and does nothing. */
export function newDefinition(customers: number): PlayDefinition {
  return {
    goal: { kind: "promoter", survey: null },
    days: 90,
    worth: 0.05,
    audience: { segment: null, filter: null, again: null },
    assign: "customer",
    holdout: { share: defaultHoldout(customers), reason: null },
    cost: null,
    priority: 5,
    stop: { goal: true, complaint: true, reply: true, higherPriority: true },
    restDays: 14,
    hours: { from: "09:00", to: "17:00", weekends: false },
    sender: { name: null, replyTo: null },
    start: null,
    steps: [],
  };
}
