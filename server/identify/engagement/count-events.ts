import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { halfLives } from "../../statistics/decayed-count.ts";
import { addEngagement, addFeatureUse, leftOf } from "./engagement-sql.ts";
import { weeksKept } from "./week.ts";

/** Events to be counted: a relation of `customer_id`, `name` and `at`, of one workspace. */
export interface Countable {
  workspaceId: string;
  events: RawBuilder<unknown>;
  now: Date;
}

/** Without the events whose names the workspace counts as nothing that customers did. */
function doneByCustomers({ workspaceId, events }: Countable): RawBuilder<unknown> {
  return sql`
    select done.customer_id, done.at from (${events}) as done where not exists (
      select from event_names n where n.workspace_id = ${workspaceId}::uuid and n.name = done.name and n.counts_as = 'nothing')`;
}

/** Adds these events to the engagement of their customers. */
export async function countEngagement(db: Database, countable: Countable): Promise<void> {
  await sql`
    insert into engagement as e
      (workspace_id, customer_id, first_at, last_at, short, long, first_week, week_events, week_days, updated_at)
    ${engagementOf(countable)}
    -- In the order of the key, as all who write many of these rows.
    order by 2 ${addEngagement}`.execute(db);
}

/** The rows of `engagement` that these events alone would make. */
export function engagementOf(countable: Countable): RawBuilder<unknown> {
  const { workspaceId, now } = countable;
  return sql`
    with counted as materialized (
      select customer_id, at, max(at) over (partition by customer_id) as newest,
        date_trunc('week', at at time zone 'UTC')::date as week,
        1 << (extract(isodow from at at time zone 'UTC')::integer - 1) as day
      from (${doneByCustomers(countable)}) as events
    ), people as (
      select customer_id, min(at) as first_at, max(at) as last_at,
        ${leftOfAll(halfLives.short)} as short, ${leftOfAll(halfLives.long)} as long,
        greatest(min(week), max(week) - ${7 * (weeksKept - 1)}::integer) as first_week, max(week) as last_week
      from counted e group by 1
    ), weeks as (
      select customer_id, week, count(*)::integer as events, bit_or(day)::smallint as days from counted group by 1, 2
    )
    select ${workspaceId}::uuid as workspace_id, c.customer_id, c.first_at, c.last_at, c.short, c.long, c.first_week,
      array_agg(coalesce(w.events, 0) order by i) as week_events,
      array_agg(coalesce(w.days, 0::smallint) order by i) as week_days, ${now}::timestamptz as updated_at
    from people c cross join generate_series(0, (c.last_week - c.first_week) / 7) as i
    left join weeks w on w.customer_id = c.customer_id and w.week = c.first_week + 7 * i
    group by c.customer_id, c.first_at, c.last_at, c.short, c.long, c.first_week`;
}

/**
 * Adds these events to what their customers use, by name.
 * @returns the customers who did something for the first time, or bought something
 */
export async function countFeatureUse(db: Database, countable: Countable): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    with counted as (
      insert into feature_use as e (workspace_id, customer_id, name, n, first_at, last_at, long)
      ${featureUseOf(countable)} order by 2, 3 ${addFeatureUse}
      -- A row that was updated has the number of this transaction there.
      returning e.customer_id, e.xmax = 0 or e.name ~* '^order[ _]?completed$' as is_news)
    select distinct customer_id from counted where is_news`.execute(db);
  return rows.map(({ customerId }) => customerId);
}

/** The rows of `feature_use` that these events alone would make. */
export function featureUseOf({ workspaceId, events }: Countable): RawBuilder<unknown> {
  return sql`
    select ${workspaceId}::uuid as workspace_id, customer_id, name, count(*) as n, min(at) as first_at,
      max(at) as last_at, ${leftOfAll(halfLives.long)} as long
    from (select customer_id, name, at, max(at) over (partition by customer_id, name) as newest
      from (${events}) as events) as e
    group by 2, 3`;
}

/** What is left of events `e` at the newest of theirs, together. */
function leftOfAll(halfLife: number): RawBuilder<number> {
  return sql.raw(`sum(${leftOf("e.at", "e.newest", halfLife)})`);
}
