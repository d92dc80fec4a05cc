import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import type { Forecast } from "./forecast.ts";

const enoughInvitations = 30;

/**
 * How many of those asked will answer, by the mails that this workspace sent in the last two years and at least two
 * weeks ago: later ones may still be answered. Of surveys that are not anonymous, for of those nobody knows.
 */
export async function expectAnswers(
  db: Database,
  workspaceId: string,
  asked: number,
  now: Date,
): Promise<Forecast["expected"]> {
  const { rows } = await sql<{ basis: number; answered: number }>`
    select count(*) as basis, count(i.answered_at) as answered
    from invitations i join surveys s on s.id = i.survey_id and s.workspace_id = i.workspace_id
    where i.workspace_id = ${workspaceId}::uuid and i.channel = 'email' and not s.anonymous
      and i.sent_at <= ${now}::timestamptz - interval '14 days'
      and i.created_at > ${now}::timestamptz - interval '2 years'`.execute(db);
  const { basis, answered } = rows[0]!;
  if (basis < enoughInvitations) return null;
  const n = Math.round((asked * answered) / basis);
  if (asked === 0) return { n: 0, low: 0, high: 0, basis };
  // Two things are uncertain: the share of all customers that answers, and who of those asked does.
  const weight = 1 / (1 + basis / asked);
  const interval = wilsonInterval(answered * weight, basis * weight)!;
  return {
    n,
    low: Math.min(n, Math.floor(asked * interval.low)),
    high: Math.max(n, Math.ceil(asked * interval.high)),
    basis,
  };
}
