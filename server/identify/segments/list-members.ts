import { type RawBuilder, sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { compileFilter } from "./compile-filter.ts";
import { findSegment } from "./find-segment.ts";
import { resolveFilter } from "./resolve-filter.ts";
import type { SegmentMember } from "./segment.ts";
import type { SegmentFilter } from "./segment-filter.ts";

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
  const rows = await selectMembers(db, workspaceId, fits, { after: cursor, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
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
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from customers c where ${canBeMember(workspaceId)} and ${fits}`.execute(db);
  const { n } = rows[0]!;
  return { n, sample: n === 0 ? [] : await selectMembers(db, workspaceId, fits, { limit: sampleSize }) };
}

const sampleSize = 8;

async function selectMembers(
  db: Database,
  workspaceId: string,
  fits: RawBuilder<boolean>,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<SegmentMember[]> {
  const { rows } = await sql<Omit<SegmentMember, "answeredAt"> & { answeredAt: Date | null }>`
    with chosen as (
      select c.id, c.name, c.email, c.external_id, c.account_id from customers c
      where ${canBeMember(workspaceId)} and ${fits} ${after === undefined ? sql`` : sql`and c.id > ${after}::uuid`}
      order by c.id limit ${limit}
    )
    select c.id, c.name, c.email, c.external_id as "externalId", coalesce(a.name, a.key) as account, s.score,
      s.answered_at as "answeredAt", coalesce(s.state, 'unknown') as state
    from chosen c
      left join accounts a on a.workspace_id = ${workspaceId}::uuid and a.id = c.account_id
      left join standings s on s.customer_id = c.id and s.workspace_id = ${workspaceId}::uuid
    order by c.id`.execute(db);
  return rows.map(({ answeredAt, ...row }) =>
    Object.assign(row, { answeredAt: answeredAt?.toISOString() ?? null }),
  );
}
