import { createSurvey } from "../server/collect/surveys/create-survey.ts";
import { publishSurvey } from "../server/collect/surveys/publish-survey.ts";
import { readSurvey } from "../server/collect/surveys/read-survey.ts";
import { saveDraft } from "../server/collect/surveys/save-draft.ts";
import type { SurveySettings } from "../server/collect/surveys/survey-settings.ts";
import { audienceSegments } from "../server/identify/segments/audience-segments.ts";
import type { TestApp } from "./new-test-app.ts";

/** Makes a survey that is live with these settings, from now on; gives its id. */
export async function newLiveSurvey(
  { db, clock }: Pick<TestApp, "db" | "clock">,
  workspaceId: string,
  settings: Partial<SurveySettings> = {},
  { name = "Relationship", anonymous = false }: { name?: string; anonymous?: boolean } = {},
): Promise<string> {
  const id = await createSurvey(db, clock, workspaceId, { name, anonymous });
  const { draft } = await readSurvey(db, workspaceId, id);
  await saveDraft({ db, clock, segments: audienceSegments }, workspaceId, id, {
    name,
    content: { ...draft.content, postalAddress: "Acme, 1 Road, Town" },
    settings: { ...draft.settings, ...settings },
  });
  await publishSurvey(db, clock, { workspaceId }, id);
  return id;
}
