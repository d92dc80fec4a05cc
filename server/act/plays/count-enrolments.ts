import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { PlayPlace } from "./find-play-row.ts";
import type { PlayCounts } from "./play.ts";

type Entered = Omit<PlayCounts, "steps">;

const nobody: Entered = { entered: 0, active: 0, done: 0, stopped: 0, treated: 0, holdout: 0 };

/** How many customers have entered the plays of a workspace, or one of them, and where they are. */
export async function countEntered(
  db: Database,
  workspaceId: string,
  play?: string,
): Promise<(id: string) => Entered> {
  const { rows } = await sql<Entered & { id: string }>`
    select play_id as id, count(*) as entered, count(*) filter (where state = 'active') as active,
      count(*) filter (where state = 'done') as done, count(*) filter (where state = 'stopped') as stopped,
      count(*) filter (where arm = 'treated') as treated, count(*) filter (where arm = 'holdout') as holdout
    from enrolments
    where workspace_id = ${workspaceId}::uuid ${play === undefined ? sql`` : sql`and play_id = ${play}::uuid`}
    group by play_id`.execute(db);
  const counts = new Map(rows.map(({ id, ...entered }) => [id, entered]));
  return (id) => counts.get(id) ?? nobody;
}

/** What became of the steps of a play, over all its versions. */
export async function countSteps(db: Database, { workspaceId, id }: PlayPlace): Promise<PlayCounts["steps"]> {
  const { rows } = await sql<PlayCounts["steps"][number]>`
    select step, coalesce(sum(n) filter (where state in ('due', 'running')), 0)::bigint as due,
      coalesce(sum(n) filter (where state = 'done'), 0)::bigint as done,
      coalesce(sum(n) filter (where state = 'skipped'), 0)::bigint as skipped,
      coalesce(sum(n) filter (where state = 'failed'), 0)::bigint as failed,
      coalesce(
        json_agg(json_build_object('reason', reason, 'n', n) order by n desc, reason)
          filter (where state = 'skipped' and reason is not null), '[]') as why
    from (
      select step, state, case when state = 'skipped' then reason end as reason, count(*) as n from step_runs
      where workspace_id = ${workspaceId}::uuid and play_id = ${id}::uuid group by 1, 2, 3) as each
    group by step order by step`.execute(db);
  return rows;
}
