import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { Resources } from "../../platform/resources.ts";
import { askAgain } from "./ask-again.ts";
import { goOn } from "./go-on.ts";
import { skipHeldOut } from "./leave-alone.ts";
import { mailCustomers } from "./mail-customers.ts";
import { stopEnrolments } from "./stop-enrolments.ts";
import { giveCodes, giveTasks, tellReceivers } from "./tell-and-give.ts";
import { type DueRun, type Outcomes, type RunKey, takeRuns } from "./under-way.ts";
import { endWaits, takeBranches } from "./wait-and-branch.ts";

const mostAtOnce = 2_000;
/** Steps in one transaction: what each causes and what follows from it are there together, or not at all. */
const inOneTransaction = 100;
const lanes = 3;
/** After so many tries a step has failed, and its customer goes on. */
const mostTries = 8;

interface Found extends RunKey {
  workspaceId: string;
}

/**
 * Does the job `run-steps`: does all steps of plays that are due, and those that follow at once. A worker that is killed has
 * either done a step with all that it causes, or nothing of it; what goes out by mail or webhook is sent by others' jobs.
 */
export async function runSteps(
  resources: Resources,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { database, clock } = resources;
  while (!signal.aborted) {
    const found = await findDue(database.db, clock.now());
    const batches = [...Map.groupBy(found, ({ workspaceId }) => workspaceId)].flatMap(([workspaceId, some]) =>
      Array.from({ length: Math.ceil(some.length / inOneTransaction) }, (_, i) => ({
        workspaceId,
        keys: some.slice(i * inOneTransaction, (i + 1) * inOneTransaction),
      })),
    );
    const waiting = batches.values();
    let done = 0;
    const lane = async () => {
      for (const { workspaceId, keys } of waiting) {
        if (signal.aborted) return;
        done += await runBatch(resources, workspaceId, keys);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    // What is left is in the hands of others.
    if (done === 0) return;
  }
}

async function findDue(db: Database, now: Date): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select r.workspace_id as "workspaceId", r.customer_id as "customerId", r.id, r.enrolment_id as "enrolmentId"
    from step_runs r
    where r.state = 'due' and r.due_at <= ${now}::timestamptz
      and exists (select from plays p where p.id = r.play_id and p.state in ('live', 'closed'))
    order by r.due_at limit ${mostAtOnce}`.execute(db);
  return rows;
}

/** Does some steps together; where that fails, each alone, so that one that cannot be done holds up no other. */
async function runBatch(resources: Resources, workspaceId: string, keys: readonly RunKey[]): Promise<number> {
  const { database, log } = resources;
  try {
    return await inTransaction(database.db, async (db) => doSteps(db, resources, workspaceId, keys));
  } catch (error) {
    const [key] = keys;
    if (!key) return 0;
    if (keys.length > 1) {
      let done = 0;
      for (const each of keys) done += await runBatch(resources, workspaceId, [each]);
      return done;
    }
    log.error({ err: error, stepRun: key.id }, "a step of a play could not be done; it is tried again");
    await noteFailure(resources, key);
    return 0;
  }
}

async function doSteps(
  db: Database,
  resources: Resources,
  workspaceId: string,
  keys: readonly RunKey[],
): Promise<number> {
  await lockWorkspace(db, workspaceId, "shared");
  const now = resources.clock.now();
  // Right before anything is done, whatever news has not arrived yet.
  const stopped = await stopEnrolments(
    db,
    keys.map(({ customerId }) => customerId),
    now,
  );
  const runs = await takeRuns(db, keys, now);
  const outcomes: Outcomes = new Map();
  const left = runs.filter((run) => {
    const goes = run.enrolment.state === "active" && !stopped.has(run.enrolmentId);
    if (run.kind === "ask" || goes) return true;
    outcomes.set(run.id, { state: "cancelled", next: null, reason: "stopped" });
    return false;
  });
  for (const [id, outcome] of await skipHeldOut(db, workspaceId, left)) outcomes.set(id, outcome);
  const acting = left.filter(({ id }) => !outcomes.has(id));
  const byKind = Map.groupBy(acting, ({ kind, play, step }) => (play.steps.has(step) ? kind : "leave"));
  const add = async (
    kinds: DueRun["kind"][],
    act: (runs: readonly DueRun[]) => Promise<Outcomes> | Outcomes,
  ) => {
    const those = kinds.flatMap((kind) => byKind.get(kind) ?? []);
    if (those.length === 0) return;
    for (const [id, outcome] of await act(those)) outcomes.set(id, outcome);
  };
  await add(["leave"], (those) => new Map(those.map(({ id }) => [id, { state: "done", next: null }])));
  await add(["wait"], (those) => endWaits(db, those, now));
  await add(["branch"], (those) => takeBranches(db, those, now));
  await add(["code"], (those) => giveCodes(db, those, now));
  await add(["task"], (those) => giveTasks(db, those, now));
  await add(["slack", "webhook"], (those) => tellReceivers(db, those, now));
  await add(["email"], (those) => mailCustomers(db, resources, those, now));
  await add(["ask"], (those) => askAgain(db, those, now));
  await goOn(db, runs, outcomes, now);
  return runs.length;
}

async function noteFailure({ database, clock }: Resources, key: RunKey): Promise<void> {
  const now = clock.now();
  await inTransaction(database.db, async (db) => {
    const [run] = await takeRuns(db, [key], now);
    if (!run) return;
    const { rows } = await sql<{ attempts: number }>`
      update step_runs set attempts = attempts + 1,
        due_at = ${now}::timestamptz + least(power(2, attempts), 60) * interval '1 minute'
      where customer_id = ${key.customerId}::uuid and id = ${key.id}::uuid returning attempts`.execute(db);
    if ((rows[0]?.attempts ?? 0) < mostTries) return;
    const step = run.play.steps.get(run.step);
    const next = step && step.kind !== "leave" ? step.next : null;
    await goOn(db, [run], new Map([[run.id, { state: "failed", next, reason: "failed" }]]), now);
  });
}
