import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/** Counts the events of these folds by name and by name and day; in the transaction that deletes the folds. */
export async function countEventNames(db: Database, folds: readonly number[]): Promise<void> {
  await sql`
    with happened as (
      select f.workspace_id, e.name, e.at
      from event_folds f, unnest(f.names, f.times) as e (name, at)
      where f.id = any (${folds}::bigint[])),
    days as (
      insert into event_name_days as d (workspace_id, name, day, n)
      select workspace_id, name, at::date, count(*) from happened group by 1, 2, 3 order by 1, 2, 3
      on conflict (workspace_id, name, day) do update set n = d.n + excluded.n)
    insert into event_names as t (workspace_id, name, first_at, last_at, n)
    select workspace_id, name, min(at), max(at), count(*) from happened group by 1, 2 order by 1, 2
    on conflict (workspace_id, name) do update set
      first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at),
      n = t.n + excluded.n`.execute(db);
}
