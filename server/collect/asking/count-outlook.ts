import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { fitsAudience } from "./fits-audience.ts";
import type { Forecast } from "./forecast.ts";
import { isOpenFor, readOpenZones } from "./hold-back.ts";
import { heldReasons } from "./new-invitation.ts";
import { dayEnds } from "./plan-days.ts";
import type { Segments } from "./segments.ts";
import { type Asking, turnOf } from "./turn.ts";

/** The customers of an audience, by what keeps them from being asked and until when. */
export interface Outlook {
  customers: number;
  due: number;
  /** Of the due, in the order of the reasons; without the daily cap. */
  heldBack: Forecast["heldBack"];
  /** Of the due, whom nothing holds back. */
  ready: number;
  /** How many become free on each of the days ahead; today also those who are. */
  freeByDay: number[];
  /** When the first of each day does. */
  firstFreeByDay: (Date | undefined)[];
  /** When the first of all does; null where nobody will. */
  firstFree: Date | null;
}

interface Group {
  due: boolean;
  reason: Forecast["heldBack"][number]["reason"] | null;
  /** 0 today, … 7 and more: after the days ahead; null: not in sight. */
  day: number | null;
  n: number;
  first: Date | null;
}

/**
 * Sorts all customers of an audience in one scan: whose turn it is, what holds them back, and when they are free. Chance
 * that passes over a customer counts for that turn only, but the turn after it is left out of the forecast.
 */
export async function countOutlook(
  db: Database,
  segments: Segments,
  survey: Asking & { workspaceTimeZone: string },
  now: Date,
): Promise<Outlook> {
  const groups = await readGroups(db, segments, survey, now);
  const sum = (some: Group[]) => some.reduce((total, { n }) => total + n, 0);
  const due = groups.filter((group) => group.due);
  const free = groups.filter(({ first }) => first !== null);
  const byDay = dayEnds(survey.workspaceTimeZone, now).map((_, day) =>
    free.filter((group) => group.day === day),
  );
  const earliest = (some: Group[]) =>
    some.map(({ first }) => first!).reduce<Date | undefined>((a, b) => (a && a < b ? a : b), undefined);
  return {
    customers: sum(groups),
    due: sum(due),
    heldBack: heldReasons
      .map((reason) => ({ reason, n: sum(due.filter((group) => group.reason === reason)) }))
      .filter(({ n }) => n > 0),
    ready: sum(due.filter(({ reason }) => reason === null)),
    freeByDay: byDay.map(sum),
    firstFreeByDay: byDay.map(earliest),
    firstFree: earliest(free) ?? null,
  };
}

async function readGroups(
  db: Database,
  segments: Segments,
  survey: Asking & { workspaceTimeZone: string },
  now: Date,
): Promise<Group[]> {
  const { workspaceId, id, settings, workspaceTimeZone } = survey;
  const { restDays, quietAfterComplaint } = settings;
  const fits = await fitsAudience(db, segments, { workspaceId, audience: settings.audience }, { now });
  const turn = turnOf(survey, now)!;
  const zones = await readOpenZones(db, workspaceId, { hours: settings.hours, workspaceTimeZone, at: now });
  const quiet = quietAfterComplaint?.days ?? 0;
  const { rows } = await sql<Group>`
    with told as (
      select c.*, t.number, t.due_at, t.next_at,
        t.due_at is not null and coalesce(a.at < t.used_up_after, true) as due,
        -- Their turn; or, where the turn before came late, when that lies far enough back; or the turn after this one.
        case when t.due_at is null then t.next_at when coalesce(a.at < t.used_up_after, true) then t.due_at
          when a.at < t.due_at and t.next_at is not null then a.at + (t.next_at - t.due_at) * 0.9
          else t.next_at end as turn_at,
        greatest(k.at + ${restDays} * interval '24 hours', p.at + ${quiet} * interval '24 hours', o.at,
          ${now}::timestamptz) as left_alone_until,
        k.at is not null as rests, p.at is not null as complained, o.at is not null as open
      from customers c
        cross join lateral (
          select ${turn.number} as number, ${turn.dueAt} as due_at, ${turn.nextAt} as next_at,
            ${turn.usedUpAfter} as used_up_after) t
        left join (
          select customer_id, max(at) as at from (
            select customer_id, created_at as at from invitations
            where workspace_id = ${workspaceId}::uuid and survey_id = ${id}::uuid and created_at >= ${turn.looksBackTo}::timestamptz
            union all
            select customer_id, at from responses
            where workspace_id = ${workspaceId}::uuid and survey_id = ${id}::uuid and at >= ${turn.answersFrom}::timestamptz
          ) as asks group by customer_id
        ) a on a.customer_id = c.id
        left join (
          select customer_id, max(at) as at from contacts
          where workspace_id = ${workspaceId}::uuid
            and at > ${now}::timestamptz - ${restDays} * interval '24 hours' group by customer_id
        ) k on k.customer_id = c.id
        left join (
          select customer_id, max(coalesce(closed_at, 'infinity')) as at from complaints
          where workspace_id = ${workspaceId}::uuid and ${quietAfterComplaint !== null}::boolean
            and (closed_at is null or closed_at > ${now}::timestamptz - ${quiet} * interval '24 hours')
          group by customer_id
        ) p on p.customer_id = c.id
        left join (
          select customer_id, max(expires_at) as at from invitations
          where workspace_id = ${workspaceId}::uuid and survey_id = ${id}::uuid and expires_at > ${now}::timestamptz
            and answered_at is null and state in ('queued', 'sending', 'sent') group by customer_id
        ) o on o.customer_id = c.id
      where c.workspace_id = ${workspaceId}::uuid and ${fits}
    ), sorted as (
      select c.due, case
          when c.email is null then 'no_address' when c.unsubscribed_at is not null then 'unsubscribed'
          when c.bounced_at is not null then 'bounced' when c.complained then 'complaint' when c.rests then 'rest'
          when c.open then 'open_invitation'
          when c.due and not ${turn.sampled(sql`c.number`)} then 'not_sampled'
          when not ${isOpenFor(zones)} then 'hours' end as reason,
        case when c.turn_at is null or c.email is null or c.unsubscribed_at is not null or c.bounced_at is not null
            or c.left_alone_until = 'infinity'
            or not ${turn.sampled(sql`case when c.due then c.number else coalesce(c.number + 1, 0) end`)}
          then null else greatest(c.turn_at, c.left_alone_until) end as free_at
      from told c
    )
    select due, reason, width_bucket(free_at, ${dayEnds(workspaceTimeZone, now)}::timestamptz[]) as day, count(*) as n,
      min(free_at) as first
    from sorted group by 1, 2, 3`.execute(db);
  return rows;
}
