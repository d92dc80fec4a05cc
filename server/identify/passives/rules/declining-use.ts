import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { share, whole } from "../setting.ts";
import type { Rule } from "../rule.ts";

// From here on a state is called cooling.
const leastDrop = 0.15;

const settings = z.strictObject({
  drop: share(leastDrop, 0.95)
    .default(leastDrop)
    .describe("How far below their own usual level, as a share; 0.15 is 15 %."),
  weeks: whole(0, 26).default(0).describe("For how many weeks at least."),
  dormant: z.boolean().default(true).describe("Also those who have stopped coming altogether."),
});

/** Does much less than they themselves used to, beyond the rhythm of the whole workspace. */
export const decliningUse: Rule<typeof settings> = {
  settings,
  // The state stays cooling until it has clearly recovered, so the least drop asks for the state alone.
  holds: ({ drop, weeks, dormant }) => sql<boolean>`(
    coalesce(f.state_since <= (f.today - ${7 * weeks}::integer), ${weeks} = 0)
    and (f.state = 'cooling' and (${drop <= leastDrop} or coalesce(f.change <= ${-drop}::float8, false))
      or f.state = 'dormant' and ${dormant}))`,
  values: () => sql`jsonb_build_object('state', f.state, 'change', round(f.change::numeric, 4),
    'usual', round(f.usual::numeric, 1), 'recent', round(f.recent::numeric, 1), 'since', f.state_since,
    'last', f.last_at::date)`,
};
