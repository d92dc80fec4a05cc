import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { findSurveyRow } from "./find-survey-row.ts";
import { companyOf, insertSurvey } from "./insert-survey.ts";
import { newContent } from "./new-content.ts";
import type { NewSurvey } from "./survey-details.ts";
import { standardSettings } from "./survey-settings.ts";

/** Makes a draft, of the shipped texts or as a copy of another survey's draft; gives its id. */
export async function createSurvey(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { name, language, languages = [], anonymous, copyOf }: NewSurvey,
): Promise<string> {
  const id = newId(clock);
  await withinWorkspace(db, workspaceId, async (db) => {
    const original = copyOf === undefined ? undefined : await findSurveyRow(db, workspaceId, copyOf);
    const before = original?.draft.content;
    const source = language ?? before?.language ?? "en";
    const fresh = newContent(await companyOf(db, workspaceId), source, languages);
    await insertSurvey(db, clock, {
      workspaceId,
      id,
      name,
      content: before
        ? { ...before, language: source, languages: { ...fresh.languages, ...before.languages } }
        : fresh,
      settings: original?.draft.settings ?? standardSettings,
      state: "draft",
      anonymous: anonymous ?? original?.anonymous ?? false,
    });
  });
  return id;
}
