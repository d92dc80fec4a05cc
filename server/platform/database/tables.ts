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
  people: "local",
  sessions: "local",
  credentials: "local",
  verifications: "local",
  members: "local",
  member_invitations: "local",
  api_keys: "local",
  rate_limits: "local",
  outbox: "local",
  surveys: "reference",
  survey_versions: "reference",
  survey_images: "local",
  waves: "reference",
  accounts: "reference",
  customers: { by: "id" },
  customer_keys: { by: "key" },
  suppressions: { by: "key", with: "customer_keys" },
  responses: { by: "customer_id", with: "customers" },
  response_changes: { by: "customer_id", with: "customers" },
  invitations: { by: "customer_id", with: "customers" },
  contacts: { by: "customer_id", with: "customers" },
  complaints: { by: "customer_id", with: "customers" },
  clicks: { by: "customer_id", with: "customers" },
  set_asides: { by: "customer_id", with: "customers" },
  customer_merges: { by: "customer_id", with: "customers" },
  events: { by: "customer_id", with: "customers" },
  event_ids: { by: "id" },
  event_folds: "local",
  event_names: "local",
  event_name_days: "local",
  event_errors: "local",
  write_keys: "local",
  purchases: { by: "customer_id", with: "customers" },
  engagement: { by: "customer_id", with: "customers" },
  feature_use: { by: "customer_id", with: "customers" },
  activity_weeks: "local",
  standings: { by: "customer_id", with: "customers" },
  passive_rules: "local",
  passive_norms: "local",
  segments: "local",
  segment_members: { by: "customer_id", with: "customers" },
  segment_moves: { by: "customer_id", with: "customers" },
  score_days: "local",
  score_changes: "local",
  imports: "local",
  import_chunks: "local",
  import_failures: "local",
};

/** Tables whose rows belong to a workspace through another table. */
export const childTables: Record<string, { column: string; parent: string }> = {
  import_chunks: { column: "import_id", parent: "imports" },
  import_failures: { column: "import_id", parent: "imports" },
};

/** Tables whose rows belong to no workspace. */
export const sharedTables = [
  "schema_migrations",
  "settings",
  "workspaces",
  "people",
  "sessions",
  "credentials",
  "verifications",
  "rate_limits",
];
