import { z } from "@hono/zod-openapi";
import { ruleNames } from "./rule.ts";

/** The rows of the map, by what customers said: 8, 7, something else or not asked, nothing although asked. */
export const mapRows = ["8", "7", "others", "silent"] as const;
export const MapRow = z.enum(mapRows);
export type MapRow = z.infer<typeof MapRow>;

/** The columns of the map, by what customers do. */
export const states = ["dormant", "cooling", "flat", "warming", "unknown"] as const;
export const State = z.enum(states);
export type State = z.infer<typeof State>;

export const statuses = ["stated", "behavioural", "both", "silent"] as const;
export const Status = z.enum(statuses);
export const RuleName = z.enum(ruleNames);
export const Category = z.enum(["promoter", "passive", "detractor"]);

/** As many customers as the map shows one by one; more are shown as how many there are at each change. */
export const mostDots = 2_000;

/** Change is counted in so many steps from −100 % to +100 %; what lies beyond is in the last. As in the
 * column change_bin. */
export const changeBins = 80;

const pair = z.tuple([z.number(), z.number()]);

const Revenue = z
  .object({
    amount: z
      .number()
      .describe(
        "Of a year, in the workspace's main currency. An account counts once, spread evenly over its customers.",
      ),
    customers: z.int().describe("Whose revenue is known in this currency."),
  })
  .openapi("PassiveRevenue");

const Cell = z.object({ state: State, customers: z.int(), revenue: Revenue }).openapi("PassiveCell");

const Dot = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    score: z.int().nullable(),
    state: State,
    change: z.number().nullable().describe("−0.3: 30 % below their own usual level."),
    revenue: z.number().nullable(),
    currency: z.string().nullable(),
  })
  .openapi("PassiveDot");

/** What the page of passives shows above its list. */
export const Passives = z
  .object({
    customers: z.int().describe("All who have not left."),
    respondents: z.int().describe("Those of them who have answered, whenever that was."),
    passives: z.int().describe("Whose newest answer is 7 or 8."),
    sevens: z.int(),
    eights: z.int(),
    passiveShare: z.number().nullable().describe("Passives in percent of respondents."),
    passiveShareInterval: pair.nullable().describe("Wilson, 95 %."),
    statuses: z.object({ stated: z.int(), behavioural: z.int(), both: z.int(), silent: z.int() }),
    reasons: z
      .array(
        z.object({
          rule: RuleName,
          customers: z.int(),
          stated: z.int().describe("Those of them who answered 7 or 8 as well."),
        }),
      )
      .describe("In the order of weight. A customer may have several."),
    currency: z.string().nullable().describe("The one that most of them have; sums are in it."),
    otherCurrencies: z
      .int()
      .describe("Customers on the map whose revenue is in another, and is not in the sums."),
    activityKnown: z.boolean().describe("Whether what anybody does is known yet."),
    refreshing: z
      .boolean()
      .describe("All customers are being looked at anew, for instance by changed rules."),
    plans: z
      .array(z.object({ plan: z.string(), customers: z.int() }))
      .describe("Of those on the map; at most 100."),
    rows: z.array(
      z
        .object({
          row: MapRow,
          customers: z.int(),
          cells: z.array(Cell),
          dots: z
            .array(Dot)
            .nullable()
            .describe("Each customer; null where all rows so far have more than 2,000."),
          bins: z
            .array(z.int())
            .nullable()
            .describe("Where there are no dots: how many at each change, in 80 steps from −1 to 1."),
        })
        .openapi("PassiveRow"),
    ),
  })
  .openapi("Passives");
export type Passives = z.infer<typeof Passives>;

/** Which customers are wanted; several filters are joined by "and". */
export const PassiveFilter = z.object({
  row: z
    .enum([...mapRows, "answered"])
    .optional()
    .describe("Of the map: 8, 7, others (by behaviour only), silent; or answered for 7 and 8 together."),
  state: State.optional(),
  stateSince: z.iso
    .date("is not a day such as 2026-10-05")
    .optional()
    .describe("Whose activity became what it is on this day or later."),
  status: Status.optional().describe("Default: any."),
  reason: RuleName.optional(),
  plan: z.string().max(500).optional(),
  segment: z.uuid("is not the id of a segment").optional(),
});
export type PassiveFilter = z.infer<typeof PassiveFilter>;

export const passiveSorts = ["attention", "revenue", "change", "answered", "since"] as const;
export type PassiveSort = (typeof passiveSorts)[number];

/** One customer who is passive in some way, as the list shows them. */
export const PassiveCustomer = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    externalId: z.string().nullable(),
    account: z.string().nullable(),
    anonymous: z.boolean(),
    plan: z.string().nullable(),
    score: z.int().nullable(),
    category: Category.nullable(),
    previousScore: z.int().nullable(),
    answeredAt: z.iso.datetime().nullable(),
    asked: z.int(),
    askedAt: z.iso.datetime().nullable(),
    status: Status,
    statusSince: z.iso.datetime(),
    reasons: z
      .array(z.object({ rule: RuleName, values: z.record(z.string(), z.union([z.string(), z.number()])) }))
      .describe("The weightiest first, with the figures that hold now."),
    state: State,
    stateSince: z.iso.date().nullable(),
    change: z.number().nullable(),
    usual: z.number().nullable().describe("Their own usual level, events a week."),
    weeks: z
      .array(z.int())
      .nullable()
      .describe("Events in each of the last twelve whole weeks; null if none are known."),
    revenue: z.number().nullable(),
    currency: z.string().nullable(),
  })
  .openapi("PassiveCustomer");
export type PassiveCustomer = z.infer<typeof PassiveCustomer>;
