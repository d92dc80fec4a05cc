import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { KnownSegment } from "./expand-filter.ts";
import type { SegmentFilter } from "./segment-filter.ts";

/**
 * A segment by its id.
 * @param options `forChange` makes others wait who want to change or use it, until the transaction ends
 * @throws Refusal when the workspace has none of this id
 */
export async function findSegment(
  db: Database,
  workspaceId: string,
  id: string,
  { forChange = false } = {},
): Promise<KnownSegment> {
  const row = await db
    .selectFrom("segments")
    .select(["id", "name", "filter"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .$if(forChange, (query) => query.forUpdate())
    .executeTakeFirst();
  if (row) return { id: row.id, name: row.name, filter: row.filter as SegmentFilter };
  throw new Refusal(
    "not_found",
    "There is no such segment here, it may have been deleted; take an id from GET /api/v1/segments.",
    { reason: "no_such_segment" },
  );
}
