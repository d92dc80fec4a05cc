import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";

/** Sends `refresh-standings` for each workspace whose customers were not all looked at since the day (UTC) began. */
export async function refreshDue(db: Database, clock: Clock): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspaces w where not exists (
      select from passive_norms n where n.workspace_id = w.id and n.plan = ''
        and n.measured_at >= date_trunc('day', ${clock.now()}::timestamptz)
    ) order by w.id`.execute(db);
  for (const { id } of rows) await send(db, "refresh-standings", { workspaceId: id }, { key: id });
}
