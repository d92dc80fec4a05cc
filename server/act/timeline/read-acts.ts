import { sql } from "kysely";
import type { OtherSources, TimelineItem, Wanted } from "../../identify/customers/timeline/timeline.ts";
import { until } from "../../identify/customers/timeline/until.ts";
import type { Database } from "../../platform/database/open.ts";

type Of<Kind extends TimelineItem["kind"]> = Extract<TimelineItem, { kind: Kind }>;

/** What was done for a customer, for their timeline: mails of plays and of the inbox, plays they were in, codes they got. */
export const timelineOfActs: OtherSources = {
  messages: readMails,
  plays: async (db, wanted) => [...(await readPlays(db, wanted)), ...(await readIncentives(db, wanted))],
};

interface OfPlay {
  id: string;
  at: Date;
  playId: string | null;
  play: string | null;
}

/** Names the play instead of its two columns; null for what belongs to none. */
function withPlay<Row extends OfPlay>({ playId, play, at, ...row }: Row) {
  return {
    ...row,
    at: at.toISOString(),
    play: playId === null ? null : { id: playId, name: play ?? "" },
  };
}

async function readMails(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const { rows } = await sql<
    OfPlay &
      Pick<Of<"message">, "direction" | "subject" | "state" | "reason" | "caseId"> &
      Record<"openedAt" | "clickedAt" | "bouncedAt", Date | null>
  >`
    select m.id, m.at, m.direction, m.subject, m.state, m.reason, m.case_id as "caseId", m.play_id as "playId", p.name as play,
      m.opened_at as "openedAt", m.clicked_at as "clickedAt", m.bounced_at as "bouncedAt"
    from (select *, coalesce(sent_at, created_at) as at from messages where customer_id = ${customerId}::uuid) m
      left join plays p on p.id = m.play_id
    where m.workspace_id = ${workspaceId}::uuid and ${until("m.at", upTo)}
    order by m.at desc, m.id desc limit ${limit}`.execute(db);
  const shown = (row: (typeof rows)[number]): Of<"message"> => ({
    kind: "message",
    ...withPlay(row),
    openedAt: row.openedAt?.toISOString() ?? null,
    clickedAt: row.clickedAt?.toISOString() ?? null,
    bouncedAt: row.bouncedAt?.toISOString() ?? null,
  });
  return rows.map(shown);
}

async function readPlays(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const { rows } = await sql<OfPlay & Pick<Of<"play">, "what" | "arm" | "reason">>`
    select t.id, t.at, t.what, t.arm, t.reason, t.play_id as "playId", p.name as play
    from (
        select e.workspace_id, e.id, w.at, w.what, e.arm, case when w.what = 'left' then e.stopped_by end as reason, e.play_id
        from enrolments e
          cross join lateral (values (e.entered_at, 'entered'), (e.ended_at, 'left')) as w (at, what)
        where e.customer_id = ${customerId}::uuid
        union all
        select r.workspace_id, r.id, r.done_at,
          case r.kind when 'ask' then 'not_asked' when 'email' then 'not_written' else 'left_out' end, e.arm, r.reason,
          r.play_id
        from step_runs r join enrolments e on e.customer_id = r.customer_id and e.id = r.enrolment_id
        where r.customer_id = ${customerId}::uuid and (r.kind in ('ask', 'email') and r.state in ('skipped', 'failed')
          -- Where another step has failed, that is no news of the customer.
          or r.state = 'skipped' and r.reason = 'permanent_holdout')
      ) as t join plays p on p.id = t.play_id
    where t.workspace_id = ${workspaceId}::uuid and t.at is not null and ${until("t.at", upTo)}
    order by t.at desc, t.id desc limit ${limit}`.execute(db);
  const shown = ({ playId, play, at, ...row }: (typeof rows)[number]): Of<"play"> => ({
    kind: "play",
    ...row,
    id: `${row.id} ${row.what}`,
    at: at.toISOString(),
    play: { id: playId!, name: play! },
  });
  return rows.map(shown);
}

async function readIncentives(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const { rows } = await sql<
    OfPlay & Pick<Of<"incentive">, "pool" | "worth" | "purpose"> & { redeemedAt: Date | null }
  >`
    select i.id, i.given_at as at, o.name as pool, o.worth, i.purpose, i.redeemed_at as "redeemedAt",
      i.play_id as "playId", p.name as play
    from incentives i join code_pools o on o.id = i.pool_id left join plays p on p.id = i.play_id
    where i.workspace_id = ${workspaceId}::uuid and i.customer_id = ${customerId}::uuid and ${until("i.given_at", upTo)}
    order by i.given_at desc, i.id desc limit ${limit}`.execute(db);
  const shown = (row: (typeof rows)[number]): Of<"incentive"> => ({
    kind: "incentive",
    ...withPlay(row),
    redeemedAt: row.redeemedAt?.toISOString() ?? null,
  });
  return rows.map(shown);
}
