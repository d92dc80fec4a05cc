import { z } from "@hono/zod-openapi";

export const engagementStates = ["cooling", "flat", "warming", "dormant", "unknown"] as const;
const state = z.enum(engagementStates);
const day = z.iso.date();

const Range = z.object({
  level: z.number(),
  low: z.number().describe("The middle 80 % of weeks lie between low and high."),
  high: z.number(),
});

const week = { week: day.describe("Its Monday, UTC."), events: z.int() };

/** What a customer does, against what they are used to. */
export const Engagement = z
  .object({
    weeks: z
      .array(
        z.object({
          ...week,
          days: z.int().describe("Days with an event."),
          state,
          usual: Range.nullable().describe("What was usual for a week of this rhythm; null where too new."),
        }),
      )
      .describe("Up to 53 whole weeks, the newest last, from the customer's first on."),
    thisWeek: z.object({ ...week, days: z.int() }).describe("So far."),
    usual: Range.nullable().describe("Events a week before the last four; null where too new."),
    recent: z.number().nullable().describe("Events a week in the last four whole weeks."),
    change: z
      .number()
      .nullable()
      .describe("Of recent against usual, the workspace's rhythm taken out: −0.3 is 30 % below."),
    state,
    since: day.nullable().describe("The Monday of the week in which the state began."),
    perWeek: z
      .object({ now: z.number(), usual: z.number() })
      .nullable()
      .describe("Events a week at this moment, by decay with half-lives of 14 and 90 days."),
    trend: z.number().nullable().describe("ln of now against usual: −0.69 is half."),
    breadth: z.number().nullable().describe("Features used, counted by how evenly."),
    features: z
      .array(z.object({ name: z.string(), n: z.int(), firstAt: z.iso.datetime(), lastAt: z.iso.datetime() }))
      .describe("By how much each is used at present."),
    firstAt: z.iso.datetime().nullable(),
    lastAt: z.iso.datetime().nullable(),
  })
  .openapi("Engagement");
export type Engagement = z.infer<typeof Engagement>;

/** What all customers of a workspace did, week by week. */
export const WorkspaceEngagement = z
  .object({
    evaluatedAt: z.iso.datetime().nullable(),
    weeks: z
      .array(
        z.object({
          ...week,
          active: z.int().describe("Customers with an event."),
          rhythm: z
            .number()
            .describe("How much of the ordinary was done, compared with the 26 weeks before: 1 as ever."),
          states: z.object(
            Object.fromEntries(engagementStates.map((each) => [each, z.int()])) as StateCounts,
          ),
        }),
      )
      .describe("Up to 53 whole weeks, the newest last."),
  })
  .openapi("WorkspaceEngagement");
export type WorkspaceEngagement = z.infer<typeof WorkspaceEngagement>;

type StateCounts = Record<(typeof engagementStates)[number], z.ZodInt>;
