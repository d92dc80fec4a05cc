import { sql } from "kysely";
import { featureDays } from "../../identify/passives/customer-figures.ts";
import type { Database } from "../../platform/database/open.ts";

const mostFeatures = 8;
/** As engagement counts: what was done 90 days ago weighs half. */
const halfLifeDays = 90;

/** The features that a customer uses, the most used first. */
export async function mostUsedFeatures(
  db: Database,
  { workspaceId, customerId, now }: { workspaceId: string; customerId: string; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select f.name from feature_use f
    where f.workspace_id = ${workspaceId}::uuid and f.customer_id = ${customerId}::uuid
      and f.last_at > ${now}::timestamptz - ${featureDays} * interval '1 day'
      and f.name in (select n.name from event_names n where n.workspace_id = ${workspaceId}::uuid and n.counts_as = 'feature')
    order by f.long * 2 ^ greatest(-60, extract(epoch from f.last_at - ${now}::timestamptz)::float8 / ${halfLifeDays * 86_400}) desc,
      f.name
    limit ${mostFeatures}`.execute(db);
  return rows.map(({ name }) => name);
}
