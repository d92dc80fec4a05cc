import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { findSegment } from "./find-segment.ts";
import { findUses, type OtherUses } from "./find-uses.ts";
import type { Segment } from "./segment.ts";
import type { SegmentFilter } from "./segment-filter.ts";

const movesOfDays = 7;

/** The segments of a workspace by name, with their size and the moves of the last week. */
export async function listSegments(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { only, others }: { only?: string; others: OtherUses },
): Promise<Segment[]> {
  const rows = await db
    .selectFrom("segments")
    .select(["id", "name", "filter", "members", "comparedAt", "createdAt", "updatedAt"])
    .where("workspaceId", "=", workspaceId)
    .$if(only !== undefined, (query) => query.where("id", "=", only!))
    .orderBy((eb) => eb.fn("lower", ["name"]))
    .execute();
  const uses = await findUses(db, workspaceId, others);
  const moves = await countMoves(db, clock, workspaceId, only);
  return rows.map(({ filter, comparedAt, createdAt, updatedAt, members, ...row }) => {
    const { entered = 0, left = 0 } = moves.get(row.id) ?? {};
    return Object.assign(row, {
      filter: filter as SegmentFilter,
      members: comparedAt && members,
      comparedAt: comparedAt?.toISOString() ?? null,
      entered,
      left,
      usedBy: uses.get(row.id) ?? [],
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    });
  });
}

/** One segment of the list. @throws Refusal when there is none of this id */
export async function readSegment(
  db: Database,
  clock: Clock,
  workspaceId: string,
  id: string,
  others: OtherUses,
): Promise<Segment> {
  await findSegment(db, workspaceId, id);
  const [segment] = await listSegments(db, clock, workspaceId, { only: id, others });
  return segment!;
}

async function countMoves(db: Database, clock: Clock, workspaceId: string, only: string | undefined) {
  const since = new Date(clock.now().getTime() - movesOfDays * 24 * 3600 * 1000);
  const { rows } = await sql<{ id: string; entered: number; left: number }>`
    select m.segment_id as id, count(*) filter (where m.entered) as entered,
      count(*) filter (where not m.entered) as left
    from segments s join segment_moves m on m.workspace_id = s.workspace_id and m.segment_id = s.id
      and m.at > ${since}::timestamptz and m.at > s.filter_at
    where s.workspace_id = ${workspaceId}::uuid and ${only === undefined ? sql`true` : sql`s.id = ${only}::uuid`}
    group by m.segment_id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
