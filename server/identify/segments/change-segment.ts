import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { send } from "../../platform/jobs/send.ts";
import { changingSegments } from "./changing-segments.ts";
import { refuseTakenName } from "./create-segment.ts";
import { expandFilter, type KnownSegment, mostExpanded } from "./expand-filter.ts";
import { findSegment } from "./find-segment.ts";
import { readKnownSegments, resolveFilter } from "./resolve-filter.ts";
import type { SegmentChange } from "./segment.ts";
import { conditionsOf, type SegmentFilter } from "./segment-filter.ts";

/**
 * Gives a segment another name or filter. By another filter nobody enters or leaves, here or in the segments that name
 * this one: whoever fits when it is next compared was always in it.
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
    await db
      .updateTable("segments")
      .set({ updatedAt: clock.now(), ...(name !== undefined && { name }) })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
    if (filter && !isDeepStrictEqual(filter, before.filter))
      await changeFilter(db, clock, { workspaceId, segment: { ...before, filter } });
  });
}

async function changeFilter(
  db: Database,
  clock: Clock,
  { workspaceId, segment }: { workspaceId: string; segment: KnownSegment },
): Promise<void> {
  await resolveFilter(db, workspaceId, segment.filter, { self: segment.id });
  const known = await readKnownSegments(db, workspaceId);
  known.set(segment.id, segment);
  refuseBreaking(known);
  await db
    .updateTable("segments")
    .set({ filter: JSON.stringify(segment.filter) })
    .where("id", "=", segment.id)
    .execute();
  const now = clock.now();
  await db
    .updateTable("segments")
    // Always later than before, because whoever compares tells filters apart by it.
    .set({
      filterAt: sql<Date>`greatest(${now}::timestamptz, filter_at + interval '1 millisecond')`,
      comparedAt: null,
    })
    .where("id", "in", [...namers(segment.id, known)])
    .execute();
  await send(db, "compare-segments", {});
}

/** A segment, those that name it, those that name them and so on. */
function namers(id: string, known: ReadonlyMap<string, KnownSegment>): Set<string> {
  const found = new Set([id]);
  const names = (filter: SegmentFilter) =>
    conditionsOf(filter).some((part) => part.kind === "segment" && found.has(part.segment));
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const other of known.values()) if (names(other.filter)) found.add(other.id);
  }
  return found;
}

/** Segments that name this one must be able to go on. */
function refuseBreaking(known: ReadonlyMap<string, KnownSegment>): void {
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
