import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

const few = 5_000;
const enough = 100_000;
const mostSeconds = 8;

/**
 * Waits a little while many events arrive. The more are counted together, the fewer rows are written for each, and while
 * they gather the machine is free to record. Ends at once where few wait, and as soon as no more come.
 */
export async function letEventsGather(db: Database, workspaceId: string): Promise<void> {
  let before = -1;
  for (let second = 0; second < mostSeconds; second++) {
    const { rows } = await sql<{ waiting: number | null }>`
      select sum(cardinality(names)) as waiting from event_folds where workspace_id = ${workspaceId}::uuid`.execute(
      db,
    );
    const waiting = rows[0]?.waiting ?? 0;
    if (waiting < few || waiting >= enough || waiting === before) return;
    before = waiting;
    await wait(1000);
  }
}
