import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { askBatch, batchSize } from "./ask-batch.ts";
import { remindBatch } from "./remind-batch.ts";

/** How much one survey may do in one run, so that a large one does not hold up the others; the next run goes on. */
const mostBatches = 20;

/**
 * Does the job `ask-customers`: of every live survey that sends e-mail, invites whoever is due and reminds whoever has not
 * answered. Each batch is a transaction of its own, and safe to be run by two workers at once or cut off anywhere.
 */
export async function askCustomers({
  database: { db },
  clock,
  log,
}: Pick<Resources, "database" | "clock" | "log">): Promise<void> {
  const attempt = async (surveyId: string, run: () => Promise<number>) => {
    // What is wrong with one survey must not keep the others from asking.
    try {
      await inBatches(run);
    } catch (error) {
      log.error(
        { err: error, survey: surveyId },
        "a survey could not ask; it is tried again in half a minute",
      );
    }
  };
  for (const id of await surveysWithTurns(db)) await attempt(id, () => askBatch(db, clock, id));
  for (const survey of await surveysToRemind(db, clock.now()))
    await attempt(survey.id, () => remindBatch(db, clock, survey));
}

async function inBatches(run: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch++) {
    if ((await run()) < batchSize) return;
  }
}

async function surveysWithTurns(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom("surveys")
    .select("id")
    .where("state", "=", "live")
    .where("version", ">", 0)
    .where(sql<boolean>`settings -> 'rhythm' ->> 'kind' in ('once', 'every')`)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

async function surveysToRemind(db: Database, now: Date): Promise<{ workspaceId: string; id: string }[]> {
  return db
    .selectFrom("invitations")
    .select(["workspaceId", "surveyId as id"])
    .where("remindAt", "<=", now)
    .groupBy(["workspaceId", "surveyId"])
    .orderBy("surveyId")
    .execute();
}
