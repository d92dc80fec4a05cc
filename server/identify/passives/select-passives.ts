import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { compileFilter } from "../segments/compile-filter.ts";
import { findSegment } from "../segments/find-segment.ts";
import { canBeMember } from "../segments/list-members.ts";
import { resolveFilter } from "../segments/resolve-filter.ts";
import type { PassiveFilter } from "./passives.ts";

/** The standings `s` that a filter asks for. */
export type PassiveSelection = RawBuilder<boolean>;

/** The condition that the standing `s` fits a filter. @throws Refusal when there is no such segment */
export async function selectPassives(
  db: Database,
  workspaceId: string,
  { row, state, stateSince, status, reason, plan, segment }: PassiveFilter,
  now: Date,
): Promise<PassiveSelection> {
  const conditions = [
    sql`s.workspace_id = ${workspaceId}::uuid`,
    status ? sql`s.status = ${status}` : sql`s.status is not null`,
    ...(row === "answered" ? [sql`s.map_row in ('7', '8')`] : row ? [sql`s.map_row = ${row}`] : []),
    ...(state ? [sql`s.state = ${state}`] : []),
    ...(stateSince ? [sql`s.state_since >= ${stateSince}::date`] : []),
    ...(reason ? [sql`${reason} = any (s.reasons)`] : []),
    ...(plan === undefined ? [] : [sql`s.plan = ${plan}`]),
    ...(segment ? [await isMember(db, workspaceId, segment, now)] : []),
  ];
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

async function isMember(
  db: Database,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<RawBuilder<boolean>> {
  const { filter } = await findSegment(db, workspaceId, id);
  const fits = compileFilter(workspaceId, await resolveFilter(db, workspaceId, filter, { self: id }), now);
  return sql<boolean>`s.customer_id in (select c.id from customers c where ${canBeMember(workspaceId)} and ${fits})`;
}
