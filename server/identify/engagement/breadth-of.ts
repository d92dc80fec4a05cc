import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { halfLives } from "../../statistics/decayed-count.ts";
import { leftOf } from "./engagement-sql.ts";

/**
 * How broadly these customers use features: `breadth` of what is left of each (90 days), in SQL, because there are many.
 * @returns in three digits, by customer; without those who use none
 */
export async function breadthOf(
  db: Database,
  workspaceId: string,
  customers: readonly string[],
): Promise<Map<string, number>> {
  // Σ p·ln p is (Σ s·ln s)/S − ln S. All are counted as of the newest, so the largest is at least 1.
  const { rows } = await sql<{ id: string; breadth: number }>`
    select customer_id as id, exp(ln(sum(s)) - sum(s * ln(s)) / sum(s)) as breadth
    from (
      select u.customer_id, u.long * ${sql.raw(leftOf("u.last_at", "max(u.last_at) over (partition by u.customer_id)", halfLives.long))} as s
      from feature_use u join event_names n on n.workspace_id = u.workspace_id and n.name = u.name
      where u.customer_id = any (${customers}::uuid[]) and u.workspace_id = ${workspaceId}::uuid and n.counts_as = 'feature'
    ) as used where s > 0 group by 1`.execute(db);
  return new Map(rows.map(({ id, breadth }) => [id, Number(breadth.toPrecision(3))]));
}
