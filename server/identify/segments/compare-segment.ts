import { sql } from "kysely";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { hasListener, send } from "../../platform/jobs/send.ts";
import { compileFilter } from "./compile-filter.ts";
import { expandFilter } from "./expand-filter.ts";
import { canBeMember } from "./list-members.ts";
import { readKnownSegments } from "./resolve-filter.ts";
import { withMoreMemory } from "./with-more-memory.ts";

/** Most differences looked up at once, in one scan. */
const mostAtOnce = 100_000;
/** Few enough that whoever needs the workspace alone, to merge or delete customers, does not wait long. */
const batchSize = 5_000;

interface Difference {
  customerId: string;
  entered: boolean;
}

/**
 * Brings the members of a segment to what its filter says now, and keeps and announces who entered and who left; the first
 * time, and after a change of the filter, without: then whoever fits was always in it. One scan finds the differences,
 * and where there are none nothing more is done. Each batch of them is one transaction, in which each move is found to be
 * one, so that it is safe to be cut off anywhere and to be run by two workers at once.
 */
export async function compareSegment(
  db: Database,
  clock: Clock,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  const now = clock.now();
  const known = await readKnownSegments(db, workspaceId);
  const segment = known.get(id);
  const row = await db
    .selectFrom("segments")
    .select(["filterAt", "comparedAt"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!segment || !row) return;
  const fits = compileFilter(workspaceId, expandFilter(segment.filter, known, { self: id }), now);
  const comparison = { workspaceId, id, filterAt: row.filterAt, isFirst: row.comparedAt === null, now };

  for (let found = mostAtOnce; found === mostAtOnce;) {
    const differences = await findDifferences(db, { workspaceId, id, fits });
    found = differences.length;
    for (let i = 0; i < found; i += batchSize)
      if (!(await move(db, clock, comparison, differences.slice(i, i + batchSize)))) return;
  }
  await sql`
    update segments set compared_at = ${now}::timestamptz, compare_ms = ${clock.now().getTime() - now.getTime()},
      members = (select count(*) from segment_members m where m.workspace_id = ${workspaceId}::uuid and m.segment_id = ${id}::uuid)
    where id = ${id}::uuid and filter_at = ${row.filterAt}::timestamptz`.execute(db);
}

async function findDifferences(
  db: Database,
  { workspaceId, id, fits }: { workspaceId: string; id: string; fits: ReturnType<typeof compileFilter> },
): Promise<Difference[]> {
  return withMoreMemory(db, async (db) => {
    const { rows } = await sql<Difference>`
    select coalesce(f.id, m.customer_id) as "customerId", m.customer_id is null as entered
    from (select c.id from customers c where ${canBeMember(workspaceId)} and ${fits}) f
      full join (
        select customer_id from segment_members where workspace_id = ${workspaceId}::uuid and segment_id = ${id}::uuid
      ) m on m.customer_id = f.id
    where f.id is null or m.customer_id is null
    limit ${mostAtOnce}`.execute(db);
    return rows;
  });
}

interface Comparison {
  workspaceId: string;
  id: string;
  filterAt: Date;
  isFirst: boolean;
  now: Date;
}

/** Moves customers in and out. @returns false when the segment was changed or deleted in the meantime */
async function move(
  db: Database,
  clock: Clock,
  comparison: Comparison,
  differences: readonly Difference[],
): Promise<boolean> {
  const { workspaceId, id, filterAt, isFirst, now } = comparison;
  const idsOf = (entered: boolean) =>
    differences.filter((each) => each.entered === entered).map(({ customerId }) => customerId);
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const { rows: same } = await sql`
      select from segments where id = ${id}::uuid and filter_at = ${filterAt}::timestamptz for share`.execute(
      db,
    );
    if (same.length === 0) return false;
    // Whoever was merged away or deleted since the scan is not found.
    const { rows: entered } = await sql<{ customerId: string }>`
      insert into segment_members (workspace_id, customer_id, segment_id, since)
      select c.workspace_id, c.id, ${id}::uuid, ${now}::timestamptz from customers c
      where c.workspace_id = ${workspaceId}::uuid and c.id = any (${idsOf(true)}::uuid[])
      on conflict do nothing returning customer_id as "customerId"`.execute(db);
    const { rows: left } = await sql<{ customerId: string }>`
      with gone as (
        delete from segment_members m where m.segment_id = ${id}::uuid and m.customer_id = any (${idsOf(false)}::uuid[])
        returning m.customer_id
      )
      select g.customer_id as "customerId" from gone g join customers c on c.id = g.customer_id`.execute(db);
    if (!isFirst && entered.length + left.length > 0) {
      const moves = {
        entered: entered.map(({ customerId }) => customerId),
        left: left.map(({ customerId }) => customerId),
      };
      await keepMoves(db, clock, comparison, moves);
      await announce(db, { workspaceId, segmentId: id, ...moves });
    }
    return true;
  });
}

interface Moves {
  entered: readonly string[];
  left: readonly string[];
}

async function keepMoves(
  db: Database,
  clock: Clock,
  { workspaceId, id, now }: Comparison,
  { entered, left }: Moves,
): Promise<void> {
  const customers = [...entered, ...left];
  await sql`
    insert into segment_moves (workspace_id, customer_id, id, segment_id, at, entered)
    select ${workspaceId}::uuid, m.customer_id, m.id, ${id}::uuid, ${now}::timestamptz, m.place <= ${entered.length}
    from unnest(${customers}::uuid[], ${customers.map(() => newId(clock))}::uuid[])
      with ordinality as m (customer_id, id, place)`.execute(db);
}

async function announce(
  db: Database,
  { workspaceId, segmentId, entered, left }: Moves & { workspaceId: string; segmentId: string },
): Promise<void> {
  if (!(await hasListener(db, "segment-moved"))) return;
  await send(db, "segment-moved", { workspaceId, segmentId, entered, left });
}
