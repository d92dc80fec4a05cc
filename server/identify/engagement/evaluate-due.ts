import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";

/** Sends `evaluate-engagement` for each workspace with events that was not evaluated since the day (UTC) began. */
export async function evaluateDue(db: Database, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspaces w where exists (select from engagement e where e.workspace_id = w.id)
      and not exists (select from activity_weeks a where a.workspace_id = w.id
        and a.evaluated_at >= date_trunc('day', ${now}::timestamptz))
    order by w.id`.execute(db);
  for (const { id } of rows) await send(db, "evaluate-engagement", { workspaceId: id }, { key: id });
}
