import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  share: share(0.1, 0.9)
    .default(0.55)
    .describe("Uses fewer features than this share of those that promoters use who do as much."),
});

/** Where promoters who do as much use fewer features than this, few are no wonder. */
const leastUsual = 3;

/** Uses the product, but only a few features: promoters of the same plan who do as much use many more. */
export const basicFeatures: Rule<typeof settings> = {
  settings,
  holds: ({ share }) => sql<boolean>`(f.active and f.features > 0
    and coalesce(f.features_usual >= ${leastUsual} and f.features < ${share}::float8 * f.features_usual, false))`,
  values: () =>
    sql`jsonb_build_object('used', f.features, 'usual', round(f.features_usual::numeric, 1), 'plan', f.norm_plan)`,
};
