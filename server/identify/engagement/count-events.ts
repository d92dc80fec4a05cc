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
    with weeks as (
      select customer_id, week, newest, min(at) as first_at, max(at) as last_at, count(*)::integer as events,
        bit_or(1 << (extract(isodow from at at time zone 'UTC')::integer - 1)) as days,
        ${leftOfAll(halfLives.short)} as short, ${leftOfAll(halfLives.long)} as long,
        lead(week, 1, week + 7) over (partition by customer_id order by week) as next,
        week >= newest::date - extract(isodow from newest)::integer + 1 - ${7 * (weeksKept - 1)}::integer as kept
      from (
        select customer_id, at, date_trunc('week', at at time zone 'UTC')::date as week,
          max(at) over (partition by customer_id) as newest
        from (${doneByCustomers(countable)}) as events
      ) as e group by 1, 2, 3
    )
    select ${workspaceId}::uuid as workspace_id, customer_id, min(first_at) as first_at, max(last_at) as last_at,
      sum(short) as short, sum(long) as long, ${firstKept} as first_week,
      ${seriesOf("events", "integer")} as week_events, ${seriesOf("days", "smallint")} as week_days,
      ${now}::timestamptz as updated_at
    from weeks group by customer_id`;
}

// The week of the first event of all, or the first that is kept: the same whichever events came first.
const firstKept = sql.raw(`greatest(min(week), max(week) - ${7 * (weeksKept - 1)})`);

/** The weeks of a customer as an array, with zeros for those without. Written as text, because arrays grow slowly. */
function seriesOf(column: string, type: string): RawBuilder<unknown> {
  const before = sql`(min(week) filter (where kept) - ${firstKept}) / 7`;
  const each = sql.raw(`${column} || repeat(',0', (next - week) / 7 - 1)`);
  return sql`('{' || repeat('0,', ${before}) || string_agg(${each}, ',' order by week) filter (where kept)
    || '}')::${sql.raw(type)}[]`;
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
