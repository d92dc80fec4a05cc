import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  share: share(0.05, 0.9)
    .default(0.3)
    .describe("Active on fewer days a week than this share of the days of the promoters of the plan."),
});

/** Below half a day a week among promoters, a few days more or less are chance. */
const leastUsual = 0.5;

/** Comes, but on far fewer days than the promoters of the same plan. */
export const infrequentSessions: Rule<typeof settings> = {
  settings,
  holds: ({ share }) => sql<boolean>`(f.active and f.days > 0
    and coalesce(f.days_usual >= ${leastUsual}::float8 and f.days < ${share}::float8 * f.days_usual, false))`,
  values:
    () => sql`jsonb_build_object('days', round(f.days::numeric, 2), 'usual', round(f.days_usual::numeric, 2),
    'plan', f.norm_plan)`,
};
