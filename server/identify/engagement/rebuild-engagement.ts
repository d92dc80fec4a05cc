import { sql } from "kysely";
import { isRace } from "../../collect/attempt-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { engagementOf, featureUseOf } from "./count-events.ts";
import { countAlone } from "./counting-lock.ts";
import { evaluateEngagement } from "./evaluate-engagement.ts";
import { foldEvents, foldSome } from "./fold-events.ts";
import { weeksKept } from "./week.ts";

/** Few enough that who waits for the workspace does not wait long. */
const customersAtOnce = 2_000;
const mostRaces = 20;
const [firstId, lastId] = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];

/**
 * Counts all events of a workspace anew; the result is what folding gives. Some customers at a time, while events come in,
 * are folded, and customers are merged. What was counted of events that are no longer kept stays.
 */
export async function rebuildEngagement(
  resources: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  signal?: AbortSignal,
): Promise<void> {
  const { db } = resources.database;
  await foldEvents(resources, workspaceId);
  for (let after = firstId; after !== lastId;) {
    signal?.throwIfAborted();
    const upTo = await endOfBatch(db, workspaceId, after);
    await rebuildSome(resources, workspaceId, { after, upTo });
    after = upTo;
  }
  await evaluateEngagement(resources, workspaceId, signal);
}

interface Range {
  after: string;
  upTo: string;
}

async function endOfBatch(db: Database, workspaceId: string, after: string): Promise<string> {
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("id", ">", after)
    .orderBy("id")
    .offset(customersAtOnce - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? lastId;
}

async function rebuildSome(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  range: Range,
): Promise<void> {
  for (let races = 0; ; races++) {
    try {
      return await countAlone(db, workspaceId, async (db) => {
        const now = clock.now();
        // What is seen here and not yet folded would be counted twice afterwards.
        while (await foldSome(db, workspaceId, now));
        await recount(db, workspaceId, range, now);
      });
    } catch (error) {
      // Customers were merged between the first look and the end.
      if (!isRace(error) || races === mostRaces) throw error;
    }
  }
}

/** Puts what the events of these customers count up to in the place of what is there. */
async function recount(db: Database, workspaceId: string, { after, upTo }: Range, now: Date): Promise<void> {
  const these = sql`workspace_id = ${workspaceId}::uuid and customer_id > ${after}::uuid and customer_id <= ${upTo}::uuid`;
  const events = sql`select customer_id, name, at from events where ${these}`;
  const countable = { workspaceId, events, now };
  // How many rows there are in each of the relations below is not foreseen, and by nested loops thousands become millions.
  await sql`set local enable_nestloop = off`.execute(db);
  await sql`
    with kept as materialized (select customer_id, min(at) as since from (${events}) as events group by 1),
    stored as materialized (select * from engagement where ${these}),
    fresh as (${engagementOf(countable)}),
    -- Weeks before the first event that is kept are of events that are not.
    joined as (
      select f.*, s.week_events as old_events, s.week_days as old_days,
        case when s.first_week < date_trunc('week', k.since)::date then s.first_week end as old_week,
        least((date_trunc('week', k.since)::date - s.first_week) / 7, cardinality(s.week_events)) as old_length,
        s.first_at as old_at
      from fresh f join kept k on k.customer_id = f.customer_id left join stored s on s.customer_id = f.customer_id
    ),
    gone as (
      delete from engagement e using kept k where e.customer_id = k.customer_id
        and e.first_week >= date_trunc('week', k.since)::date and not exists (select from fresh f where f.customer_id = e.customer_id)
    )
    insert into engagement as e
      (workspace_id, customer_id, first_at, last_at, short, long, first_week, week_events, week_days, updated_at)
    select workspace_id, customer_id, case when old_week is null then first_at else least(first_at, old_at) end, last_at, short, long,
      case when old_week is null then first_week else old_week + 7 * greatest(0, cardinality(events) - ${weeksKept}) end,
      events[greatest(1, cardinality(events) - ${weeksKept - 1}):], days[greatest(1, cardinality(days) - ${weeksKept - 1}):], updated_at
    from (
      select *,
        case when old_week is null then week_events else old_events[:old_length]
          || array_fill(0, array[(first_week - old_week) / 7 - old_length]) || week_events end as events,
        case when old_week is null then week_days else old_days[:old_length]
          || array_fill(0::smallint, array[(first_week - old_week) / 7 - old_length]) || week_days end as days
      from joined
    ) as whole
    on conflict (customer_id) do update set first_at = excluded.first_at, last_at = excluded.last_at,
      short = excluded.short, long = excluded.long, first_week = excluded.first_week,
      week_events = excluded.week_events, week_days = excluded.week_days, updated_at = excluded.updated_at`.execute(
    db,
  );
  await sql`
    with kept as materialized (select customer_id, min(at) as since from (${events}) as events group by 1),
    stored as materialized (select * from feature_use where ${these}),
    fresh as (${featureUseOf(countable)}),
    gone as (
      delete from feature_use u using kept k where u.customer_id = k.customer_id and u.last_at >= k.since
        and not exists (select from fresh f where f.customer_id = u.customer_id and f.name = u.name)
    )
    insert into feature_use as e (workspace_id, customer_id, name, n, first_at, last_at, long)
    select f.workspace_id, f.customer_id, f.name,
      case when s.first_at < k.since then greatest(s.n, f.n) else f.n end,
      case when s.first_at < k.since then s.first_at else f.first_at end, f.last_at, f.long
    from fresh f join kept k on k.customer_id = f.customer_id
    left join stored s on s.customer_id = f.customer_id and s.name = f.name
    on conflict (customer_id, name) do update set n = excluded.n, first_at = excluded.first_at,
      last_at = excluded.last_at, long = excluded.long`.execute(db);
}
