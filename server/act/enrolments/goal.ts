import { type RawBuilder, sql } from "kysely";

/**
 * When the enrolment `e` reached the goal of its version `v`: after entering, within its days; null while it has not. What a
 * play keeps (`retained`) is known only at the end of the days.
 */
export const goalMoment = sql<Date | null>`(case v.definition #>> '{goal,kind}'
  when 'promoter' then (
    select min(r.at) from responses r join surveys s on s.id = r.survey_id
    where r.customer_id = e.customer_id and r.score >= 9 and r.at > e.entered_at and r.at <= e.result_due
      and not s.anonymous
      and (v.definition #>> '{goal,survey}' is null or r.survey_id = (v.definition #>> '{goal,survey}')::uuid))
  when 'purchase' then (
    select min(b.at) from purchases b
    where b.customer_id = e.customer_id and b.at > e.entered_at and b.at <= e.result_due)
  when 'feature' then (
    select min(w.at) from events w
    where w.customer_id = e.customer_id and w.at > e.entered_at and w.at <= e.result_due
      and w.name = v.definition #>> '{goal,feature}')
  end)`;

const leftOn = sql<string>`coalesce(c.traits ->> 'churnedAt', a.traits ->> 'churnedAt', '')`;

/** Whether the customer `c` of the account `a` was still a customer at a moment, whenever that is asked: who leaves later was. */
export const isRetained = (at: RawBuilder<unknown>) => sql<boolean>`
  not (${leftOn} ~ '^\\d{4}-\\d\\d-\\d\\d' and left(${leftOn}, 10) <= to_char(${at} at time zone 'UTC', 'YYYY-MM-DD'))`;
