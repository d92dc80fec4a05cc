import { type RawBuilder, sql } from "kysely";
import type { Period } from "./period.ts";

/** What somebody was in a period, as a number: their newest score, 0 to 10, or one of these. */
export const silent = 11;
export const gone = 12;

export interface Span<Of = Pick<Period, "from" | "to">> {
  workspaceId: string;
  surveyId: string;
  from: Of;
  to: Of;
}

/**
 * A relation with one row for each customer who was asked in either period: `customer_id`, `before` and `after` as scores,
 * `silent`, `gone`, or null for who was not asked. It looks at answers and unanswered invitations of these days only, customer by
 * customer, so that each shard can do its own. `among` is a relation of `customer_id`: then it looks at theirs only.
 *
 * An invitation that was answered is silence nowhere, also when the answer came after the period. Who had left by the end of
 * the later period is gone, whatever they said before.
 */
export function movedCustomers(
  { workspaceId, surveyId, from, to }: Span,
  among?: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const workspace = sql`${workspaceId}::uuid`;
  const start = startOf(to.from);
  const within = (column: string) => {
    const at = sql.raw(column);
    return sql`(${at} >= ${startOf(from.from)} and ${at} < ${endOf(from.to)} or ${at} >= ${start} and ${at} < ${endOf(to.to)})`;
  };
  const isAmong = (column: string) =>
    among ? sql`and ${sql.raw(column)} in (select customer_id from ${among})` : sql``;
  // The newest answer is the greatest number: microseconds, then the score in the last four bits. Silence is 0.
  return sql`
    with leavers as materialized (
      select s.customer_id, left(coalesce(c.traits ->> 'churnedAt', a.traits ->> 'churnedAt'), 10) as left_on
      from standings s
      join customers c on c.id = s.customer_id
      left join accounts a on a.id = c.account_id and a.workspace_id = ${workspace}
      where s.workspace_id = ${workspace} and s.gone ${isAmong("s.customer_id")}
    )
    select m.customer_id, case when m.first = 0 then ${silent} else m.first & 15 end::integer as before,
      case when l.left_on <= ${to.to} then ${gone} when m.second = 0 then ${silent} else m.second & 15 end::integer as after
    from (
      select customer_id, max(said) filter (where not later) as first, max(said) filter (where later) as second
      from (
        select r.customer_id, r.at >= ${start} as later, ((date_part('epoch', r.at) * 1e6)::bigint + 1) * 16 + r.score as said
        from responses r where r.workspace_id = ${workspace} and r.survey_id = ${surveyId}::uuid and ${within("r.at")} ${isAmong("r.customer_id")}
        union all
        select i.customer_id, i.sent_at >= ${start}, 0::bigint
        from invitations i
        where i.workspace_id = ${workspace} and i.survey_id = ${surveyId}::uuid and i.state = 'sent' and i.answered_at is null
          and i.bounced_at is null and ${within("i.sent_at")} ${isAmong("i.customer_id")}
      ) as each
      group by customer_id
    ) as m
    left join leavers l on l.customer_id = m.customer_id`;
}

const startOf = (day: string) => sql`${`${day}T00:00:00Z`}::timestamptz`;
const endOf = (day: string) => sql`(${`${day}T00:00:00Z`}::timestamptz + interval '1 day')`;

/** Whether no play contacts the customer of a column, as `isPermanentlyHeldOut` says it, for the shards to compute. */
export function isHeldOutInSql(
  column: string,
  { id, salt, permanentHoldout }: { id: string; salt: string; permanentHoldout: number },
): RawBuilder<boolean> {
  const digest = sql`encode(sha256(convert_to(${`${id}|${salt}|`} || ${sql.raw(column)}::text, 'UTF8')), 'hex')`;
  return sql<boolean>`(('x' || left(${digest}, 13))::bit(52)::bigint::float8 < ${permanentHoldout * 2 ** 52}::float8)`;
}
