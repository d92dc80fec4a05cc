import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";

const minute = 60_000;
/** With more customers than this, states are found anew every hour at most. */
const many = 20_000;

/** Has states found anew because weeks of the past have changed; what changes within a minute is taken together. */
export async function evaluateSoon(db: Database, workspaceId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ customers: number }>`
    select (cooling + flat + warming + dormant + unknown) as customers from activity_weeks
    where workspace_id = ${workspaceId}::uuid order by week desc limit 1`.execute(db);
  const wait = (rows[0]?.customers ?? 0) > many ? 60 * minute : minute;
  const startAfter = new Date(now.getTime() + wait);
  await send(db, "evaluate-engagement", { workspaceId }, { key: `${workspaceId} soon`, startAfter });
}
