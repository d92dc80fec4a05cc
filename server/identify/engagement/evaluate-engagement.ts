import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { EngagementState } from "../../platform/database/schema-identify.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { breadthOf } from "./breadth-of.ts";
import { judgeCustomer, type Judgement } from "./judge-customer.ts";
import { measureRhythm, type StoredSeries, type WorkspaceRhythm } from "./measure-rhythm.ts";
import { proposeEventNames } from "./propose-event-names.ts";
import { addWeeks } from "./week.ts";

/** Few enough that who waits for the workspace, or for one of these rows, does not wait long. */
const customersAtOnce = 5_000;
const customersPerJob = 5_000;
const firstId = "00000000-0000-0000-0000-000000000000";

/** What all customers did in a week. */
type Counts = Record<EngagementState | "events" | "active", number>;

/**
 * Finds states, usual levels and breadth of all customers of a workspace from their weeks, and its rhythm; once a day what
 * its event names say. Only what changed is written. It depends on nothing but those weeks and the time, so it may run at any time, and twice.
 */
export async function evaluateEngagement(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  signal?: AbortSignal,
): Promise<void> {
  const now = clock.now();
  if (await proposalsAreDue(db, workspaceId, now)) await proposeEventNames(db, workspaceId, now);
  const rhythm = await measureRhythm(db, workspaceId, now);
  const counts = Array.from({ length: rhythm.weeks }, noCounts);
  const changed: string[] = [];
  let written = 0;
  let all = 0;
  for (let after: string | undefined = firstId; after !== undefined;) {
    signal?.throwIfAborted();
    const batch = await evaluateSome(db, { workspaceId, now, rhythm, counts }, after);
    after = batch.last;
    written += batch.changed.length;
    all += batch.looked;
    // Beyond this everybody is looked at anew.
    if (written <= 4 * customersPerJob) changed.push(...batch.changed);
  }
  await writeWeeks(db, { workspaceId, now, rhythm, counts });
  // Where much has changed, what promoters do is measured anew too, as after the first events of a workspace.
  if (written > changed.length || written > all / 4) {
    await send(db, "refresh-standings", { workspaceId }, { key: workspaceId });
    return;
  }
  for (let i = 0; i < changed.length; i += customersPerJob)
    await send(db, "customers-changed", { workspaceId, customers: changed.slice(i, i + customersPerJob) });
}

/** Proposals are made once a day, and for names that have none. */
async function proposalsAreDue(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select not exists (select from activity_weeks where workspace_id = ${workspaceId}::uuid
        and evaluated_at >= date_trunc('day', ${now}::timestamptz))
      or exists (select from event_names where workspace_id = ${workspaceId}::uuid and proposed is null
        and last_at >= ${now}::timestamptz - interval '28 days') as due`.execute(db);
  return rows[0]!.due;
}

interface Evaluation {
  workspaceId: string;
  now: Date;
  rhythm: WorkspaceRhythm;
  counts: Counts[];
}

interface Row extends StoredSeries, Judgement {
  customerId: string;
  breadth: number | null;
  evaluatedOn: string | null;
  /** Has done nothing in the weeks that are kept. */
  gone: boolean;
}

/** Evaluates the customers after this id; their rows are held, so that no event is counted in between. */
async function evaluateSome(db: Database, evaluation: Evaluation, after: string) {
  const { workspaceId, rhythm, counts, now } = evaluation;
  return db.transaction().execute(async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    // Who has done nothing for two years is dormant, and will be.
    const { rows } = await sql<Row>`
      select customer_id as "customerId", first_week as "firstWeek", week_events::text as "weekEvents", state,
        state_since as "stateSince", usual, usual_low as "usualLow", usual_high as "usualHigh", recent, change,
        week_states as "weekStates", breadth, evaluated_on as "evaluatedOn", last_at < ${rhythm.from}::date as gone
      from engagement where workspace_id = ${workspaceId}::uuid and customer_id > ${after}::uuid
        and (last_at >= ${rhythm.from}::date or state <> 'dormant')
      order by customer_id limit ${customersAtOnce} for no key update`.execute(db);
    const breadths = await breadthOf(
      db,
      workspaceId,
      rows.map(({ customerId }) => customerId),
    );
    const changed: Row[] = [];
    for (const row of rows) {
      const judged = judgeCustomer(row, rhythm, (state, week, events) => {
        if (row.gone) return;
        counts[week]![state]++;
        counts[week]!.events += events;
        if (events > 0) counts[week]!.active++;
      });
      const found = { ...row, ...judged, breadth: breadths.get(row.customerId) ?? null };
      if (differs(found, row)) changed.push(found);
    }
    await writeJudgements(db, changed, now);
    return {
      changed: changed.map(({ customerId }) => customerId),
      looked: rows.length,
      last: rows.length < customersAtOnce ? undefined : rows.at(-1)!.customerId,
    };
  });
}

const columns = [
  "state",
  "stateSince",
  "usual",
  "usualLow",
  "usualHigh",
  "recent",
  "change",
  "weekStates",
  "breadth",
] as const satisfies readonly (keyof Row)[];

function differs(found: Row, stored: Row): boolean {
  return stored.evaluatedOn === null || columns.some((column) => found[column] !== stored[column]);
}

async function writeJudgements(db: Database, rows: readonly Row[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const all = <Name extends keyof Row>(name: Name) => rows.map((row) => row[name]);
  await sql`
    update engagement e set evaluated_on = (${now}::timestamptz at time zone 'UTC')::date, state = r.state, state_since = r.since, usual = r.usual,
      usual_low = r.low, usual_high = r.high, recent = r.recent, change = r.change, week_states = r.states,
      breadth = r.breadth
    from unnest(${all("customerId")}::uuid[], ${all("state")}::text[], ${all("stateSince")}::date[],
      ${all("usual")}::float8[], ${all("usualLow")}::float8[], ${all("usualHigh")}::float8[], ${all("recent")}::float8[],
      ${all("change")}::float8[], ${all("weekStates")}::text[], ${all("breadth")}::float8[])
      as r (customer_id, state, since, usual, low, high, recent, change, states, breadth)
    where e.customer_id = r.customer_id`.execute(db);
}

async function writeWeeks(db: Database, { workspaceId, now, rhythm, counts }: Evaluation): Promise<void> {
  await db.transaction().execute(async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const { rows } = await sql<{ gone: number; there: boolean }>`
      select count(*)::integer as gone, exists (select from workspaces where id = ${workspaceId}::uuid) as there
      from engagement where workspace_id = ${workspaceId}::uuid and last_at < ${rhythm.from}::date`.execute(
      db,
    );
    const { gone, there } = rows[0]!;
    await db.deleteFrom("activityWeeks").where("workspaceId", "=", workspaceId).execute();
    if (!there) return;
    await db
      .insertInto("activityWeeks")
      .values(
        counts.map((states, week) => ({
          workspaceId,
          week: addWeeks(rhythm.from, week),
          rhythm: rhythm.level[week]!,
          spread: rhythm.spread[week]!,
          ...states,
          dormant: states.dormant + gone,
          evaluatedAt: now,
        })),
      )
      .execute();
  });
}

const noCounts = (): Counts => ({
  events: 0,
  active: 0,
  cooling: 0,
  flat: 0,
  warming: 0,
  dormant: 0,
  unknown: 0,
});
