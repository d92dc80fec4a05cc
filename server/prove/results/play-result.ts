import { z } from "@hono/zod-openapi";
import { PlayPlan } from "../../act/plays/play-plan.ts";

const share = z.number().describe("0 to 1");
const Difference = z.object({
  difference: z.number().describe("Treated minus holdout, as a share: 0.05 is five of 100 more."),
  low: z.number(),
  high: z.number(),
});
export type Difference = z.infer<typeof Difference>;
const Count = z.object({ k: z.int(), n: z.int() });
export type Count = z.infer<typeof Count>;
const inBoth = <Schema extends z.ZodType>(of: Schema) => z.object({ treated: of, holdout: of });

export const decisions = ["keep", "stop", "cannot tell"] as const;
export const verdictReasons = [
  "works",
  "harms",
  "smaller than worth it",
  "arms are not as assigned",
  "nobody left alone",
  "too few results",
  "horizon not reached",
  "something or nothing",
] as const;

/** Keep, stop, or cannot tell yet, with what it was decided by. */
export const Verdict = z
  .object({
    decision: z.enum(decisions),
    reason: z.enum(verdictReasons),
    sentence: z.string().describe("The whole of it in English."),
    horizon: z
      .enum(["ahead", "at", "behind"])
      .describe(
        "at: read once, at the planned size. ahead, behind: by intervals that hold however often one looks.",
      ),
    at: z.iso.datetime().describe("When it was read; a decision that was read once stays."),
    arms: inBoth(Count).describe(
      "Customers with a result, and those of them who reached the goal, as it was read.",
    ),
    interval: Difference.nullable().describe("The one that decided."),
    missing: z
      .object({
        results: z.int().describe("About how many more customers have to have a result."),
        entered: z.int().describe("How many of them have entered already."),
        weeks: z.int().nullable().describe("From now, at the present rate of entering; null: nobody enters."),
      })
      .nullable(),
  })
  .openapi("Verdict");
export type Verdict = z.infer<typeof Verdict>;

const PlayHead = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(["draft", "live", "paused", "closed", "ended"]),
  liveSince: z.iso.datetime().nullable(),
  decision: z.enum(["keep", "stop"]).nullable().describe("What a member decided."),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable().describe("Their name."),
});
export type PlayHead = z.infer<typeof PlayHead>;

const Arm = z.object({
  entered: z.int(),
  units: z.int().describe("What was assigned: customers, or accounts."),
  results: z.int(),
  reached: z.int(),
  share: share.nullable(),
  low: share.nullable(),
  high: share.nullable(),
  after: z
    .object({ promoter: z.int(), passive: z.int(), detractor: z.int(), silent: z.int() })
    .describe("The last answer within the days, of those with a result."),
});
export type ArmResult = z.infer<typeof Arm>;

export const outcomeNames = [
  "promoter",
  "retained",
  "active",
  "bought",
  "unsubscribed",
  "complained",
  "answered",
] as const;

/** One line of the list of results. */
export const ResultLine = z
  .object({
    play: PlayHead,
    goal: PlayPlan.shape.goal.nullable(),
    days: z.int().nullable(),
    verdict: Verdict,
    ready: z.boolean().describe("There is a verdict, and no member has decided yet."),
    arms: inBoth(z.object({ entered: z.int(), results: z.int(), reached: z.int() })),
    difference: Difference.nullable().describe("As it is now, for watching."),
  })
  .openapi("ResultLine");
export type ResultLine = z.infer<typeof ResultLine>;

/** What a play did, compared with doing nothing. */
export const PlayResult = z
  .object({
    play: PlayHead,
    plan: PlayPlan.nullable(),
    measuredAt: z.iso.datetime(),
    verdict: Verdict,
    ready: z.boolean(),
    asRead: inBoth(Count.extend({ share, low: share, high: share }))
      .nullable()
      .describe("What the verdict was read from, with intervals; null while an arm has no result."),
    arms: inBoth(Arm),
    otherTerms: z
      .int()
      .describe("Customers who entered by other terms than the plan's; they are not counted."),
    difference: Difference.nullable().describe("As it is now, by one look: for watching."),
    sequence: Difference.nullable().describe("As it is now, by the interval that allows looking every day."),
    designEffect: z
      .number()
      .nullable()
      .describe("How much less the customers are worth because colleagues are alike."),
    sampleRatio: z
      .object({ pValue: z.number(), alarm: z.boolean(), treated: z.int(), holdout: z.int(), expected: share })
      .nullable()
      .describe("Whether the arms are as large as they were drawn; expected is the holdout's share."),
    response: z
      .object({
        treated: Count,
        holdout: Count,
        ...Difference.shape,
        differs: z.boolean().describe("Then answers of the two arms come from different people."),
        trimmed: z.object({ low: z.number(), high: z.number() }).nullable(),
        worstCase: z.object({ low: z.number(), high: z.number() }).nullable(),
      })
      .nullable()
      .describe("Whether both arms answer alike: to be read first where the goal is an answer."),
    outcomes: z.array(
      z.object({
        name: z.enum(outcomeNames),
        treated: Count,
        holdout: Count,
        ...Difference.shape,
        clear: z.boolean().describe("The interval excludes 0. One of twenty does without any effect."),
      }),
    ),
    extra: z
      .object({ estimate: z.number(), low: z.number(), high: z.number() })
      .nullable()
      .describe("How many more of the treated reached the goal than would have anyway."),
    revenue: z
      .object({
        currency: z.string(),
        treated: z.number().describe("Per customer, also those who bought nothing."),
        holdout: z.number(),
        ...Difference.shape,
        total: z
          .object({ estimate: z.number(), low: z.number(), high: z.number() })
          .describe("Of all treated."),
        enough: z.boolean().describe("Enough purchases in each arm for a verdict."),
        otherCurrencies: z.int().describe("Customers who bought in another currency; not counted."),
      })
      .nullable(),
    cost: z
      .object({
        amount: z.number(),
        currency: z.string(),
        perExtra: z
          .object({ estimate: z.number(), low: z.number(), high: z.number().nullable() })
          .nullable()
          .describe("null: there may be no extra at all. high null: no upper end can be given."),
      })
      .nullable(),
    curve: z
      .array(
        z.object({
          day: z.iso.date(),
          ...inBoth(Count.extend({ share, low: share, high: share }).nullable()).shape,
        }),
      )
      .describe("Of all who had entered by that day and have a result. For watching, not for deciding."),
    groups: z.array(
      z.object({
        by: z.enum(["score", "state", "plan"]),
        differ: z
          .boolean()
          .describe("Whether the groups differ by more than chance, all ways of grouping considered."),
        pValue: z.number().nullable(),
        groups: z.array(
          z.object({
            value: z.string(),
            treated: Count,
            holdout: Count,
            difference: Difference.nullable().describe("null with fewer than 30 results in an arm."),
          }),
        ),
      }),
    ),
    looks: z.array(
      z.object({
        at: z.iso.datetime(),
        horizon: Verdict.shape.horizon,
        decision: Verdict.shape.decision,
        reason: Verdict.shape.reason,
        interval: Difference.nullable(),
      }),
    ),
    decisions: z.array(
      z.object({
        decision: z.enum(["keep", "stop"]),
        at: z.iso.datetime(),
        by: z.string().nullable(),
      }),
    ),
  })
  .openapi("PlayResult");
export type PlayResult = z.infer<typeof PlayResult>;
