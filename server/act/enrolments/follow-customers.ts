import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { enrolCustomers } from "./enrol-customers.ts";
import { takeBackFromHeldOut } from "./leave-alone.ts";
import { stopEnrolments } from "./stop-enrolments.ts";
import { wakeWaiting } from "./wake-waiting.ts";

const atOnce = 1_000;

/**
 * What plays do when there is news of customers: those who are to leave do, those who belong to the permanent holdout since a
 * merge get nothing more, those who wait for what has happened go on, and those for whom a live play is meant enter it.
 */
export async function followCustomers(
  resources: Resources,
  workspaceId: string,
  changed: Iterable<string>,
): Promise<void> {
  const { database, clock } = resources;
  const { db } = database;
  if (!(await hasPlays(db, workspaceId))) return;
  const customers = [...new Set(changed)].sort();
  for (let i = 0; i < customers.length; i += atOnce) {
    const some = customers.slice(i, i + atOnce);
    await inTransaction(db, async (db) => {
      await lockWorkspace(db, workspaceId, "shared");
      await stopEnrolments(db, some, clock.now());
      await takeBackFromHeldOut(db, workspaceId, some);
      if (await wakeWaiting(db, some, clock.now())) await send(db, "run-steps", {});
    });
  }
  await enrolCustomers(resources, workspaceId, customers);
}

async function hasPlays(db: Database, workspaceId: string): Promise<boolean> {
  const { rows } = await sql`
    select from plays where workspace_id = ${workspaceId}::uuid and state in ('live', 'paused', 'closed') limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
