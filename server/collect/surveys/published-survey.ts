import type { Database } from "../../platform/database/open.ts";
import type { SurveyContent } from "./survey-content.ts";
import type { SurveySettings } from "./survey-settings.ts";

/** A survey as respondents meet it. */
export interface PublishedSurvey {
  workspaceId: string;
  id: string;
  name: string;
  state: "draft" | "live" | "paused" | "archived";
  anonymous: boolean;
  version: number;
  content: SurveyContent;
  settings: SurveySettings;
  /** IANA name. */
  workspaceTimeZone: string;
  liveSince: Date | null;
}

/** A survey in its published version, or in the given older one; undefined where there is none. */
export async function readPublishedSurvey(
  db: Database,
  id: string,
  version?: number,
): Promise<PublishedSurvey | undefined> {
  const row = await db
    .selectFrom("surveys as s")
    .innerJoin("surveyVersions as v", "v.surveyId", "s.id")
    .innerJoin("workspaces as w", "w.id", "s.workspaceId")
    .select(["s.workspaceId", "s.id", "s.name", "s.state", "s.anonymous", "s.settings", "s.liveSince"])
    .select(["v.number as version", "v.content", "w.timeZone as workspaceTimeZone"])
    .where("s.id", "=", id)
    .where((eb) => eb("v.number", "=", version ?? eb.ref("s.version")))
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...row, content: row.content as SurveyContent, settings: row.settings as SurveySettings };
}
