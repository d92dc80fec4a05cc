import type { Database } from "../../platform/database/open.ts";
import { findProblems } from "./find-problems.ts";
import { type Edition, findSurveyRow } from "./find-survey-row.ts";
import type { SurveyDetails } from "./survey-details.ts";

/** A survey with its draft and what is wrong with it. @throws Refusal when the workspace has no such survey */
export async function readSurvey(db: Database, workspaceId: string, id: string): Promise<SurveyDetails> {
  const row = await findSurveyRow(db, workspaceId, id);
  const { draft } = row;
  return {
    id,
    name: row.name,
    state: row.state,
    anonymous: row.anonymous,
    version: row.version,
    liveSince: row.state === "live" ? (row.liveSince?.toISOString() ?? null) : null,
    published: row.published ? dated(row.published) : null,
    draft: dated(draft),
    changed: row.edited !== null,
    problems: findProblems(draft.content, draft.settings),
  };
}

function dated({ content, settings, at }: Edition & { at: Date }) {
  return { content, settings, at: at.toISOString() };
}
