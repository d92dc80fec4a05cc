import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { giveBackCodes } from "../incentives/give-back-codes.ts";
import { dropQueuedMessages } from "../messages/settle-messages.ts";
import { readHeldOut } from "../plays/held-out.ts";
import { asksAhead, takeBackAsks } from "./take-back-asks.ts";
import type { DueRun, Outcomes } from "./under-way.ts";

const reason = "permanent_holdout";

/**
 * Skips what these runs would do to customers of the permanent holdout, who came to be in it after they had entered. In both arms
 * alike, the ask too; waits and branches do nothing to anybody, so they go on, and the enrolment keeps its arm.
 */
export async function skipHeldOut(
  db: Database,
  workspaceId: string,
  runs: readonly DueRun[],
): Promise<Outcomes> {
  const isHeldOut = await readHeldOut(db, workspaceId);
  return new Map(
    runs.flatMap((run) => {
      const step = run.play.steps.get(run.step);
      if (!step || step.kind === "wait" || step.kind === "branch" || step.kind === "leave") return [];
      return isHeldOut(run.customerId) ? [[run.id, { state: "skipped", reason, next: step.next }]] : [];
    }),
  );
}

/**
 * Takes back what plays have written to those of these customers who belong to the permanent holdout by now, as after a merge, and
 * what has not left yet: mails with their codes, asks and reminders. In the caller's transaction.
 */
export async function takeBackFromHeldOut(
  db: Database,
  workspaceId: string,
  customers: readonly string[],
): Promise<void> {
  const isHeldOut = await readHeldOut(db, workspaceId);
  const heldOut = customers.filter(isHeldOut);
  if (heldOut.length === 0) return;
  const { rows } = await sql<{ customerId: string; id: string }>`
    select customer_id as "customerId", id from enrolments where customer_id = any (${heldOut}::uuid[])`.execute(
    db,
  );
  if (rows.length === 0) return;
  await dropQueuedMessages(db, { customers: heldOut, reason });
  await giveBackCodes(db, rows);
  const { rows: asks } = await asksAhead(sql`r.customer_id = any (${heldOut}::uuid[])`).execute(db);
  await takeBackAsks(db, asks, reason);
}
