import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { maySayCode } from "../content/compose-mail.ts";
import { giveBackCodes, giveBackCodesBehind } from "../incentives/give-back-codes.ts";
import { stepNet } from "../plays/walk-steps.ts";
import { type NewStepRun, stepRunIdOf, timeOf, writeStepRuns } from "./step-run.ts";
import type { DueRun, Outcome, Outcomes } from "./under-way.ts";
import { wakeWaiting } from "./wake-waiting.ts";

type Over = Extract<Outcome, { state: string }>;
interface Ended {
  run: DueRun;
  outcome: Over;
}

/** Writes down what came of runs, and lets their customers go on to what follows. In the transaction that did them. */
export async function goOn(
  db: Database,
  runs: readonly DueRun[],
  outcomes: Outcomes,
  now: Date,
): Promise<void> {
  const ended: Ended[] = [];
  const later: { run: DueRun; at: Date; reason: string }[] = [];
  for (const run of runs) {
    const outcome = outcomes.get(run.id);
    if (!outcome) continue;
    if ("later" in outcome) later.push({ run, at: outcome.later, reason: outcome.reason });
    else ended.push({ run, outcome });
  }
  await writeLater(db, later);
  await writeEnded(db, ended, now);
  // Who was stopped while a step of theirs was being done.
  await giveBackCodes(
    db,
    ended.flatMap(({ run, outcome }) =>
      outcome.state === "cancelled" ? [{ customerId: run.customerId, id: run.enrolmentId }] : [],
    ),
  );
  await follow(
    db,
    ended.filter(({ run, outcome }) => outcome.state !== "cancelled" && isOnWay(run)),
    now,
  );
}

/** A step that asks is done on its day wherever the customer is; only whoever waits there goes on from it. */
function isOnWay({ kind, step, enrolment }: DueRun): boolean {
  return enrolment.state === "active" && (kind !== "ask" || enrolment.step === step);
}

async function writeLater(
  db: Database,
  later: readonly { run: DueRun; at: Date; reason: string }[],
): Promise<void> {
  if (later.length === 0) return;
  await sql`
    update step_runs s set due_at = r.at, reason = r.reason
    from unnest(
      ${later.map(({ run }) => run.customerId)}::uuid[], ${later.map(({ run }) => run.id)}::uuid[],
      ${later.map(({ at }) => at)}::timestamptz[], ${later.map(({ reason }) => reason)}::text[]
    ) as r (customer_id, id, at, reason)
    where s.customer_id = r.customer_id and s.id = r.id and s.state = 'due'`.execute(db);
}

async function writeEnded(db: Database, ended: readonly Ended[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map(({ run, outcome: { state, next, result, reason } }) => ({
    customerId: run.customerId,
    id: run.id,
    state,
    went: next,
    result: result ?? null,
    reason: reason ?? null,
  }));
  await sql`
    update step_runs s set state = r.state, done_at = ${now}::timestamptz, went = r.went, result = r.result,
      reason = r.reason, attempts = s.attempts + 1
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, id uuid, state text, went text,
      result jsonb, reason text)
    where s.customer_id = r."customerId" and s.id = r.id`.execute(db);
}

/** What is known of a step of an enrolment. */
interface Visited {
  visits: number;
  /** A run of it is still to come. */
  due: boolean;
}

async function follow(db: Database, ended: readonly Ended[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  const visited = await readVisited(db, ended);
  const runs: NewStepRun[] = [];
  const places = ended.map(({ run, outcome }) => {
    const { play, customerId, enrolmentId } = run;
    const visitedOf = (step: string) => visited.get(`${enrolmentId} ${step}`) ?? { visits: 0, due: false };
    let next = outcome.next === null ? undefined : play.steps.get(outcome.next);
    // Whose day to be asked is over goes by.
    for (const passed = new Set<string>(); next?.kind === "ask" && !visitedOf(next.id).due;) {
      if (passed.has(next.id)) next = undefined;
      else {
        passed.add(next.id);
        next = next.next === null ? undefined : play.steps.get(next.next);
      }
    }
    if (next && next.kind !== "ask") {
      runs.push({
        workspaceId: play.workspaceId,
        customerId,
        enrolmentId,
        playId: play.id,
        version: play.version,
        step: next.id,
        visit: visitedOf(next.id).visits + 1,
        kind: next.kind,
        ...timeOf(next, now),
      });
    }
    return { customerId, id: enrolmentId, step: next?.id ?? null };
  });
  await writeStepRuns(db, runs);
  // For what happened before they came here nobody has to wait; but who comes by again does, or would go round without end.
  const waiting = runs.filter(({ until, visit }) => until !== null && visit === 1);
  await wakeWaiting(
    db,
    waiting.map(({ customerId }) => customerId),
    now,
    { only: waiting.map(stepRunIdOf) },
  );
  await sql`
    update enrolments e set step = r.step, state = case when r.step is null then 'done' else e.state end,
      ended_at = case when r.step is null then ${now}::timestamptz end
    from json_to_recordset(${JSON.stringify(places)}::json) as r ("customerId" uuid, id uuid, step text)
    where e.customer_id = r."customerId" and e.id = r.id and e.state = 'active'`.execute(db);
  await giveBackCodesBehind(
    db,
    ended.flatMap(({ run, outcome }) =>
      isBehindCodes(run, outcome) ? [{ customerId: run.customerId, id: run.enrolmentId }] : [],
    ),
  );
}

/** Whether a customer has just come to where no mail can tell them any more of a code that they were given. */
function isBehindCodes({ kind, play: { steps, definition } }: DueRun, { state, next }: Over): boolean {
  const turned = next === null || state !== "done" || kind === "branch" || kind === "wait";
  if (!turned || ![...steps.values()].some((step) => step.kind === "code")) return false;
  return ![...stepNet(definition).from(next)].some((id) => {
    const step = steps.get(id);
    return step?.kind === "email" && maySayCode(step);
  });
}

async function readVisited(db: Database, ended: readonly Ended[]): Promise<Map<string, Visited>> {
  const { rows } = await sql<Visited & { id: string; step: string }>`
    select enrolment_id as id, step, max(visit) as visits, bool_or(state = 'due') as due from step_runs
    where customer_id = any (${ended.map(({ run }) => run.customerId)}::uuid[])
      and enrolment_id = any (${ended.map(({ run }) => run.enrolmentId)}::uuid[])
    group by enrolment_id, step`.execute(db);
  return new Map(rows.map(({ id, step, visits, due }) => [`${id} ${step}`, { visits, due }]));
}
