import { CompiledQuery, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/*
 * `invitation_days` plus `invitation_changes` are at every moment what counting the invitations themselves would give:
 * whoever changes whether one was sent, bounced or answered appends the difference in the same transaction, after it has
 * locked the row, so that of two who change the same one the second counts what the first left.
 */

/** Of invitations, those that reached somebody as far as we know; one that waits for its reminder is queued again. */
export const isInvited = sql.raw("sent_at is not null and bounced_at is null");

interface Key {
  customerId: string;
  id: string;
}

// In two ways of counting: all that these stand for, or that they are answered since a moment.
const countThem = (counts: string, condition = "") => `
  insert into invitation_changes (workspace_id, survey_id, day, invited, answered)
  select i.workspace_id, i.survey_id, (i.sent_at at time zone 'UTC')::date, ${counts}
  from unnest($1::uuid[], $2::uuid[]) as r (customer_id, id)
    join invitations i on i.customer_id = r.customer_id and i.id = r.id
  where i.sent_at is not null and i.bounced_at is null ${condition}
  group by 1, 2, 3`;

const added = countThem("count(*), count(i.answered_at)");
const takenOut = countThem("-count(*), -count(i.answered_at)");
const answered = countThem("0, count(*)", "and i.answered_at = $3::timestamptz");

/**
 * Counts invitations that were just made, sent or answered, or takes them out before they bounce or go. In the caller's
 * transaction, which has these rows locked.
 */
export async function countInvitations(
  db: Database,
  invitations: readonly Key[],
  how: "added" | "taken out",
): Promise<void> {
  if (invitations.length === 0) return;
  const keys = [invitations.map(({ customerId }) => customerId), invitations.map(({ id }) => id)];
  await db.executeQuery(CompiledQuery.raw(how === "added" ? added : takenOut, keys));
}

/** The statement that counts those of these invitations that were answered at this very moment, for the first time. */
export function countAnswered(customerIds: readonly string[], ids: readonly string[], now: Date) {
  return { name: "count-answered-invitations", text: answered, values: [customerIds, ids, now] };
}

/** Days plus changes, as of this moment. The statement that reads both sees one moment. */
export function invitationDaysNow(workspaceId: string, surveyId?: string) {
  const rows = (table: "invitation_days" | "invitation_changes") => sql`
    select survey_id, day, invited, answered from ${sql.table(table)}
    where workspace_id = ${workspaceId}::uuid ${surveyId === undefined ? sql`` : sql`and survey_id = ${surveyId}::uuid`}`;
  return sql`(${rows("invitation_days")} union all ${rows("invitation_changes")})`;
}

const mostAtOnce = 20_000;

/** Moves what has changed since the last fold into the days; their sum stays the same at every moment. */
export async function foldInvitationDays(db: Database): Promise<void> {
  for (;;) {
    // An array is chosen once; with \`in\`, a plan made before there were statistics chose anew for each row.
    const { rows } = await sql<{ taken: number }>`
      with taken as (
        delete from invitation_changes where ctid = any (array(
          select ctid from invitation_changes order by id limit ${mostAtOnce} for update skip locked))
        returning workspace_id, survey_id, day, invited, answered
      ), folded as (
        insert into invitation_days as d (workspace_id, survey_id, day, invited, answered)
        select workspace_id, survey_id, day, sum(invited), sum(answered) from taken group by 1, 2, 3
        -- In the order of the key, so that two folds never wait for each other in a circle.
        order by 1, 2, 3
        on conflict (workspace_id, survey_id, day) do update set
          invited = d.invited + excluded.invited, answered = d.answered + excluded.answered
      )
      select count(*) as taken from taken`.execute(db);
    if ((rows[0]?.taken ?? 0) < mostAtOnce) return;
  }
}

/** Counts all invitations anew, of one workspace or of all; the result is what folding gives. Folds wait meanwhile. */
export async function rebuildInvitationDays(db: Database, workspaceId: string | null = null): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (db) => {
      // First of all: locking takes no snapshot, so the one that follows shows what the last fold did.
      await sql`lock table invitation_days in share row exclusive mode`.execute(db);
      const these = workspaceId ? sql`where workspace_id = ${workspaceId}::uuid` : sql``;
      await sql`delete from invitation_changes ${these}`.execute(db);
      await sql`delete from invitation_days ${these}`.execute(db);
      await sql`
        insert into invitation_days (workspace_id, survey_id, day, invited, answered)
        select workspace_id, survey_id, (sent_at at time zone 'UTC')::date, count(*), count(answered_at)
        from invitations ${workspaceId ? sql`${these} and ${isInvited}` : sql`where ${isInvited}`}
        group by 1, 2, 3`.execute(db);
    });
}
