import { z } from "@hono/zod-openapi";
import { nameText } from "../../collect/response.ts";
import { because } from "../../platform/http/problem-of-issue.ts";

/** A pool of codes as members write it. */
export const PoolDraft = z
  .object({
    name: nameText(120),
    worth: z
      .union([z.literal(""), nameText(200)])
      .default("")
      .describe("What one is worth, in words, as mails say it: 20 % off, a month for free."),
    amount: z
      .number()
      .min(0)
      .max(1e9)
      .nullable()
      .default(null)
      .describe("What one costs you, for the cost of a play."),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, because("not_a_currency", "is no currency; write it as EUR"))
      .nullable()
      .default(null),
    lowStock: z.int().min(0).max(1_000_000).default(20).describe("Owners are told from so few on."),
    expiresAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .default(null)
      .describe("None is handed out from then on."),
  })
  .openapi("PoolDraft");
export type PoolDraft = z.infer<typeof PoolDraft>;

// Without the defaults: what a change does not name stays.
export const PoolChange = z.object(
  Object.fromEntries(
    Object.entries(PoolDraft.shape).map(([name, schema]) => [
      name,
      (schema instanceof z.ZodDefault ? schema.unwrap() : schema).optional(),
    ]),
  ),
) as unknown as z.ZodType<Partial<PoolDraft>>;

/** A pool of codes, with how many are left. */
export const CodePool = z
  .object({
    id: z.string(),
    name: z.string(),
    worth: z.string(),
    amount: z.number().nullable(),
    currency: z.string().nullable(),
    lowStock: z.int(),
    expiresAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    free: z.int(),
    given: z.int(),
    redeemed: z.int(),
    withdrawn: z.int(),
    low: z.boolean().describe("So few are left that owners are told."),
    plays: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .openapi("CodePool");
export type CodePool = z.infer<typeof CodePool>;

/** What became of codes that were sent. */
export const AddedCodes = z
  .object({
    added: z.int(),
    known: z.int().describe("They were in a pool of the workspace already, or twice in what was sent."),
    knownCodes: z.array(z.string()).describe("The first hundred of them."),
    faulty: z
      .array(z.object({ line: z.int(), reason: z.enum(["too_long", "not_text"]) }))
      .describe("The first hundred lines that hold no code."),
  })
  .openapi("AddedCodes");
export type AddedCodes = z.infer<typeof AddedCodes>;

export const incentivePurposes = ["answer", "review", "offer", "thanks"] as const;

/** One entry of the ledger: who got what, when and why, and whether it was used. */
export const Incentive = z
  .object({
    id: z.string(),
    code: z.string(),
    pool: z.object({ id: z.string(), name: z.string() }),
    customer: z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() }),
    purpose: z.enum(incentivePurposes),
    play: z.object({ id: z.string(), name: z.string() }).nullable(),
    givenBy: z.string().nullable().describe("The member who gave it, by name."),
    reason: z.string().nullable(),
    givenAt: z.iso.datetime(),
    redeemedAt: z.iso.datetime().nullable(),
    redeemedBy: z.enum(["purchase", "member", "api"]).nullable(),
    byScore: z
      .boolean()
      .describe("Only customers with certain scores could get it, so it may move who answers and what."),
  })
  .openapi("Incentive");
export type Incentive = z.infer<typeof Incentive>;
