import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { askBatch, type AskingTools, batchSize, findDue } from "./ask-batch.ts";
import { remindBatch } from "./remind-batch.ts";
import type { Segments } from "./segments.ts";

/** How much one survey may do in one run, so that a large one does not hold up the others; the next run goes on. */
const mostInOneRun = 10_000;

/**
 * Does the job `ask-customers`: of every live survey that sends e-mail, invites whoever is due and reminds whoever has not
 * answered. Each batch is a transaction of its own, and safe to be run by two workers at once or cut off anywhere.
 */
export async function askCustomers(
  { database: { db }, clock, log }: Pick<Resources, "database" | "clock" | "log">,
  segments: Segments,
): Promise<void> {
  const attempt = async (surveyId: string, run: () => Promise<void>) => {
    // What is wrong with one survey must not keep the others from asking.
    try {
      await run();
    } catch (error) {
      log.error(
        { err: error, survey: surveyId },
        "a survey could not ask; it is tried again in half a minute",
      );
    }
  };
  for (const id of await surveysWithTurns(db)) await attempt(id, () => askDue({ db, clock, segments }, id));
  for (const survey of await surveysToRemind(db, clock.now()))
    await attempt(survey.id, () => remindDue(db, clock, survey));
}

/** One scan finds who is due; each batch then looks at its own customers again, under the lock. */
async function askDue(tools: AskingTools, surveyId: string): Promise<void> {
  const due = await findDue(tools, surveyId, mostInOneRun);
  for (let i = 0; i < due.length; i += batchSize)
    await askBatch(tools, { surveyId, customerIds: due.slice(i, i + batchSize) });
}

async function remindDue(
  db: Database,
  clock: Clock,
  survey: { workspaceId: string; id: string },
): Promise<void> {
  for (let n = 0; n < mostInOneRun; n += batchSize)
    if ((await remindBatch(db, clock, survey)) < batchSize) return;
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
  const live = await db
    .selectFrom("surveys")
    .select(["workspaceId", "id"])
    .where("state", "=", "live")
    .where("version", ">", 0)
    .orderBy("id")
    .execute();
  const found = [];
  // By survey, so that what waits for ever in paused or archived ones is not read again and again; and each on its own,
  // because a cluster keeps surveys and invitations in different places.
  for (const survey of live) {
    const due = await db
      .selectFrom("invitations")
      .select("id")
      .where("surveyId", "=", survey.id)
      .where("remindAt", "<=", now)
      .limit(1)
      .executeTakeFirst();
    if (due) found.push(survey);
  }
  return found;
}
