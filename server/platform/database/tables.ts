/**
 * Where each table lives on a Citus cluster; on one PostgreSQL server this changes nothing.
 * - `{ by }`: distributed by that column. All `customer_id` tables are co-located with `customers`.
 * - `reference`: small, copied to every node so that shards can join it.
 * - `local`: on the coordinator.
 */
export type Placement = { by: string; with?: string } | "reference" | "local";

export const tables: Record<string, Placement> = {
  schema_migrations: "local",
  settings: "local",
  workspaces: "reference",
  surveys: "reference",
  accounts: "reference",
  customers: { by: "id" },
  customer_keys: { by: "key" },
  responses: { by: "customer_id", with: "customers" },
  score_days: "local",
  score_changes: "local",
  imports: "local",
  import_chunks: "local",
  import_failures: "local",
};
