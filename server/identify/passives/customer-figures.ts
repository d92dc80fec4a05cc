import { type RawBuilder, sql } from "kysely";
import type { Norm } from "./norm.ts";
import { within, type CustomerRange } from "./customer-range.ts";

/** Whole weeks over which customers are compared with others. */
export const comparedWeeks = 13;
/** Who used a feature within so many days uses it. */
export const featureDays = 90;

interface FiguresOptions {
  workspaceId: string;
  range: CustomerRange;
  now: Date;
  norms: readonly Norm[];
  /** Names of the events that are looking at products. */
  browsing: readonly string[];
  /** An invitation is unanswered after so many days. */
  unansweredAfter: number;
}

/**
 * A relation with one row for each of these customers and all that the rules and the pages need of them. It looks only at
 * rows that are keyed by the customer, a few for each, never at events. To be run without nested loops: how many ids lie
 * in a range PostgreSQL guesses wrongly, and what is looked up one by one here says so.
 */
export function customerFigures({
  workspaceId,
  range,
  now,
  norms,
  browsing,
  unansweredAfter,
}: FiguresOptions): RawBuilder<unknown> {
  const workspace = sql`${workspaceId}::uuid`;
  const time = sql`${now}::timestamptz`;
  const weeks = sumsOfWeeks(now);
  return sql`
    with norms as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(norms)}::jsonb) as n (plan text, promoters integer,
        days double precision, depth double precision, variety double precision[], discount_usual double precision)
    ), people as materialized (
      select p.*, case when exists (select from norms n where n.plan = p.plan) then p.plan else '' end as norm_plan
      from (
        select c.*, ${hasPassed("coalesce(c.own_end, c.account ->> 'churnedAt')", now)} as gone,
          coalesce(c.own_plan, c.account ->> 'plan', '') as plan,
          ${numberIn("c.account ->> 'revenue'")} as account_revenue,
          coalesce(c.own_currency, c.account ->> 'currency') as currency
        from (
          select c.id as customer_id, c.account_id, c.anonymous,
            not c.anonymous and (c.external_id is not null or c.email is not null or c.phone is not null) as named,
            c.traits ->> 'churnedAt' as own_end,
            nullif(c.traits ->> 'plan', '') as own_plan, ${numberIn("c.traits ->> 'revenue'")} as own_revenue,
            c.traits ->> 'currency' as own_currency,
            (select a.traits from accounts a where a.id = c.account_id and a.workspace_id = ${workspace}) as account
          from customers c where c.workspace_id = ${workspace} and ${within("c.id", range)}
          -- Or the account would be looked up for each thing that is read from it.
          offset 0
        ) c
      ) p
    ), sharing as (
      select each.account_id, (select count(*) from customers c
        where c.account_id = each.account_id and c.workspace_id = ${workspace})::float8 as customers
      from (
        select distinct p.account_id from people p where p.own_revenue is null and p.account_revenue is not null
      ) each
    ), answers as (
      select distinct on (r.customer_id) r.customer_id, r.score, r.at, r.survey_id,
        lead(r.score) over newest as previous_score, count(*) over (partition by r.customer_id)::integer as answers
      from responses r where r.workspace_id = ${workspace} and ${within("r.customer_id", range)}
      window newest as (partition by r.customer_id order by r.at desc, r.id desc)
      order by r.customer_id, r.at desc, r.id desc
    ), asks as (
      select i.customer_id, count(*)::integer as asked, max(i.sent_at) as asked_at,
        (count(*) filter (where i.sent_at <= ${time} - ${unansweredAfter}::integer * interval '1 day'))::integer as unanswered
      from invitations i
      where i.workspace_id = ${workspace} and ${within("i.customer_id", range)} and i.state = 'sent' and i.bounced_at is null
      group by 1
    ), bought as (
      select distinct on (customer_id) customer_id, currency, revenue,
        (sum(n) over of_customer)::integer as purchases, (sum(discounted) over of_customer)::integer as discounted,
        max(last_at) over of_customer as bought_at
      from (
        select b.customer_id, b.currency, sum(b.revenue) as revenue, count(*) as n, max(b.at) as last_at,
          count(*) filter (where b.discount > 0 or b.coupon <> '') as discounted
        from purchases b where b.workspace_id = ${workspace} and ${within("b.customer_id", range)}
          and b.at > ${time} - interval '365 days' and b.at <= ${time} + interval '1 day'
        group by b.customer_id, b.currency
      ) each
      window of_customer as (partition by customer_id)
      order by customer_id, n desc, currency
    ), uses as (
      select p.customer_id, count(*) filter (where u.last_at > ${time} - ${featureDays} * interval '1 day'
          and w.counts_as = 'feature')::integer as features,
        sum(${decayed(now)}) filter (where w.counts_as = 'feature') as uses,
        sum(${decayed(now)}) filter (where u.name = any (${browsing}::text[])) as browsed
      from people p
      join feature_use u on u.customer_id = p.customer_id and u.workspace_id = ${workspace} and ${within("u.customer_id", range)}
      left join event_names w on w.workspace_id = ${workspace} and w.name = u.name
      group by p.customer_id
    ), figures as (
    select p.customer_id, p.anonymous, p.named and not p.gone as judged, p.gone, nullif(p.plan, '') as plan,
      r.score, r.at as answered_at, r.survey_id, r.previous_score, coalesce(r.answers, 0) as answers,
      coalesce(i.asked, 0) as asked, i.asked_at, coalesce(i.unanswered, 0) as unanswered,
      coalesce(e.state, 'unknown') as state, e.state_since, e.change, e.usual, e.recent, e.first_at, e.last_at,
      coalesce(e.state, 'unknown') not in ('unknown', 'dormant') as active,
      case when e.first_week <= ${weeks.from}::date then ${weeks.days} end as days,
      case when e.customer_id is not null then coalesce(u.features, 0) end as features,
      coalesce(u.uses, 0) as uses, p.norm_plan, n.days as days_usual, n.depth as depth_usual, n.variety,
      coalesce(u.browsed, 0) as browsed,
      coalesce(b.purchases, 0) as purchases, coalesce(b.discounted, 0) as discounted, b.bought_at, n.discount_usual,
      coalesce(p.own_revenue, p.account_revenue, b.revenue) as revenue,
      case when p.own_revenue is null and p.account_revenue is null and b.revenue is not null then b.currency
        else p.currency end as currency,
      coalesce(p.own_revenue, p.account_revenue / greatest(s.customers, 1), b.revenue) as counted_revenue,
      ${time} as now, (${time} at time zone 'UTC')::date as today
    from people p
    left join answers r on r.customer_id = p.customer_id
    left join asks i on i.customer_id = p.customer_id
    left join bought b on b.customer_id = p.customer_id
    left join engagement e on e.customer_id = p.customer_id and e.workspace_id = ${workspace} and ${within("e.customer_id", range)}
    left join uses u on u.customer_id = p.customer_id
    left join sharing s on s.account_id = p.account_id
    left join norms n on n.plan = p.norm_plan
    )
    select f.*, ${varietyAt("f.uses", "f.variety")} as features_usual, ${depthOf("f", now)} as depth from figures f`;
}

/** What is left of a count of `feature_use u`, of which after 90 days one half weighs. */
export function decayed(now: Date): RawBuilder<number> {
  return sql`u.long * exp(least(0, extract(epoch from u.last_at - ${now}::timestamptz)::float8)
    * ${Math.LN2 / (halfLife * 86_400)}::float8)`;
}

const halfLife = 90;

/** Uses of features on a day with any activity: the present rate of use by the active days a week. Null without such days. */
export function depthOf(alias: string, now: Date): RawBuilder<number | null> {
  const of = (column: string) => sql.raw(`${alias}.${column}`);
  const age = sql`greatest(1, extract(epoch from ${now}::timestamptz - ${of("first_at")})::float8 / 86400)`;
  return sql`${of("uses")} * ${(7 * Math.LN2) / halfLife}::float8 / (1 - power(2::float8, -${age} / ${halfLife}))
    / nullif(${of("days")}, 0)`;
}

/** How many different features somebody uses who uses features so often: between the powers of two of a norm's variety. */
function varietyAt(uses: string, variety: string): RawBuilder<number | null> {
  const at = `least(cardinality(${variety}) - 1, greatest(0, ln(greatest(1, ${uses})) / ln(2)))`;
  const [before, after] = [`floor(${at})::integer + 1`, `ceil(${at})::integer + 1`];
  return sql.raw(
    `(${variety}[${before}] + (${at} - floor(${at})) * (${variety}[${after}] - ${variety}[${before}]))`,
  );
}

/** Active days a week of the engagement `e`, over the last whole weeks before now. */
export function sumsOfWeeks(now: Date) {
  const monday = new Date(now);
  monday.setUTCHours(0, 0, 0, 0);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7) - 7 * comparedWeeks);
  const from = monday.toISOString().slice(0, 10);
  // Weeks are counted from the customer's first; a slice beyond the end of the array is empty.
  const first = sql`((${from}::date - e.first_week) / 7 + 1)`;
  return {
    from,
    days: sql<number>`(select coalesce(sum(bit_count(int2send(each))), 0) from unnest(e.week_days[${first}:${first} + ${comparedWeeks - 1}]) as each)::float8
      / ${comparedWeeks}`,
  };
}

/** Whether a text is a day that is over or today; other texts are none. */
export function hasPassed(text: string, now: Date): RawBuilder<boolean> {
  const value = sql.raw(text);
  return sql<boolean>`coalesce(${value} ~ '^\\d{4}-\\d\\d-\\d\\d' and left(${value}, 10) <= ${now.toISOString().slice(0, 10)}, false)`;
}

/** A number that a text holds, also where an import stored it as text; null for other texts. */
function numberIn(text: string): RawBuilder<number | null> {
  const value = sql.raw(text);
  return sql`case when ${value} ~ '^\\s*-?\\d{1,15}(\\.\\d{1,12})?\\s*$' then (${value})::float8 end`;
}
