import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Arm } from "../../platform/database/schema-act.ts";
import { type Experiment, inExperiment } from "./experiment.ts";

/** Who entered on one day (UTC), and what is known of them by now. */
export interface EntryDay {
  arm: Arm;
  /** 2026-10-13 */
  day: string;
  entered: number;
  results: number;
  reached: number;
}

/** Entering day by day, in order. */
export async function countDays(db: Database, experiment: Experiment): Promise<EntryDay[]> {
  const { rows } = await sql<EntryDay>`
    select e.arm, (e.entered_at at time zone 'UTC')::date as day, count(*) as entered, count(e.measured_at) as results,
      count(*) filter (where e.measured_at is not null and e.reached) as reached
    from enrolments e where ${inExperiment(experiment)}
    group by 1, 2 order by 2, 1`.execute(db);
  return rows;
}
