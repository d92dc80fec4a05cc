import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { shippedTexts } from "../texts/shipped-texts.ts";
import { newContent } from "./new-content.ts";
import { questionOf } from "./question-of.ts";
import type { PublishedContent, SurveyContent } from "./survey-content.ts";
import { type SurveySettings, standardSettings } from "./survey-settings.ts";

interface NewSurvey {
  workspaceId: string;
  id: string;
  name: string;
  /** Default: the workspace's name in the shipped English question. */
  content?: SurveyContent;
  settings?: SurveySettings;
  /** A live one has a version 1 at once. */
  state?: "draft" | "live";
  anonymous?: boolean;
}

/** Stores a new survey. In a transaction that holds the workspace, unless that is in the making. */
export async function insertSurvey(
  db: Database,
  clock: Clock,
  {
    workspaceId,
    id,
    name,
    settings = standardSettings,
    state = "live",
    anonymous = false,
    ...rest
  }: NewSurvey,
): Promise<void> {
  const content = rest.content ?? newContent(await companyOf(db, workspaceId), "en");
  const now = clock.now();
  const isLive = state === "live";
  await db
    .insertInto("surveys")
    .values({
      workspaceId,
      id,
      name,
      question: questionOf(content),
      state,
      anonymous,
      version: isLive ? 1 : 0,
      settings: JSON.stringify(isLive ? settings : {}),
      draft: isLive ? null : JSON.stringify({ content, settings }),
      draftAt: now,
      liveSince: isLive ? now : null,
      createdAt: now,
    })
    .execute();
  if (isLive) await insertVersion(db, clock, { workspaceId, surveyId: id, number: 1, content });
}

/** Stores what a survey says from now on. */
export async function insertVersion(
  db: Database,
  clock: Clock,
  version: {
    workspaceId: string;
    surveyId: string;
    number: number;
    content: SurveyContent;
    publishedBy?: string | undefined;
  },
): Promise<void> {
  const { content, publishedBy = null, ...row } = version;
  await db
    .insertInto("surveyVersions")
    .values({ ...row, content: JSON.stringify(withShipped(content)), publishedBy, publishedAt: clock.now() })
    .execute();
}

function withShipped(content: SurveyContent): PublishedContent {
  const kept = Object.keys(content.languages).flatMap((tag) => {
    const texts = shippedTexts[tag];
    return texts ? [{ tag, ...texts }] : [];
  });
  return {
    ...content,
    shipped: Object.fromEntries(kept.map(({ tag, wording }) => [tag, wording])),
    shippedWords: Object.fromEntries(kept.map(({ tag, words }) => [tag, words])),
  };
}

/** The name of a workspace, which its surveys ask about until somebody writes another. */
export async function companyOf(db: Database, workspaceId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from workspaces where id = ${workspaceId}`.execute(
    db,
  );
  // As long as a company's name in a survey may be.
  return rows[0]?.name.trim().slice(0, 120).toWellFormed() ?? "";
}
