import { z } from "@hono/zod-openapi";
import { heldReasons } from "../../collect/asking/new-invitation.ts";

const time = z.iso.datetime();
const deadline = time.nullable().describe("By when; null where there is no hurry.");

/** Something to do now, with the verb that does it. */
export const TodayItem = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("reply").describe("Customers wait for an answer of ours."),
      deadline,
      customers: z.int(),
      cases: z.int().describe("Theirs, as the inbox lists them; some have more than one."),
      detractors: z.int().describe("Those of the customers who answered 0 to 6."),
      late: z.int().describe("Those of the customers whose time is over."),
      longest: z
        .object({ caseId: z.uuid(), name: z.string().nullable(), openedAt: time, dueAt: time.nullable() })
        .describe("The one whose time ends first."),
    }),
    z.object({
      kind: z.literal("review").describe("Passives started to use less in the last two whole weeks."),
      deadline,
      since: z.iso.date().describe("The Monday of the first of these two weeks."),
      customers: z.int(),
      basic: z.int().describe("Those of them who use basic features only."),
      revenue: z.number().nullable().describe("Of a year, in the currency that most of them have."),
      currency: z.string().nullable(),
    }),
    z.object({
      kind: z.literal("decide").describe("A play can be decided."),
      deadline,
      play: z.object({ id: z.uuid(), name: z.string() }),
      verdict: z.enum(["keep", "stop"]).describe("What its figures say."),
      difference: z
        .object({ points: z.number(), interval: z.tuple([z.number(), z.number()]) })
        .nullable()
        .describe("Treated minus holdout, percentage points."),
    }),
    z.object({
      kind: z.literal("check").describe("A survey asks within seven days."),
      deadline,
      survey: z.object({ id: z.uuid(), name: z.string() }),
      asked: z.int().describe("In these seven days."),
      next: z.object({ at: time, customers: z.int() }),
      heldBack: z
        .object({ customers: z.int(), most: z.enum(heldReasons) })
        .nullable()
        .describe("Whose turn it is and who is not asked, and why most of them are not."),
    }),
  ])
  .openapi("TodayItem");
export type TodayItem = z.infer<typeof TodayItem>;

const order = ["reply", "decide", "review", "check"] as const;

/** The oldest deadline first; what has none after, in the order in which it matters. */
export function inOrder(items: readonly TodayItem[]): TodayItem[] {
  const moment = ({ deadline }: TodayItem) => (deadline === null ? Infinity : Date.parse(deadline));
  return items.toSorted(
    (a, b) =>
      (moment(a) === moment(b) ? 0 : moment(a) - moment(b)) || order.indexOf(a.kind) - order.indexOf(b.kind),
  );
}
