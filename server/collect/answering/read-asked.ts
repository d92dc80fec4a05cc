import type { Database } from "../../platform/database/open.ts";
import type { Traits } from "../../platform/database/schema.ts";
import { idOf } from "../../platform/ids.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";
import { standardSettings, type SurveySettings } from "../surveys/survey-settings.ts";
import type { Click } from "./judge-answer.ts";

/** A survey as a link finds it. */
export interface AskedSurvey {
  workspaceId: string;
  id: string;
  state: "draft" | "live" | "paused" | "archived";
  anonymous: boolean;
  version: number;
  content: SurveyContent;
  settings: SurveySettings;
}

/** The answer that was given by an invitation before. */
export interface EarlierAnswer {
  score: number;
  comment: string | null;
  state: "provisional" | "confirmed";
  drivers: string[];
  mayContact: boolean | null;
  at: Date;
}

/** An invitation whose link was opened, with all that its page needs. */
export interface AskedInvitation {
  id: string;
  customerId: string;
  channel: "email" | "api";
  language: string;
  state: string;
  sentAt: Date | null;
  expiresAt: Date;
  openedAt: Date | null;
  email: string | null;
  recipient: string | null;
  customerLanguage: string | null;
  traits: Traits;
  tokenNumber: number;
  survey: AskedSurvey;
  answer: EarlierAnswer | undefined;
  clicks: Click[];
}

/** Beyond so many, fetches of one invitation's links are not written down any more. */
export const mostClicks = 200;

/** The id of the answer to an invitation: there is one. */
export function responseIdOfInvitation(invitationId: string): string {
  return idOf("response-of-invitation", invitationId);
}

/** A survey with the wording of a version; without one with that it shows now; undefined before the first. */
export async function readAskedSurvey(
  db: Database,
  id: string,
  version?: number,
): Promise<AskedSurvey | undefined> {
  const row = await db
    .selectFrom("surveys as s")
    .innerJoin("workspaces as w", "w.id", "s.workspaceId")
    .select(["s.workspaceId", "s.id", "s.state", "s.anonymous", "s.settings", "s.version"])
    .where("s.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const wanted = version ?? row.version;
  const content = wanted === 0 ? undefined : await readContent(db, id, wanted);
  return content && { ...row, version: wanted, content, settings: withStandards(row.settings) };
}

/** A survey for a member who sent themselves a test mail: the draft where there is one. */
export async function readTestedSurvey(db: Database, id: string): Promise<AskedSurvey | undefined> {
  const row = await db
    .selectFrom("surveys")
    .select(["workspaceId", "id", "state", "anonymous", "settings", "version", "draft"])
    .where("id", "=", id)
    .executeTakeFirst();
  const draft = row?.draft as { content?: SurveyContent; settings?: SurveySettings } | null | undefined;
  if (!row || !draft?.content) return readAskedSurvey(db, id);
  return { ...row, content: draft.content, settings: withStandards(draft.settings ?? row.settings) };
}

/** The settings of a survey; what it does not say is as in a new one. */
export function withStandards(settings: unknown): SurveySettings {
  return { ...standardSettings, ...(settings as Partial<SurveySettings>) };
}

const contents = new WeakMap<Database, Map<string, SurveyContent>>();
const mostContents = 500;

/** A version's wording never changes, so it is read once. */
export async function readContent(
  db: Database,
  surveyId: string,
  version: number,
): Promise<SurveyContent | undefined> {
  const kept = contents.get(db) ?? new Map<string, SurveyContent>();
  contents.set(db, kept);
  const key = `${surveyId} ${version}`;
  const known = kept.get(key);
  if (known) return known;
  const row = await db
    .selectFrom("surveyVersions")
    .select("content")
    .where("surveyId", "=", surveyId)
    .where("number", "=", version)
    .executeTakeFirst();
  if (!row) return undefined;
  if (kept.size >= mostContents) kept.clear();
  kept.set(key, row.content as SurveyContent);
  return row.content as SurveyContent;
}
