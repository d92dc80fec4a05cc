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
  // Those of days before that are still to be sent go out today or later, so they take a place as well.
  const { rows: late } = await sql<{ n: number }>`
    select count(*) as n from invitations i
      join contacts k on k.customer_id = i.customer_id and k.source_id = i.id and k.kind = 'invitation'
    where i.workspace_id = ${survey.workspaceId}::uuid and i.survey_id = ${survey.id}::uuid and i.channel = 'email'
      and i.state in ('queued', 'sending') and i.reminders = 0 and i.expires_at > ${at}::timestamptz
      and i.send_after < ${endOfDay(survey.workspaceTimeZone, at)}::timestamptz
      and k.at < ${startOfDay(survey.workspaceTimeZone, at)}::timestamptz`.execute(db);
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from contacts
    where workspace_id = ${survey.workspaceId}::uuid and survey_id = ${survey.id}::uuid and kind = 'invitation'
      and at >= ${startOfDay(survey.workspaceTimeZone, at)}::timestamptz
      and at < ${endOfDay(survey.workspaceTimeZone, at)}::timestamptz`.execute(db);
  return Math.max(0, perDay - rows[0]!.n - late[0]!.n);
}
