import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { readPublishedSurvey } from "../surveys/published-survey.ts";
import { askBatch, type AskingTools, asks, batchSize, findDue } from "./ask-batch.ts";
import { nextLook } from "./next-look.ts";
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
  for (const survey of await surveysToLookAt(db, clock.now()))
    await attempt(survey.id, () => askDue({ db, clock, segments }, survey));
  for (const survey of await surveysToRemind(db, clock.now()))
    await attempt(survey.id, () => remindDue(db, clock, survey));
}

/** One scan finds who is due; each batch then looks at its own customers again, under the lock. */
async function askDue(tools: AskingTools, looked: LookedAt): Promise<void> {
  const { db, clock } = tools;
  const { id: surveyId } = looked;
  const survey = await readPublishedSurvey(db, surveyId);
  if (!survey || !asks(survey)) return;
  const now = clock.now();
  const due = await findDue(tools, survey, mostInOneRun);
  const again =
    due.length < mostInOneRun ? nextLook(survey, clock.now().getTime() - now.getTime(), now) : null;
  for (let i = 0; i < due.length; i += batchSize)
    await askBatch(tools, { surveyId, customerIds: due.slice(i, i + batchSize) });
  if (again) await lookAgain(db, looked, again);
}

/** Not where somebody has published or changed the state since: then the next run looks. */
async function lookAgain(db: Database, { id, draftAt, pausedAt }: LookedAt, at: Date): Promise<void> {
  await db
    .updateTable("surveys")
    .set({ lookAgainAt: at })
    .where("id", "=", id)
    .where("state", "=", "live")
    .where("draftAt", "is not distinct from", draftAt)
    .where("pausedAt", "is not distinct from", pausedAt)
    .execute();
}

async function remindDue(
  db: Database,
  clock: Clock,
  survey: { workspaceId: string; id: string },
): Promise<void> {
  for (let n = 0; n < mostInOneRun; n += batchSize)
    if ((await remindBatch(db, clock, survey)) < batchSize) return;
}

type LookedAt = Awaited<ReturnType<typeof surveysToLookAt>>[number];

async function surveysToLookAt(db: Database, now: Date) {
  return db
    .selectFrom("surveys")
    .select(["id", "draftAt", "pausedAt"])
    .where("state", "=", "live")
    .where("version", ">", 0)
    .where(sql<boolean>`settings -> 'rhythm' ->> 'kind' in ('once', 'every')`)
    .where((eb) => eb.or([eb("lookAgainAt", "is", null), eb("lookAgainAt", "<=", now)]))
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
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
