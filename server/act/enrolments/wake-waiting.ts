import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";

/**
 * Lets those of these customers go on who wait for an answer or an event that has come since they entered; the step looks
 * again. In the caller's transaction.
 * @param options `only`: these runs, of all they wait in
 * @returns whether there were any
 */
export async function wakeWaiting(
  db: Database,
  customers: readonly string[],
  now: Date,
  { only }: { only?: readonly string[] } = {},
): Promise<boolean> {
  if (customers.length === 0) return false;
  const { rows } = await sql`
    update step_runs w set due_at = ${now}::timestamptz, until = w.until || jsonb_build_object('ends', w.due_at)
    from enrolments e
    where w.customer_id = any (${customers}::uuid[]) and w.state = 'due' and w.due_at > ${now}::timestamptz
      ${only === undefined ? sql`` : sql`and w.id = any (${only}::uuid[])`} and jsonb_typeof(w.until) = 'object' and e.customer_id = w.customer_id and e.id = w.enrolment_id
      and case w.until ->> 'kind'
        when 'event' then exists (
          select from events v where v.customer_id = w.customer_id and v.at > e.entered_at
            and v.name = w.until ->> 'event')
        when 'answer' then exists (
          select from responses r join surveys s on s.id = r.survey_id and not s.anonymous
          where r.customer_id = w.customer_id and r.at > e.entered_at
            and (jsonb_typeof(w.until -> 'categories') is distinct from 'array' or w.until -> 'categories' ?
              case when r.score >= 9 then 'promoter' when r.score >= 7 then 'passive' else 'detractor' end))
        end
    returning w.id`.execute(db);
  return rows.length > 0;
}

/** Events of a transaction that was still open at the last look are not missed. */
const overlap = 60_000;
const mostAtOnce = 1_000;

/**
 * Makes what looks, now and then, for customers who did what they are waited for. Where customers stand does not change by
 * what they do every day, so nobody else tells of it.
 */
export function newEventWatch({ database: { db }, clock }: Pick<Resources, "database" | "clock">) {
  const looked = new Map<string, number>();
  return async (): Promise<void> => {
    for (const { workspaceId, events } of await awaited(db)) {
      const now = clock.now();
      const before = looked.get(workspaceId);
      // Also when the clock was set back since.
      const since = before && new Date(Math.min(before, now.getTime() - overlap));
      const customers = since
        ? await whoDid(db, workspaceId, { events, since })
        : await whoWaits(db, workspaceId);
      for (let i = 0; i < customers.length; i += mostAtOnce) {
        const some = customers.slice(i, i + mostAtOnce);
        await inTransaction(db, async (db) => {
          await lockWorkspace(db, workspaceId, "shared");
          if (await wakeWaiting(db, some, now)) await send(db, "run-steps", {});
        });
      }
      looked.set(workspaceId, now.getTime() - overlap);
    }
  };
}

/** What plays wait for, by workspace; those that are paused go on with it later. */
async function awaited(db: Database): Promise<{ workspaceId: string; events: string[] }[]> {
  const { rows } = await sql<{ workspaceId: string; events: string[] }>`
    select p.workspace_id as "workspaceId", array_agg(distinct step #>> '{until,event}') as events
    from plays p join play_versions v on v.play_id = p.id,
      jsonb_array_elements(v.definition -> 'steps') as step
    where p.state in ('live', 'paused', 'closed') and step #>> '{until,kind}' = 'event'
    group by p.workspace_id`.execute(db);
  return rows;
}

async function whoDid(
  db: Database,
  workspaceId: string,
  { events, since }: { events: readonly string[]; since: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from events
    where workspace_id = ${workspaceId}::uuid and received_at >= ${since}::timestamptz
      and name = any (${events}::text[])`.execute(db);
  return rows.map(({ id }) => id).sort();
}

/** All who wait for an event: at the first look of a process, for nobody may have looked for long. */
async function whoWaits(db: Database, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from step_runs
    where workspace_id = ${workspaceId}::uuid and state = 'due' and until ->> 'kind' = 'event'`.execute(db);
  return rows.map(({ id }) => id).sort();
}
