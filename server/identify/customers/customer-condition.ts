import { type RawBuilder, sql } from "kysely";
import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { compileFilter } from "../segments/compile-filter.ts";
import { findSegment } from "../segments/find-segment.ts";
import { resolveFilter } from "../segments/resolve-filter.ts";
import type { CustomerFilter, marks } from "./customer.ts";

type Condition = RawBuilder<boolean>;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The mark of the customer `c`, as a condition. */
export const hasMark: Record<(typeof marks)[number], Condition> = {
  unsubscribed: sql<boolean>`c.unsubscribed_at is not null`,
  bounced: sql<boolean>`c.bounced_at is not null`,
  complaint: sql<boolean>`exists (select from complaints k where k.customer_id = c.id and k.closed_at is null)`,
};

const isWho: Record<CustomerFilter["who"], Condition> = {
  known: sql<boolean>`(not c.anonymous and c.verified)`,
  unverified: sql<boolean>`(not c.anonymous and not c.verified)`,
  anonymous: sql<boolean>`c.anonymous`,
  all: sql<boolean>`true`,
};

/**
 * The condition that the customer `c`, with the standing `s`, fits a filter.
 * @throws Refusal when its segment is not there
 */
export async function customerCondition(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { text, status, category, state, mark, segment, who }: CustomerFilter,
): Promise<Condition> {
  const all: Condition[] = [sql<boolean>`c.workspace_id = ${workspaceId}::uuid`, isWho[who]];
  if (text !== undefined) all.push(await saysText(db, workspaceId, text));
  if (status) all.push(sql<boolean>`s.status = any (${status}::text[])`);
  if (category) all.push(sql<boolean>`s.category = any (${category}::text[])`);
  if (state) all.push(sql<boolean>`coalesce(s.state, 'unknown') = any (${state}::text[])`);
  if (mark) all.push(hasMark[mark]);
  if (segment !== undefined) {
    const { filter } = await findSegment(db, workspaceId, segment);
    const resolved = await resolveFilter(db, workspaceId, filter, { self: segment });
    all.push(compileFilter(workspaceId, resolved, clock.now()));
  }
  return sql<boolean>`(${sql.join(all, sql` and `)})`;
}

async function saysText(db: Database, workspaceId: string, text: string): Promise<Condition> {
  if (uuid.test(text)) return sql<boolean>`c.id = ${await currentCustomer(db, text.toLowerCase())}::uuid`;
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql<boolean>`(c.name ilike ${like} or c.email ilike ${like} or c.external_id ilike ${like} or c.phone ilike ${like}
    or c.account_id in (select a.id from accounts a where a.workspace_id = ${workspaceId}::uuid
      and coalesce(a.name, a.key) ilike ${like}))`;
}
