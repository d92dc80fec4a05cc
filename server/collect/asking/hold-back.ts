import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import { stillRests } from "./contact-budget.ts";
import { isTimeZone, isWithinHours } from "./hours.ts";
import type { HeldReason } from "./new-invitation.ts";

/** The time zones of a workspace's customers, and where of them mails may go out now. */
export interface OpenZones {
  known: string[];
  open: string[];
  /** For customers whose time zone we do not know. */
  workspaceOpen: boolean;
}

const mostZones = 1_000;

/** Looks at the clocks of all customers, or of these: by time zone, so that summer time is that of each place. */
export async function readOpenZones(
  db: Database,
  workspaceId: string,
  {
    hours,
    workspaceTimeZone,
    at,
    among,
  }: {
    hours: SurveySettings["hours"];
    workspaceTimeZone: string;
    at: Date;
    among?: readonly string[] | undefined;
  },
): Promise<OpenZones> {
  const rows = await db
    .selectFrom("customers")
    .select("timeZone")
    .where("workspaceId", "=", workspaceId)
    .where("timeZone", "is not", null)
    .$if(among !== undefined, (query) => query.where(sql<boolean>`id = any (${among}::uuid[])`))
    .groupBy("timeZone")
    .limit(mostZones)
    .execute();
  const known = rows.map(({ timeZone }) => timeZone!).filter(isTimeZone);
  return {
    known,
    open: known.filter((zone) => isWithinHours(hours, zone, at)),
    workspaceOpen: isWithinHours(hours, workspaceTimeZone, at),
  };
}

/** What each reason to leave a customer `c` in peace means, in the order in which they are told. */
export function reasonsToHold(
  survey: { workspaceId: string; id: string; settings: SurveySettings },
  at: Date,
): Record<Exclude<HeldReason, "not_sampled" | "hours" | "cap">, RawBuilder<boolean>> {
  const { restDays, quietAfterComplaint } = survey.settings;
  return {
    no_address: sql<boolean>`c.email is null`,
    unsubscribed: sql<boolean>`c.unsubscribed_at is not null`,
    bounced: sql<boolean>`c.bounced_at is not null`,
    complaint: quietAfterComplaint ? hasComplained(at, quietAfterComplaint.days) : sql<boolean>`false`,
    rest: stillRests(sql`c.id`, at, restDays),
    open_invitation: sql<boolean>`exists (
      select from invitations i where i.customer_id = c.id and i.survey_id = ${survey.id}::uuid
        and i.state in ('queued', 'sending', 'sent') and i.answered_at is null and i.expires_at > ${at}::timestamptz)`,
  };
}

/** The condition that the customer `c` has a complaint that is open, or was closed less than so many days ago. */
export function hasComplained(at: Date, days: number): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from complaints p where p.customer_id = c.id
      and (p.closed_at is null or p.closed_at > ${at}::timestamptz - ${days} * interval '24 hours'))`;
}

/** The condition that mails to the customer `c` may go out now. */
export function isOpenFor({ known, open, workspaceOpen }: OpenZones): RawBuilder<boolean> {
  if (known.length === 0) return sql<boolean>`${workspaceOpen}::boolean`;
  return sql<boolean>`(case when c.time_zone = any (${known}::text[]) then c.time_zone = any (${open}::text[])
    else ${workspaceOpen}::boolean end)`;
}
