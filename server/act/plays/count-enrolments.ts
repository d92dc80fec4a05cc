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
    select step, count(*) filter (where state in ('due', 'running')) as due,
      count(*) filter (where state = 'done') as done, count(*) filter (where state = 'skipped') as skipped,
      count(*) filter (where state = 'failed') as failed
    from step_runs where workspace_id = ${workspaceId}::uuid and play_id = ${id}::uuid
    group by step order by step`.execute(db);
  return rows;
}
