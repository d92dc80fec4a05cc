import { sql } from "kysely";
import { isHeldOut, placeOf } from "../../statistics/assignment.ts";
import { compileFilter } from "../../identify/segments/compile-filter.ts";
import { expandFilter } from "../../identify/segments/expand-filter.ts";
import { readKnownSegments } from "../../identify/segments/resolve-filter.ts";
import type { SegmentFilter } from "../../identify/segments/segment-filter.ts";
import type { Database } from "../../platform/database/open.ts";
import type { StepOf } from "../plays/play-step.ts";
import { answersSince, eventsSince } from "./since-entering.ts";
import type { DueRun, Outcome, Outcomes } from "./under-way.ts";

/** Which way those go on who have waited: one where it happened, the other where only the time is over. */
export async function endWaits(db: Database, runs: readonly DueRun[], now: Date): Promise<Outcomes> {
  const waits = runs.map((run) => ({ run, step: stepOf<"wait">(run) }));
  const answers = await answersSince(
    db,
    waits.flatMap(({ run, step }) => (step.until?.kind === "answer" ? [run] : [])),
  );
  const events = await eventsSince(
    db,
    waits.flatMap(({ run, step }) =>
      step.until?.kind === "event" ? [{ run, event: step.until.event }] : [],
    ),
  );
  return new Map(
    waits.map(({ run, step }): [string, Outcome] => {
      const { next, until } = step;
      if (until === null) return [run.id, { state: "done", next }];
      const answer = answers.get(run.id);
      const happened =
        until.kind === "event"
          ? events.has(run.id)
          : answer !== undefined && (until.categories === null || until.categories.includes(answer));
      if (happened) return [run.id, { state: "done", next, result: { happened } }];
      // Woken by an answer that was changed or taken back since.
      if (run.ends !== null && run.ends > now) return [run.id, { later: run.ends, reason: "waits" }];
      const otherwise = step.otherwise === undefined ? next : step.otherwise;
      return [run.id, { state: "done", next: otherwise, result: { happened } }];
    }),
  );
}

/** Which way customers go at branches. */
export async function takeBranches(db: Database, runs: readonly DueRun[], now: Date): Promise<Outcomes> {
  const branches = runs.map((run) => ({ run, step: stepOf<"branch">(run) }));
  const answers = await answersSince(
    db,
    branches.flatMap(({ run, step: { when } }) =>
      when.kind === "answer" || when.kind === "answered" ? [run] : [],
    ),
  );
  const events = await eventsSince(
    db,
    branches.flatMap(({ run, step: { when } }) =>
      when.kind === "event" ? [{ run, event: when.event }] : [],
    ),
  );
  const outcomes: Outcomes = new Map();
  for (const { run, step } of branches) {
    const { when } = step;
    const answer = answers.get(run.id);
    const holds =
      when.kind === "answer"
        ? answer !== undefined && when.categories.includes(answer)
        : when.kind === "answered"
          ? answer !== undefined
          : when.kind === "event"
            ? events.has(run.id)
            : when.kind === "share"
              ? isHeldOut(placeOf(`${run.play.id}/${step.id}`, run.play.salt, run.customerId), when.share)
              : await fits(db, run, when.filter, now);
    outcomes.set(run.id, { state: "done", next: holds ? step.next : step.otherwise, result: { holds } });
  }
  return outcomes;
}

async function fits(
  db: Database,
  { customerId, play: { workspaceId } }: DueRun,
  filter: SegmentFilter,
  now: Date,
): Promise<boolean> {
  const expanded = expandFilter(filter, await readKnownSegments(db, workspaceId));
  const condition = compileFilter(workspaceId, expanded, now, { among: [customerId] });
  const { rows } =
    await sql`select from customers c where c.id = ${customerId}::uuid and ${condition}`.execute(db);
  return rows.length > 0;
}

function stepOf<Kind extends "wait" | "branch">({ play, step }: DueRun): StepOf<Kind> {
  return play.steps.get(step) as StepOf<Kind>;
}
