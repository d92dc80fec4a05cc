import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { compareSegment } from "./compare-segment.ts";

/** No segment is compared more often than this, however quick it is. */
const shortestRest = 60_000;
/** All segments of a workspace together are compared for at most one part in so many of the time. */
const restsFor = 50;

/**
 * Does the job `compare-segments`: finds who entered or left which segment, for those whose turn it is. New ones, and those
 * whose filter was changed, come at once; the others the less often, the longer it takes.
 */
export async function compareSegments(
  resources: Pick<Resources, "database" | "clock" | "log">,
  signal?: AbortSignal,
): Promise<void> {
  const { database, clock, log } = resources;
  for (const segment of await findDue(database.db, clock.now())) {
    signal?.throwIfAborted();
    // What is wrong with one segment must not keep the others from being compared.
    try {
      await compareSegment(database.db, clock, segment);
    } catch (error) {
      log.error({ err: error, segment: segment.id }, "a segment could not be compared; it is tried again");
    }
  }
}

async function findDue(db: Database, now: Date): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select s.workspace_id as "workspaceId", s.id
    from segments s join (
      select workspace_id, sum(compare_ms) as ms from segments group by workspace_id
    ) w on w.workspace_id = s.workspace_id
    where s.compared_at is null or s.compared_at <=
      ${now}::timestamptz - greatest(coalesce(w.ms, 0) * ${restsFor}, ${shortestRest}) * interval '1 millisecond'
    order by s.compared_at nulls first, s.id`.execute(db);
  return rows;
}
