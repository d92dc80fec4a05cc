import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import { chooseLanguage } from "../surveys/complete-texts.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../surveys/published-survey.ts";
import { lockContactBudget } from "./contact-budget.ts";
import { readCapLeft } from "./daily-cap.ts";
import { fitsAudience } from "./fits-audience.ts";
import { isOpenFor, readOpenZones, reasonsToHold } from "./hold-back.ts";
import type { Segments } from "./segments.ts";
import { skipSuppressed } from "./skip-suppressed.ts";
import { type Asking, turnOf, waveOf } from "./turn.ts";
import { writeInvitations } from "./write-invitations.ts";

export const batchSize = 500;

/** What asking works with. */
export interface AskingTools {
  db: Database;
  clock: Clock;
  segments: Segments;
}

interface Picked {
  customerId: string;
  email: string;
  language: string | null;
  turn: number;
}

/** The customers a survey would ask now, those first who come first; at most so many, looked up in one scan. */
export async function findDue(
  { db, clock, segments }: AskingTools,
  survey: AskingSurvey,
  most: number,
): Promise<string[]> {
  return (await pick(db, segments, survey, { now: clock.now(), most })).map(({ customerId }) => customerId);
}

/**
 * Invites those of up to 500 customers who are still due, in one transaction: invitations, contacts and the jobs that
 * send them. Under the lock of the contact budget, so that of two workers at once the second sees what the first did.
 */
export async function askBatch(
  { db, clock, segments }: AskingTools,
  { surveyId, customerIds }: { surveyId: string; customerIds: readonly string[] },
): Promise<void> {
  const workspaceId = await workspaceOf(db, surveyId);
  if (!workspaceId) return;
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await lockContactBudget(db, workspaceId);
    // Read under the lock: somebody may have paused it, or changed its settings, a moment ago.
    const survey = await readPublishedSurvey(db, surveyId);
    if (!survey || !asks(survey)) return;
    const now = clock.now();
    const picked = await pick(db, segments, survey, { now, most: customerIds.length, among: customerIds });
    await invite(db, survey, await skipSuppressed(db, workspaceId, picked, now), now);
  });
}

/** A survey that asks by itself, now. */
export type AskingSurvey = PublishedSurvey & Asking;

export function asks(survey: PublishedSurvey): survey is AskingSurvey {
  return survey.state === "live" && survey.liveSince !== null && survey.settings.channels.email;
}

async function workspaceOf(db: Database, surveyId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("surveys")
    .select("workspaceId")
    .where("id", "=", surveyId)
    .executeTakeFirst();
  return row?.workspaceId;
}

async function pick(
  db: Database,
  segments: Segments,
  survey: AskingSurvey,
  { now, most: wanted, among }: { now: Date; most: number; among?: readonly string[] },
): Promise<Picked[]> {
  const turn = turnOf(survey, now);
  if (!turn) return [];
  const { workspaceId, settings, workspaceTimeZone } = survey;
  const { hours } = settings;
  const zones = await readOpenZones(db, workspaceId, { hours, workspaceTimeZone, at: now, among });
  if (!zones.workspaceOpen && zones.open.length === 0) return [];
  const most = Math.min(wanted, await readCapLeft(db, survey, now));
  if (most === 0) return [];
  const fits = await fitsAudience(db, segments, { workspaceId, audience: settings.audience }, { now, among });
  const holds = Object.values(reasonsToHold(survey, now)).map((holds) => sql`and not ${holds}`);
  const { rows } = await sql<Picked>`
    select c.id as "customerId", c.email, c.language, t.number as turn
    from customers c
      cross join lateral (select ${turn.number} as number, ${turn.dueAt} as due_at, ${turn.usedUpAfter} as used_up_after) t
    where c.workspace_id = ${workspaceId}::uuid ${among ? sql`and c.id = any (${among}::uuid[])` : sql``}
      and ${fits} and t.due_at <= ${now}::timestamptz
      and ${isOpenFor(zones)} and ${turn.sampled(sql`t.number`)}
      ${sql.join(holds, sql` `)}
      and not exists (
        select from invitations i where i.customer_id = c.id and i.survey_id = ${survey.id}::uuid
          and i.created_at >= ${turn.looksBackTo}::timestamptz and i.created_at >= t.used_up_after)
      and not exists (
        select from responses r where r.customer_id = c.id and r.survey_id = ${survey.id}::uuid
          and r.at >= ${turn.answersFrom}::timestamptz and r.at >= t.used_up_after)
    -- Whoever was left out the last time comes first, so that a daily cap never passes over the same people for ever.
    order by (
      select max(i.created_at) from invitations i where i.customer_id = c.id and i.survey_id = ${survey.id}::uuid
    ) nulls first, t.due_at, c.id
    limit ${most}`.execute(db);
  return rows;
}

async function invite(
  db: Database,
  survey: AskingSurvey,
  picked: readonly Picked[],
  now: Date,
): Promise<void> {
  if (picked.length === 0) return;
  const waves = await ensureWaves(db, survey, new Set(picked.map(({ turn }) => turn)));
  await writeInvitations(
    db,
    survey,
    picked.map(({ customerId, email, language, turn }) => {
      const waveId = waves.get(turn)!;
      return {
        // The same customer in the same wave is the same invitation, whatever else goes wrong.
        id: idOf("invitation", waveId, customerId),
        customerId,
        waveId,
        channel: "email",
        language: chooseLanguage(survey.content, [language]),
        recipient: email,
        sendAfter: now,
        sourceId: null,
      };
    }),
    now,
  );
}

/** The ids of the waves of these turns; made where they are new. */
async function ensureWaves(
  db: Database,
  survey: AskingSurvey,
  turns: ReadonlySet<number>,
): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  for (const turn of [...turns].sort((a, b) => a - b)) {
    const { name, startsAt, endsAt } = waveOf(survey, turn);
    const id = idOf("wave", survey.id, name);
    await sql`
      insert into waves (workspace_id, id, survey_id, number, starts_at, ends_at)
      select ${survey.workspaceId}::uuid, ${id}::uuid, ${survey.id}::uuid, coalesce(max(number), 0) + 1,
        ${startsAt}::timestamptz, ${endsAt}::timestamptz
      from waves where survey_id = ${survey.id}::uuid
      on conflict (id) do nothing`.execute(db);
    ids.set(turn, id);
  }
  return ids;
}
