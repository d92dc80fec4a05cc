import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share, whole } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  purchases: whole(2, 50).default(3).describe("Purchases in the last year, at least."),
  share: share(0.5, 1).default(0.9).describe("The share of them at a discount or with a coupon, at least."),
  unlessUsual: share(0.1, 1)
    .default(0.6)
    .describe("Says nothing where more than this share of all purchases are at a discount."),
});

/** Buys, but (almost) only at a discount, where others pay the full price. */
export const discountOnly: Rule<typeof settings> = {
  settings,
  holds: ({ purchases, share, unlessUsual }) => sql<boolean>`(f.purchases >= ${purchases}::integer
    and f.discounted >= ${share}::float8 * f.purchases
    and coalesce(f.discount_usual <= ${unlessUsual}::float8, false))`,
  values: () => sql`jsonb_build_object('purchases', f.purchases, 'discounted', f.discounted)`,
};
