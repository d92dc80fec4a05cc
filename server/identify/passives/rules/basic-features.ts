import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  common: share(0.2, 0.9)
    .default(0.5)
    .describe("A feature counts when at least this share of the promoters of the plan use it."),
  share: share(0.1, 0.9)
    .default(0.5)
    .describe("Uses fewer of these than this share of what promoters use on average."),
});

/** Fewer common features than this are no choice to compare. */
const leastCommon = 3;

/** Uses the product, but few of the features that promoters of the same plan use. */
export const basicFeatures: Rule<typeof settings> = {
  settings,
  holds: ({ share }) => sql<boolean>`(f.active and f.features > 0 and f.common_of >= ${leastCommon}
    and coalesce(f.common < ${share}::float8 * f.common_usual, false))`,
  values: () => sql`jsonb_build_object('used', f.common, 'of', f.common_of,
    'usual', round(f.common_usual::numeric, 1), 'plan', f.norm_plan)`,
};
