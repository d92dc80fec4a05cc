import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { changingSegments } from "./changing-segments.ts";
import { refuseTakenName } from "./create-segment.ts";
import { expandFilter, type KnownSegment, mostExpanded } from "./expand-filter.ts";
import { findSegment } from "./find-segment.ts";
import { readKnownSegments, resolveFilter } from "./resolve-filter.ts";
import type { SegmentChange } from "./segment.ts";

/**
 * Gives a segment another name or filter. By another filter nobody enters or leaves: whoever fits it when it is first
 * compared was always in it.
 * @throws Refusal when there is no such segment, or the filter or the name cannot be
 */
export async function changeSegment(
  db: Database,
  clock: Clock,
  { workspaceId, id }: { workspaceId: string; id: string },
  { name, filter }: SegmentChange,
): Promise<void> {
  await changingSegments(db, workspaceId, async (db) => {
    const before = await findSegment(db, workspaceId, id);
    if (name !== undefined) await refuseTakenName(db, workspaceId, name, id);
    if (filter) {
      await resolveFilter(db, workspaceId, filter, { self: id });
      await refuseBreaking(db, workspaceId, { ...before, filter });
    }
    const now = clock.now();
    const isNew = filter !== undefined && !isDeepStrictEqual(filter, before.filter);
    await db
      .updateTable("segments")
      .set({
        updatedAt: now,
        ...(name !== undefined && { name }),
        ...(isNew && { filter: JSON.stringify(filter), filterAt: now, comparedAt: null }),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  });
}

/** Segments that name this one must be able to go on. */
async function refuseBreaking(db: Database, workspaceId: string, changed: KnownSegment): Promise<void> {
  const known = await readKnownSegments(db, workspaceId);
  known.set(changed.id, changed);
  for (const { id, name, filter } of known.values()) {
    try {
      expandFilter(filter, known, { self: id });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(
        "bad_input",
        `filter: the segment “${name}”, which names this one, would have more than ${mostExpanded} conditions; use fewer.`,
        { reason: "other_filter_too_large", values: { name, most: mostExpanded } },
      );
    }
  }
}
