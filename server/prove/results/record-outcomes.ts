import { sql } from "kysely";
import { isRetained } from "../../act/enrolments/goal.ts";
import type { Database } from "../../platform/database/open.ts";

const atOnce = 5_000;

/**
 * Writes down what became of customers in plays whose days are over: once, for good, the same way in both arms. What
 * happens after the last of their days is no part of it, however late this runs.
 *
 * The last answer within the days (of the goal's survey, where it names one), whether they were still a customer then
 * (trait `churnedAt`, theirs or their account's), whether they did anything in the four weeks up to then, what they bought,
 * whether they took themselves off the list or complained.
 * @returns how many
 */
export async function recordOutcomes(db: Database, now: Date, signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    signal?.throwIfAborted();
    const written = await recordSome(db, now);
    total += written;
    if (written < atOnce) return total;
  }
}

async function recordSome(db: Database, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    with due as materialized (
      select workspace_id, customer_id, id, play_id, version, entered_at, result_due from enrolments
      where settled_at is not null and measured_at is null and result_due <= ${now}
      order by result_due limit ${atOnce} for update skip locked
    ), found as materialized (
      select d.customer_id, d.id, answer.score, bought.n, bought.revenue, bought.currency,
        ${isRetained(sql`d.result_due`)} as retained,
        -- Week by week from the first one that is counted; unknown where nobody sends what customers do.
        case when g.first_week <= d.result_due::date then exists (
            select from generate_series(greatest(1, w.week - 3), w.week) as i where coalesce(g.week_events[i], 0) > 0)
          when g.customer_id is null and exists (select from engagement e where e.workspace_id = d.workspace_id) then false
          end as active,
        coalesce(c.unsubscribed_at > d.entered_at and c.unsubscribed_at <= d.result_due, false) as unsubscribed,
        exists (select from complaints x where x.customer_id = d.customer_id
          and x.opened_at > d.entered_at and x.opened_at <= d.result_due) as complained
      from due d
        join customers c on c.id = d.customer_id
        left join accounts a on a.workspace_id = c.workspace_id and a.id = c.account_id
        left join play_versions v on v.play_id = d.play_id and v.number = d.version
        left join engagement g on g.customer_id = d.customer_id
        left join lateral (select (d.result_due::date - g.first_week) / 7 + 1 as week) w on true
        left join lateral (
          select r.score from responses r
          where r.customer_id = d.customer_id and r.at > d.entered_at and r.at <= d.result_due
            and r.survey_id = coalesce((v.definition -> 'goal' ->> 'survey')::uuid, r.survey_id)
          order by r.at desc, r.id desc limit 1) answer on true
        left join lateral (
          select sum(of.n)::integer as n, (array_agg(of.revenue order by of.revenue desc nulls last))[1] as revenue,
            (array_agg(of.currency order by of.revenue desc nulls last))[1] as currency
          from (select upper(p.currency) as currency, count(*) as n, sum(p.revenue) as revenue from purchases p
            where p.customer_id = d.customer_id and p.at > d.entered_at and p.at <= d.result_due
            group by upper(p.currency)) of) bought on true
    )
    update enrolments e set measured_at = ${now}, score_after = f.score, retained = f.retained, active = f.active,
      purchases = coalesce(f.n, 0), revenue = f.revenue, currency = f.currency, unsubscribed = f.unsubscribed,
      complained = f.complained
    from found f where e.customer_id = f.customer_id and e.id = f.id`.execute(db);
  return Number(numAffectedRows ?? 0);
}
