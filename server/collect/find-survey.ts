import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { ensureSurvey } from "./ensure-survey.ts";

const trustedFor = 5_000;
const mostRemembered = 10_000;

/** Looks up the survey of an answer, and remembers it for a moment: most answers go to the same few. */
export function newSurveyFinder(db: Database, clock: Clock) {
  const remembered = new Map<string, { until: number; id: Promise<string> }>();

  /** The id of that survey, or of the default one. @throws Refusal when the workspace has no such survey */
  return function findSurvey(workspaceId: string, surveyId?: string): Promise<string> {
    const key = `${workspaceId} ${surveyId ?? "default"}`;
    const now = clock.now().getTime();
    const before = remembered.get(key);
    if (before && before.until > now) return before.id;
    if (remembered.size >= mostRemembered) remembered.clear();
    const id = surveyId ? checkSurvey(db, workspaceId, surveyId) : ensureSurvey(db, clock, workspaceId);
    remembered.set(key, { until: now + trustedFor, id });
    id.catch(() => remembered.delete(key));
    return id;
  };
}

/**
 * Makes sure that answers can go to a survey; gives its id.
 * @throws Refusal when the workspace has no such survey, or it is a draft that may still be deleted
 */
export async function checkSurvey(db: Database, workspaceId: string, surveyId: string): Promise<string> {
  const survey = await db
    .selectFrom("surveys")
    .select(["id", "state"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", surveyId)
    .executeTakeFirst();
  if (!survey) {
    throw new Refusal(
      "bad_input",
      `surveyId: there is no survey ${surveyId} here; leave it out, or take an id from GET /api/v1/surveys.`,
      { reason: "no_such_survey" },
    );
  }
  if (survey.state === "draft") {
    throw new Refusal("conflict", "This survey is a draft and takes no answers yet. Publish it first.", {
      reason: "survey_not_published",
    });
  }
  return survey.id;
}
