import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Segments } from "../asking/segments.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { type Edition, findSurveyRow, type SurveyRow } from "./find-survey-row.ts";
import { questionOf } from "./question-of.ts";
import { SurveyContent } from "./survey-content.ts";
import type { SurveyDraft } from "./survey-details.ts";
import { SurveySettings } from "./survey-settings.ts";

/**
 * Keeps what was edited, whole or half-done; what is published stays as it is, except for the name, which only members
 * see.
 * @throws Refusal when somebody else has saved since `basedOn`, or the audience's segment is not there
 */
export async function saveDraft(
  { db, clock, segments }: { db: Database; clock: Clock; segments: Segments },
  workspaceId: string,
  id: string,
  sent: SurveyDraft,
): Promise<void> {
  await withinWorkspace(db, workspaceId, async (db) => {
    const row = await findSurveyRow(db, workspaceId, id, { forChange: true });
    refuseOlder(row, sent.basedOn);
    refuseOtherAnonymity(row, sent.anonymous);
    const edition = cleaned(sent);
    await holdSegment(db, segments, workspaceId, edition);
    const isAsPublished =
      isDeepStrictEqual(edition.content, row.published?.content) &&
      isDeepStrictEqual(edition.settings, row.published?.settings);
    await db
      .updateTable("surveys")
      .set({
        name: sent.name,
        anonymous: sent.anonymous ?? row.anonymous,
        draft: isAsPublished ? null : JSON.stringify(edition),
        draftAt: nextTime(clock, row),
        ...(row.version === 0 && { question: questionOf(edition.content) }),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  });
}

/** A time after the last one, so that it tells any two editions apart. */
export function nextTime(clock: Clock, { draft }: Pick<SurveyRow, "draft">): Date {
  return new Date(Math.max(clock.now().getTime(), draft.at.getTime() + 1));
}

function refuseOlder(row: SurveyRow, basedOn: string | undefined): void {
  if (basedOn === undefined || new Date(basedOn).getTime() === row.draft.at.getTime()) return;
  throw new Refusal(
    "conflict",
    "Somebody else has changed this survey since you opened it. Load it again, then make your change.",
    { reason: "draft_changed", values: { at: row.draft.at.toISOString() } },
  );
}

function refuseOtherAnonymity(row: SurveyRow, anonymous: boolean | undefined): void {
  if (anonymous === undefined || anonymous === row.anonymous || row.version === 0) return;
  throw new Refusal(
    "conflict",
    "Whether a survey is anonymous is fixed once it has been published. Make a copy of it and change that.",
    { reason: "anonymity_fixed" },
  );
}

/** Half-done drafts are kept, but none that names a segment that is not there: it could not be deleted, or asked. */
async function holdSegment(
  db: Database,
  segments: Segments,
  workspaceId: string,
  { settings }: Edition,
): Promise<void> {
  const id = SurveySettings.shape.audience.shape.segment.safeParse(settings.audience.segment).data;
  if (id !== undefined) await segments.hold(db, { workspaceId, id });
}

/** Without stray spaces and unknown parts, where everything is in range; else as it was sent. */
function cleaned({ content, settings }: SurveyDraft): Edition {
  const filled = { ...content, languages: withoutEmpty(content.languages) };
  return {
    content: SurveyContent.safeParse(filled).data ?? filled,
    settings: SurveySettings.safeParse(settings).data ?? (settings as SurveySettings),
  };
}

/** A text that was emptied says what is shipped again. */
function withoutEmpty<Texts extends object>(texts: Texts): Texts {
  const kept = Object.entries(texts)
    .filter(([, text]) => typeof text !== "string" || text.trim() !== "")
    .map(([key, text]: [string, unknown]) => [
      key,
      typeof text === "object" && text !== null ? withoutEmpty(text) : text,
    ]);
  return Object.fromEntries(kept) as Texts;
}
