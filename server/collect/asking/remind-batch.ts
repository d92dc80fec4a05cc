import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { send } from "../../platform/jobs/send.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../surveys/published-survey.ts";
import { batchSize } from "./ask-batch.ts";
import { noteContacts } from "./contact-budget.ts";
import { hasComplained, isOpenFor, readOpenZones } from "./hold-back.ts";
import { contactIdOf } from "./invitation.ts";

/**
 * Queues up to 500 reminders of a survey that are due, in one transaction: whoever has not answered, whose invitation is
 * still open, and who may be written to. Reminders follow the hours of the survey, and rest counts from them too. None
 * follows where somebody else has asked meanwhile: that was promised to come at most once in so many days.
 * @returns how many were queued; fewer than 500 when nobody else is to be reminded
 */
export async function remindBatch(
  db: Database,
  clock: Clock,
  { workspaceId, id: surveyId }: { workspaceId: string; id: string },
): Promise<number> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const survey = await readPublishedSurvey(db, surveyId);
    if (survey?.state !== "live" || !survey.settings.channels.email) return 0;
    const now = clock.now();
    await forgetReminders(db, survey, now);
    const reminded = await queueReminders(db, survey, now);
    await noteContacts(
      db,
      workspaceId,
      reminded.map(({ customerId, id, reminders }) => ({
        customerId,
        id: contactIdOf(id, reminders),
        at: now,
        kind: "reminder",
        surveyId,
        sourceId: id,
      })),
    );
    for (let i = 0; i < reminded.length; i += 100) {
      const invitations = reminded.slice(i, i + 100).map(({ customerId, id }) => ({ customerId, id }));
      await send(db, "send-invitations", { workspaceId, invitations });
    }
    return reminded.length;
  });
}

/** Forgets what is not to be reminded of any more, so that it is not looked at again and again. */
async function forgetReminders(
  db: Database,
  { workspaceId, id, anonymous, settings }: PublishedSurvey,
  now: Date,
): Promise<void> {
  await sql`
    update invitations i set remind_at = null
    where i.workspace_id = ${workspaceId}::uuid and i.survey_id = ${id}::uuid and i.remind_at <= ${now}::timestamptz
      and (i.state <> 'sent' or i.answered_at is not null or i.expires_at <= ${now}::timestamptz
        or i.reminders >= ${settings.reminders.most}::integer or ${anonymous}::boolean or i.bounced_at is not null
        or i.complained_at is not null or i.unsubscribed_at is not null
        or exists (
          select from contacts k where k.customer_id = i.customer_id and k.source_id is distinct from i.id
            and k.at > greatest(i.sent_at, ${now}::timestamptz - ${settings.restDays} * interval '24 hours')))`.execute(
    db,
  );
}

async function queueReminders(
  db: Database,
  { workspaceId, id, settings, workspaceTimeZone }: PublishedSurvey,
  now: Date,
): Promise<{ customerId: string; id: string; reminders: number }[]> {
  const zones = await readOpenZones(db, workspaceId, { hours: settings.hours, workspaceTimeZone, at: now });
  if (!zones.workspaceOpen && zones.open.length === 0) return [];
  const quiet = settings.quietAfterComplaint;
  const inPeace = quiet ? hasComplained(now, quiet.days) : sql<boolean>`false`;
  const { rows } = await sql<{ customerId: string; id: string; reminders: number }>`
    with due as (
      select i.customer_id, i.id from invitations i join customers c on c.id = i.customer_id
      where i.workspace_id = ${workspaceId}::uuid and i.survey_id = ${id}::uuid and i.remind_at <= ${now}::timestamptz
        and i.state = 'sent' and i.answered_at is null and c.unsubscribed_at is null and c.bounced_at is null
        and ${isOpenFor(zones)} and not ${inPeace}
      order by i.remind_at limit ${batchSize}
    )
    update invitations i set state = 'queued', reminders = i.reminders + 1, attempts = 0, remind_at = null,
      send_after = ${now}::timestamptz, claimed_at = null, claim = null
    from due
    -- Said again, because an answer may have come in, or another worker may have been quicker.
    where i.customer_id = due.customer_id and i.id = due.id and i.state = 'sent' and i.answered_at is null
      and i.remind_at <= ${now}::timestamptz
    returning i.customer_id as "customerId", i.id, i.reminders`.execute(db);
  return rows;
}
