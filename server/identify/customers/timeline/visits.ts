import { type RawBuilder, sql } from "kysely";
import { inTransaction } from "../../../platform/database/in-transaction.ts";
import type { Database } from "../../../platform/database/open.ts";
import type { TimelineItem, Wanted } from "./timeline.ts";
import { addDays } from "../../wave.ts";
import { until } from "./until.ts";

const mostNames = 5;

/** What the customer did, a line for each day: a busy hour would otherwise push everything else out of sight. */
export async function readVisits(db: Database, wanted: Wanted): Promise<TimelineItem[]> {
  const zone = await timeZoneOf(db, wanted.workspaceId);
  const found = await findDays(db, wanted, zone);
  if (found.length === 0) return [];
  const firsts = await readFirsts(db, wanted, zone);
  const { rows } = await sql<Day>`
    select day, coalesce(sum(n) filter (where own), 0)::integer as n, (count(*) filter (where own))::integer as names,
      min(first_at) as "from", max(last_at) as at,
      coalesce((array_agg(name order by n desc, name) filter (where own))[1:${sql.lit(mostNames)}], '{}') as top,
      coalesce((array_agg(n::integer order by n desc, name) filter (where own))[1:${sql.lit(mostNames)}], '{}') as counts,
      coalesce((array_agg(name order by name) filter (where not own))[1:${sql.lit(mostNames)}], '{}') as others
    from (
      select e.*, coalesce(w.counts_as <> 'nothing', true) as own from (
        select ${dayOf(zone)} as day, name, count(*) as n, min(at) as first_at, max(at) as last_at
        from events
        where workspace_id = ${wanted.workspaceId}::uuid and customer_id = ${wanted.customerId}::uuid
          and at >= ${startOf(found[0]!, zone)} and at < ${startOf(addDays(found.at(-1)!, 1), zone)}
        group by 1, 2
      ) e left join event_names w on w.workspace_id = ${wanted.workspaceId}::uuid and w.name = e.name
    ) as each group by day order by day desc limit ${wanted.limit}`.execute(db);
  const shown = ({ day, from, at, top, counts, ...row }: Day) => ({
    kind: "visit" as const,
    id: day,
    day,
    from: from.toISOString(),
    at: at.toISOString(),
    ...row,
    events: top.map((name, i) => ({ name, n: counts[i]! })),
    firsts: firsts.get(day) ?? [],
  });
  return rows.map(shown);
}

interface Day {
  day: string;
  n: number;
  names: number;
  from: Date;
  at: Date;
  top: string[];
  counts: number[];
  others: string[];
}

const dayOf = (zone: string): RawBuilder<string> => sql<string>`(at at time zone ${zone})::date`;
const startOf = (day: string, zone: string) => sql`(${day}::date::timestamp at time zone ${zone})`;

async function timeZoneOf(db: Database, workspaceId: string): Promise<string> {
  const row = await db
    .selectFrom("workspaces")
    .select("timeZone")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return row.timeZone;
}

/**
 * The newest days on which something was done, oldest first. From one day to the one before by the index, so that it costs
 * the same however much was done. The day in which the page before ended is left out where it was on that page.
 */
async function findDays(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
  zone: string,
): Promise<string[]> {
  const own = sql`workspace_id = ${workspaceId}::uuid and customer_id = ${customerId}::uuid`;
  const newest = (before: RawBuilder<unknown>) => sql`
    select ${dayOf(zone)} as day from events where ${own} and ${before} order by at desc limit 1`;
  const shown = upTo
    ? sql`and not exists (select from events where ${own} and at >= ${new Date(upTo.getTime() + 1)}::timestamptz
        and at < ((d.day + 1)::timestamp at time zone ${zone}))`
    : sql``;
  // Who did far more than most would otherwise be read whole and sorted, for each day anew.
  const { rows } = await inTransaction(db, async (db) => {
    await sql`set local enable_sort = off`.execute(db);
    return sql<{ day: string }>`
    with recursive days as (
      (${newest(until("at", upTo))})
      union all
      select n.day from days d cross join lateral (${newest(sql`at < (d.day::timestamp at time zone ${zone})`)}) n
    ), newest as (select day from days limit ${limit})
    select d.day from newest d where true ${shown}`.execute(db);
  });
  return rows.map(({ day }) => day).toReversed();
}

/** Features by the day they were first used on. */
async function readFirsts(
  db: Database,
  { workspaceId, customerId }: Wanted,
  zone: string,
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ day: string; name: string }>`
    select (u.first_at at time zone ${zone})::date as day, u.name
    from feature_use u join event_names w on w.workspace_id = u.workspace_id and w.name = u.name
    where u.workspace_id = ${workspaceId}::uuid and u.customer_id = ${customerId}::uuid and w.counts_as = 'feature'
    order by u.first_at, u.name`.execute(db);
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return new Map([...byDay].map(([day, some]) => [day, some.map(({ name }) => name)]));
}
