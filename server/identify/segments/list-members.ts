import { type RawBuilder, sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { compileFilter } from "./compile-filter.ts";
import { findSegment } from "./find-segment.ts";
import { resolveFilter } from "./resolve-filter.ts";
import type { SegmentMember } from "./segment.ts";
import type { SegmentFilter } from "./segment-filter.ts";
import { withMoreMemory } from "./with-more-memory.ts";

/** Who can be in a segment: whoever is known, if only by a browser's word; not whoever answered anonymously. */
export const canBeMember = (workspaceId: string): RawBuilder<boolean> =>
  sql<boolean>`(c.workspace_id = ${workspaceId}::uuid and not c.anonymous)`;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** One page of the customers who fit a segment now. @throws Refusal when there is no such segment */
export async function listMembers(
  db: Database,
  clock: Clock,
  { workspaceId, id }: { workspaceId: string; id: string },
  { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number } = {},
): Promise<{ items: SegmentMember[]; next: string | null }> {
  if (cursor !== undefined && !uuid.test(cursor))
    throw new Refusal("bad_input", "cursor: is not one of ours; take `next` of the page before.");
  const { filter } = await findSegment(db, workspaceId, id);
  const resolved = await resolveFilter(db, workspaceId, filter, { self: id });
  const fits = compileFilter(workspaceId, resolved, clock.now());
  const ids = await withMoreMemory(db, async (db) => {
    const { rows } = await sql<{ id: string }>`
      select c.id from customers c where ${canBeMember(workspaceId)} and ${fits}
        ${cursor === undefined ? sql`` : sql`and c.id > ${cursor}::uuid`}
      order by c.id limit ${limit + 1}`.execute(db);
    return rows.map(({ id }) => id);
  });
  const items = await readMembers(db, workspaceId, ids.slice(0, limit));
  return { items, next: ids.length > limit ? ids[limit - 1]! : null };
}

/** How many customers fit a filter that is being written, and the first few of them. @throws Refusal when it cannot be */
export async function previewFilter(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { filter, self }: { filter: SegmentFilter; self?: string | undefined },
): Promise<{ n: number; sample: SegmentMember[] }> {
  const resolved = await resolveFilter(db, workspaceId, filter, { self });
  const fits = compileFilter(workspaceId, resolved, clock.now());
  return withMoreMemory(db, async (db) => {
    // In one pass: the number stands in each row of the sample.
    const { rows } = await sql<{ id: string; n: number }>`
      select c.id, count(*) over () as n from customers c where ${canBeMember(workspaceId)} and ${fits}
      order by c.id limit ${sampleSize}`.execute(db);
    return {
      n: rows[0]?.n ?? 0,
      sample: await readMembers(
        db,
        workspaceId,
        rows.map(({ id }) => id),
      ),
    };
  });
}

const sampleSize = 8;

async function readMembers(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<SegmentMember[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Omit<SegmentMember, "answeredAt"> & { answeredAt: Date | null }>`
    select c.id, c.name, c.email, c.external_id as "externalId", coalesce(a.name, a.key) as account, s.score,
      s.answered_at as "answeredAt", coalesce(s.state, 'unknown') as state
    from customers c
      left join accounts a on a.workspace_id = ${workspaceId}::uuid and a.id = c.account_id
      left join standings s on s.customer_id = c.id and s.workspace_id = ${workspaceId}::uuid
    where c.workspace_id = ${workspaceId}::uuid and c.id = any (${ids}::uuid[])
    order by c.id`.execute(db);
  return rows.map(({ answeredAt, ...row }) =>
    Object.assign(row, { answeredAt: answeredAt?.toISOString() ?? null }),
  );
}
