import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { claimSeconds } from "./claim-invitations.ts";

const mostAtOnce = 20_000;
const inOneJob = 500;
/** So long the jobs that were sent with the invitations have the first try. */
const patienceSeconds = 5;

/**
 * Sends jobs for messages that are due and that nobody is about to send: put back after a failure, left behind by a
 * worker that was killed, held while their survey was paused. So no message depends on any one job.
 * @returns how many there were
 */
export async function queueDueInvitations({
  database,
  clock,
}: Pick<Resources, "database" | "clock">): Promise<number> {
  const { db } = database;
  if (await workIsWaiting(db)) return 0;
  const now = clock.now();
  const { rows } = await sql<{ workspaceId: string; customerId: string; id: string }>`
    select i.workspace_id as "workspaceId", i.customer_id as "customerId", i.id from invitations i
    where i.state in ('queued', 'sending') and i.channel = 'email'
      and i.send_after <= ${now}::timestamptz - ${patienceSeconds} * interval '1 second'
      and (i.state = 'queued' or i.claimed_at <= ${now}::timestamptz - ${claimSeconds} * interval '1 second')
      and exists (select from surveys s where s.id = i.survey_id and s.state <> 'paused')
    order by i.send_after limit ${mostAtOnce}`.execute(db);
  for (const [workspaceId, found] of Map.groupBy(rows, (row) => row.workspaceId)) {
    for (let i = 0; i < found.length; i += inOneJob) {
      const invitations = found.slice(i, i + inOneJob).map(({ customerId, id }) => ({ customerId, id }));
      await send(db, "send-invitations", { workspaceId, invitations });
    }
  }
  return rows.length;
}

/** While the workers have enough to do, more jobs would only name the same invitations again. */
async function workIsWaiting(db: Database): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (
      select from pgboss.job
      where name = 'send-invitations' and state in ('created', 'retry') and start_after <= now()
    ) as waiting`.execute(db);
  return rows[0]?.waiting ?? false;
}
