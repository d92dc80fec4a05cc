import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import type { PlayStep } from "../plays/play-step.ts";
import { hour } from "./playing.ts";

/** A step of an enrolment on its way into the database. */
export interface NewStepRun {
  workspaceId: string;
  customerId: string;
  enrolmentId: string;
  playId: string;
  version: number;
  step: string;
  visit: number;
  kind: PlayStep["kind"];
  dueAt: Date;
  /** What a waiting one ends early with. */
  until: object | null;
}

/** The id of a run follows from enrolment, step and visit, so that whatever it causes can be told to have happened. */
export function stepRunIdOf({
  enrolmentId,
  step,
  visit,
}: Pick<NewStepRun, "enrolmentId" | "step" | "visit">) {
  return idOf("step-run", enrolmentId, step, String(visit));
}

/** When a step is done to which somebody comes now, and what may happen earlier. Of a step that asks, see `firstRuns`. */
export function timeOf(step: PlayStep, now: Date): Pick<NewStepRun, "dueAt" | "until"> {
  if (step.kind !== "wait") return { dueAt: now, until: null };
  return { dueAt: new Date(now.getTime() + step.hours * hour), until: step.until };
}

/** Writes runs that are to come, in the caller's transaction. The same twice is one. */
export async function writeStepRuns(db: Database, runs: readonly NewStepRun[]): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map((run) => ({ ...run, id: stepRunIdOf(run) }));
  await sql`
    insert into step_runs (workspace_id, customer_id, id, enrolment_id, play_id, version, step, visit, kind, due_at, until)
    select "workspaceId", "customerId", id, "enrolmentId", "playId", version, step, visit, kind, "dueAt", until
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("workspaceId" uuid, "customerId" uuid, id uuid,
      "enrolmentId" uuid, "playId" uuid, version integer, step text, visit integer, kind text, "dueAt" timestamptz,
      until jsonb)
    on conflict do nothing`.execute(db);
}
