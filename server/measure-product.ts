import { sql } from "kysely";
import type { Metrics } from "./platform/http/metrics.ts";
import type { Resources } from "./platform/resources.ts";

/** Adds what /metrics says about the product itself, beside what the platform measures. */
export function measureProduct(metrics: Metrics, { database: { db } }: Resources): void {
  metrics.addGauge("nines_responses", "Responses that are stored, of all workspaces.", async () => {
    const { rows } = await sql<{ n: number }>`
      select coalesce(sum(n), 0)::float8 as n from (
        select (select sum(c) from unnest(counts) c) as n from score_days where attribute = ''
        union all
        select (select sum(c) from unnest(counts) c) from score_changes where attribute = '') each`.execute(
      db,
    );
    return rows[0]?.n ?? 0;
  });
}
