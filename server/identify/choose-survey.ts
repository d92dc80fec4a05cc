import type { Survey } from "../collect/survey.ts";
import { Refusal } from "../platform/errors.ts";

/** The survey with this id; without one, that with the newest answers. @throws Refusal when there is none with this id */
export function chooseSurvey(surveys: readonly Survey[], surveyId?: string): Survey | undefined {
  if (surveyId) {
    const survey = surveys.find(({ id }) => id === surveyId);
    if (survey) return survey;
    throw new Refusal(
      "not_found",
      `There is no survey ${surveyId} here; GET /api/v1/surveys lists those there are.`,
      {
        reason: "no_such_survey",
      },
    );
  }
  const newest = surveys.filter(({ last }) => last).sort((a, b) => (a.last! < b.last! ? 1 : -1));
  return newest[0] ?? surveys.find(({ state }) => state === "live") ?? surveys[0];
}
