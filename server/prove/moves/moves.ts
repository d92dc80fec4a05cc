import { z } from "@hono/zod-openapi";
import { Wave } from "../../identify/wave.ts";
import { moveCategories } from "../../statistics/transitions.ts";
import { Period } from "./period.ts";

/** What a customer was in a period, 7s and 8s together. Silent: asked, no answer. Gone: left, by the trait churnedAt. */
export const together = ["promoter", "passive", "detractor", "silent", "gone"] as const;
/** The same, 7s and 8s apart. */
export const apart = moveCategories;
export const MoveCategory = z.enum([
  "promoter",
  "passive",
  "passive8",
  "passive7",
  "detractor",
  "silent",
  "gone",
]);
export type MoveCategory = z.infer<typeof MoveCategory>;

const pair = z.tuple([z.number(), z.number()]);

const Cell = z
  .object({
    category: MoveCategory,
    count: z.int(),
    share: z.number().nullable().describe("Percent of the row; null where the row has fewer than 30."),
    interval: pair.nullable().describe("Wilson, 95 %."),
  })
  .openapi("MoveCell");

const Row = z
  .object({
    category: MoveCategory,
    n: z.int().describe("All who were in this category before."),
    enough: z.boolean().describe("30 or more, so that shares say something."),
    cells: z.array(Cell).describe("What they are after."),
  })
  .openapi("MoveRow");
export type MoveRow = z.infer<typeof Row>;

const ChanceRow = z
  .object({
    category: MoveCategory,
    n: z.int().describe("Those of the row who answered again."),
    cells: z.array(
      z.object({
        category: MoveCategory,
        count: z.int(),
        share: z.number().describe("Percent of those who answered again."),
        interval: pair.describe("Wilson, 95 %."),
        expected: pair.describe(
          "Percent that would move so by chance alone, when two answers agree with a correlation of 0.8 and of 0.7.",
        ),
      }),
    ),
  })
  .openapi("MoveChanceRow");

const ExcessRow = z
  .object({
    category: MoveCategory,
    n: z.int().describe("Those of the row whom plays may reach."),
    heldOut: z.int().describe("Those of the row whom no play contacts."),
    cells: z.array(
      z.object({
        category: MoveCategory,
        heldOut: z.object({ count: z.int(), share: z.number(), interval: pair }),
        difference: z.number().describe("Percentage points more of those whom plays may reach."),
        interval: pair.describe("Newcombe, 95 %."),
      }),
    ),
  })
  .openapi("MoveExcessRow");

/** Who moved where between two periods. */
export const Moves = z
  .object({
    survey: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    waves: z.array(Wave.extend({ n: z.int() })).describe("Newest first; those that have answers."),
    from: Period.nullable().describe("Null where there are not two periods to compare."),
    to: Period.nullable(),
    open: z.boolean().describe("The later period is not over: who is silent may still answer."),
    countedAt: z.iso
      .datetime()
      .nullable()
      .describe("Of a company for which counting takes long: when that was. Null: now."),
    counting: z.boolean().describe("These are of a while ago, and being counted anew."),
    customers: z.int().describe("Asked in both, or asked in the first and gone by the end of the second."),
    silentBoth: z.int().describe("Those of them who answered in neither."),
    notAskedAgain: z.int().describe("Asked in the first alone; they are in no row."),
    newlyAsked: z.int().describe("Asked in the second alone; they are in no row."),
    together: z.array(Row).describe("7s and 8s together."),
    apart: z.array(Row).describe("7s and 8s apart."),
    sameCustomers: z
      .object({
        n: z.int(),
        before: z.number(),
        after: z.number(),
        change: z.number(),
        interval: pair,
        distinguishable: z.boolean(),
      })
      .nullable()
      .describe("The score of those who answered both times; null with fewer than 30."),
    chance: z
      .array(ChanceRow)
      .describe(
        "Regression to the mean: what chance alone does, for rows of which 30 or more answered again.",
      ),
    holdout: z
      .object({ share: z.number(), customers: z.int(), rows: z.array(ExcessRow) })
      .nullable()
      .describe(
        "The moves of the permanent holdout, which no play contacts, for rows with 30 or more in both; null before any play.",
      ),
  })
  .openapi("Moves");
export type Moves = z.infer<typeof Moves>;

/** One customer who moved, as the list shows them. */
export const MovedCustomer = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    externalId: z.string().nullable(),
    account: z.string().nullable(),
    anonymous: z.boolean(),
    plan: z.string().nullable(),
    before: z.enum(apart),
    beforeScore: z.int().nullable(),
    after: z.enum(apart),
    afterScore: z.int().nullable(),
    change: z
      .number()
      .nullable()
      .describe("Of their activity, against their own usual level; −0.3: 30 % below."),
    revenue: z.number().nullable(),
    currency: z.string().nullable(),
  })
  .openapi("MovedCustomer");
export type MovedCustomer = z.infer<typeof MovedCustomer>;
