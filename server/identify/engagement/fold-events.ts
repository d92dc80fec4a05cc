import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { countEventNames } from "../events/count-event-names.ts";
import { type Countable, countEngagement, countFeatureUse } from "./count-events.ts";
import { joinCounting } from "./counting-lock.ts";
import { evaluateSoon } from "./evaluate-soon.ts";
import { mondayOf } from "./week.ts";

/** Events counted in one transaction, few enough that who waits for the workspace does not wait long. */
const eventsAtOnce = 100_000;
const foldsAtOnce = 1_000;
const customersPerJob = 5_000;

/**
 * Counts the events that were stored since the last fold, of one workspace or of all. The rows that say which are deleted
 * in the transaction that counts them, so each event counts once, whatever ends or runs twice in between.
 */
export async function foldEvents(
  resources: Pick<Resources, "database" | "clock">,
  workspaceId?: string,
): Promise<void> {
  const { db } = resources.database;
  const workspaces = workspaceId ? [workspaceId] : await withFolds(db);
  for (const each of workspaces) {
    while (await db.transaction().execute(async (db) => foldSome(db, each, resources.clock.now())));
  }
}

async function withFolds(db: Database): Promise<string[]> {
  const rows = await db.selectFrom("eventFolds").select("workspaceId").distinct().execute();
  return rows.map((row) => row.workspaceId);
}

/**
 * Counts some of the waiting events of a workspace, in the caller's transaction.
 * @returns whether more may be waiting
 */
export async function foldSome(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  await joinCounting(db, workspaceId);
  // Of several folds at the same time each takes other rows.
  const { rows } = await sql<{ id: number; events: number }>`
    select id, cardinality(customer_ids) as events from event_folds where workspace_id = ${workspaceId}::uuid
    order by id limit ${foldsAtOnce} for update skip locked`.execute(db);
  let events = 0;
  const enough = rows.findIndex((row) => (events += row.events) >= eventsAtOnce);
  const folds = rows.slice(0, enough < 0 ? rows.length : enough + 1).map(({ id }) => id);
  if (folds.length === 0) return false;

  const countable = {
    workspaceId,
    now,
    // Of customers who were erased meanwhile, nothing is counted.
    events: sql`
      select e.customer_id, e.name, e.at
      from event_folds f, unnest(f.customer_ids, f.names, f.times) as e (customer_id, name, at)
      where f.id = any (${folds}::bigint[])
        and exists (select from customers c where c.id = e.customer_id and c.workspace_id = ${workspaceId}::uuid)`,
  };
  await countEngagement(db, countable);
  await announce(db, countable, await countFeatureUse(db, countable));
  await countEventNames(db, folds);
  await db.deleteFrom("eventFolds").where("id", "in", folds).execute();
  return folds.length < rows.length || rows.length === foldsAtOnce;
}

/**
 * Tells the later stages of whom there is news, and has states found anew where events of past weeks arrived. That somebody
 * did once more what they do anyway is no news: where they stand follows from states, which are found once a day.
 */
async function announce(
  db: Database,
  { workspaceId, events, now }: Countable,
  customers: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ late: boolean | null }>`
    select bool_or(at < ${mondayOf(now)}::date) as late from (${events}) as events`.execute(db);
  for (let i = 0; i < customers.length; i += customersPerJob)
    await send(db, "customers-changed", { workspaceId, customers: customers.slice(i, i + customersPerJob) });
  if (rows[0]?.late) await evaluateSoon(db, workspaceId, now);
}
