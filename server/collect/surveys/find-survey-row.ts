import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { PublishedContent, SurveyContent } from "./survey-content.ts";
import type { SurveySettings } from "./survey-settings.ts";

export type SurveyRow = Awaited<ReturnType<typeof findSurveyRow>>;

/** What an editor has written. */
export interface Edition {
  content: SurveyContent;
  settings: SurveySettings;
}

/**
 * A survey with what it says now and what was edited since.
 * @param options `forChange` makes others wait who want to change it, until the transaction ends
 * @throws Refusal when the workspace has no such survey
 */
export async function findSurveyRow(
  db: Database,
  workspaceId: string,
  id: string,
  { forChange = false } = {},
) {
  const survey = await db
    .selectFrom("surveys")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .$if(forChange, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!survey) throw new Refusal("not_found", "There is no such survey.", { reason: "no_such_survey" });
  // Read after the lock: who held it before may have published.
  const version = await db
    .selectFrom("surveyVersions")
    .select(["content", "publishedAt"])
    .where("surveyId", "=", id)
    .where("number", "=", survey.version)
    .executeTakeFirst();
  const published = version && {
    content: asWritten(version.content as PublishedContent),
    settings: survey.settings as SurveySettings,
    at: version.publishedAt,
  };
  const edited = survey.draft as Edition | null;
  const draft = edited ?? published;
  if (!draft) throw new Error(`The survey ${id} has neither a draft nor a version.`);
  return {
    ...survey,
    published,
    edited,
    draft: { content: draft.content, settings: draft.settings, at: survey.draftAt ?? survey.createdAt },
  };
}

/** What was published without what is kept of the shipped texts: the editor compares and copies what people wrote. */
function asWritten(published: PublishedContent): SurveyContent {
  const content = { ...published };
  delete content.shipped;
  delete content.shippedWords;
  return content;
}
