import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { endOfDay, startOfDay } from "./hours.ts";

/** How many invitations a survey may still send on the day of `at`, in the workspace's time zone. */
export async function readCapLeft(
  db: Database,
  survey: { workspaceId: string; id: string; settings: { perDay: number | null }; workspaceTimeZone: string },
  at: Date,
): Promise<number> {
  const { perDay } = survey.settings;
  if (perDay === null) return Number.POSITIVE_INFINITY;
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from contacts
    where workspace_id = ${survey.workspaceId}::uuid and survey_id = ${survey.id}::uuid and kind = 'invitation'
      and at >= ${startOfDay(survey.workspaceTimeZone, at)}::timestamptz
      and at < ${endOfDay(survey.workspaceTimeZone, at)}::timestamptz`.execute(db);
  return Math.max(0, perDay - rows[0]!.n);
}
