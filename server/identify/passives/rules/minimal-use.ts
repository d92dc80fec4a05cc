import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  share: share(0.05, 0.9)
    .default(0.2)
    .describe("Does less in a week than this share of what the promoters of the plan do."),
});

/** Below two and a half events a week among promoters, a few more or less are chance. */
const leastUsual = 2.5;

/** Does something, but far less than the promoters of the same plan. */
export const minimalUse: Rule<typeof settings> = {
  settings,
  holds: ({ share }) => sql<boolean>`(f.active and f.events > 0
    and coalesce(f.events_usual >= ${leastUsual}::float8 and f.events < ${share}::float8 * f.events_usual, false))`,
  values:
    () => sql`jsonb_build_object('events', round(f.events::numeric, 1), 'usual', round(f.events_usual::numeric, 1),
    'plan', f.norm_plan)`,
};
