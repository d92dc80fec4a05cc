import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { findProblems } from "./find-problems.ts";
import { findSurveyRow, type SurveyRow } from "./find-survey-row.ts";
import { insertVersion } from "./insert-survey.ts";
import { questionOf } from "./question-of.ts";
import { nextTime } from "./save-draft.ts";
import { SurveyContent } from "./survey-content.ts";
import { SurveySettings } from "./survey-settings.ts";

/**
 * Makes a draft what respondents meet. Other content is a new version, which answers remember; other settings are not.
 * Where nothing was edited, nothing happens: of two at once the second finds the work done.
 * @param options.basedOn `draft.at` of the draft that is meant; without it, the draft as it is now
 * @throws Refusal when something about the draft stands in the way, or somebody else has changed it
 */
export async function publishSurvey(
  db: Database,
  clock: Clock,
  { workspaceId, personId }: { workspaceId: string; personId?: string | undefined },
  id: string,
  { basedOn }: { basedOn?: string | undefined } = {},
): Promise<void> {
  await withinWorkspace(db, workspaceId, async (db) => {
    const row = await findSurveyRow(db, workspaceId, id, { forChange: true });
    if (row.state === "archived") throw archived();
    refuseOther(row, basedOn);
    if (!row.edited) return;
    refuseProblems(row);
    const content = SurveyContent.parse(row.draft.content);
    const settings = SurveySettings.parse(row.draft.settings);
    const isNew = !isDeepStrictEqual(content, row.published?.content);
    const version = row.version + Number(isNew);
    if (isNew)
      await insertVersion(db, clock, {
        workspaceId,
        surveyId: id,
        number: version,
        content,
        publishedBy: personId,
      });
    await db
      .updateTable("surveys")
      .set({
        version,
        settings: JSON.stringify(settings),
        question: questionOf(content),
        draft: null,
        draftAt: nextTime(clock, row),
        publishedFrom: row.draft.at,
        lookAgainAt: null,
        ...(row.state === "draft" && { state: "live", liveSince: clock.now() }),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  });
}

function refuseOther({ draft, edited, publishedFrom }: SurveyRow, basedOn: string | undefined): void {
  if (basedOn === undefined) return;
  const meant = new Date(basedOn).getTime();
  const isThere = meant === draft.at.getTime();
  // Sent again because the reply was lost: it is published.
  const isDone = !edited && meant === publishedFrom?.getTime();
  if (isThere || isDone) return;
  throw new Refusal(
    "conflict",
    "Somebody else has changed this survey since you last looked. Load it again, read what would be published now, then publish.",
    { reason: "published_draft_changed", values: { at: draft.at.toISOString() } },
  );
}

function refuseProblems({ draft }: SurveyRow): void {
  const problems = findProblems(draft.content, draft.settings).filter(({ blocking }) => blocking);
  const [first] = problems;
  if (!first) return;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  throw new Refusal("bad_input", `This cannot be published yet: ${first.message}${more}`, {
    reason: "survey_has_problems",
    values: { n: problems.length },
    problems,
  });
}

function archived(): Refusal {
  return new Refusal("conflict", "This survey is archived. Bring it back as paused, then publish.", {
    reason: "survey_archived",
  });
}
