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
  for (const survey of await liveSurveys(db)) {
    // What is wrong with one survey must not keep the others from asking.
    try {
      await inBatches(() => askBatch(db, clock, survey.id));
      await inBatches(() => remindBatch(db, clock, survey));
    } catch (error) {
      log.error(
        { err: error, survey: survey.id },
        "a survey could not ask; it is tried again in half a minute",
      );
    }
  }
}

async function inBatches(run: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch++) {
    if ((await run()) < batchSize) return;
  }
}

function liveSurveys(db: Database): Promise<{ workspaceId: string; id: string }[]> {
  return db
    .selectFrom("surveys")
    .select(["workspaceId", "id"])
    .where("state", "=", "live")
    .where("version", ">", 0)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
}
