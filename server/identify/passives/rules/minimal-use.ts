import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  share: share(0.05, 0.9)
    .default(0.33)
    .describe("Uses features less often on an active day than this share of what promoters of the plan do."),
});

/** With fewer active days a week it is infrequent sessions, and what they do on them is chance. */
const leastDays = 0.3;
/** Where promoters do less than this on an active day, a day is mostly something else. */
const leastUsual = 0.5;

/** Comes, but does far less on such a day than the promoters of the same plan. */
export const minimalUse: Rule<typeof settings> = {
  settings,
  holds: ({ share }) => sql<boolean>`(f.active and coalesce(f.days >= ${leastDays}::float8
    and f.depth_usual >= ${leastUsual}::float8 and f.depth < ${share}::float8 * f.depth_usual, false))`,
  values:
    () => sql`jsonb_build_object('uses', round(f.depth::numeric, 2), 'usual', round(f.depth_usual::numeric, 2),
    'plan', f.norm_plan)`,
};
