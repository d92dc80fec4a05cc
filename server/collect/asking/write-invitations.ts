import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import { reserveContacts } from "./contact-budget.ts";
import { contactIdOf, type Invitation } from "./invitation.ts";
import { countInvitations } from "./invitation-days.ts";

/** An invitation on its way into the database. */
export interface InvitationRow {
  id: string;
  customerId: string;
  waveId: string | null;
  channel: Invitation["channel"];
  language: string;
  recipient: string | null;
  sendAfter: Date;
  sourceId: string | null;
}

const day = 24 * 3600 * 1000;
/** Invitations in one job: few enough that slow mail servers let it end in time. */
const perJob = 100;

/**
 * Stores invitations for those customers that have rested, with their contacts and the jobs that send them. In the
 * caller's transaction, which holds the lock of the contact budget.
 * @returns those that were made
 */
export async function writeInvitations(
  db: Database,
  survey: PublishedSurvey,
  invitations: readonly InvitationRow[],
  now: Date,
  { restDays = survey.settings.restDays }: { restDays?: number } = {},
): Promise<{ customerId: string; id: string }[]> {
  const contacts = invitations.map(({ id, customerId, sendAfter }) => ({
    customerId,
    id: contactIdOf(id, 0),
    at: sendAfter,
    kind: "invitation" as const,
    surveyId: survey.id,
    sourceId: id,
  }));
  const reserved = new Set(await reserveContacts(db, survey.workspaceId, contacts, { restDays }));
  const made = await insert(
    db,
    survey,
    // Of two for one customer the first has the contact.
    invitations.filter(({ customerId }) => reserved.delete(customerId)),
    now,
  );
  const sendAfter = new Map(invitations.map((invitation) => [invitation.id, invitation.sendAfter]));
  await countInvitations(
    db,
    made.filter(({ channel }) => channel !== "email"),
    "added",
  );
  const mails = made.filter(({ channel }) => channel === "email");
  for (let i = 0; i < mails.length; i += perJob) {
    const some = mails.slice(i, i + perJob).map(({ customerId, id }) => ({ customerId, id }));
    const latest = new Date(Math.max(...some.map(({ id }) => sendAfter.get(id)!.getTime())));
    await send(
      db,
      "send-invitations",
      { workspaceId: survey.workspaceId, invitations: some },
      latest > now ? { startAfter: latest } : {},
    );
  }
  return made;
}

async function insert(
  db: Database,
  { workspaceId, id: surveyId, version, settings }: PublishedSurvey,
  invitations: readonly InvitationRow[],
  now: Date,
): Promise<{ customerId: string; id: string; channel: Invitation["channel"] }[]> {
  if (invitations.length === 0) return [];
  const rows = invitations.map((invitation) => ({
    ...invitation,
    // A link to show is in the hands of whoever asked for it; only mails are still to be sent.
    state: invitation.channel === "email" ? "queued" : "sent",
    sentAt: invitation.channel === "email" ? null : now,
    expiresAt: new Date(invitation.sendAfter.getTime() + settings.openDays * day),
  }));
  const { rows: made } = await sql<{ customerId: string; id: string; channel: Invitation["channel"] }>`
    insert into invitations (workspace_id, survey_id, version, created_at, customer_id, id, wave_id, channel, language,
      state, recipient, send_after, sent_at, expires_at, source_id)
    select ${workspaceId}::uuid, ${surveyId}::uuid, ${version}::integer, ${now}::timestamptz, "customerId", id, "waveId",
      channel, language, state, recipient, "sendAfter", "sentAt", "expiresAt", "sourceId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, id uuid, "waveId" uuid, channel text,
      language text, state text, recipient text, "sendAfter" timestamptz, "sentAt" timestamptz, "expiresAt" timestamptz,
      "sourceId" text)
    on conflict do nothing returning customer_id as "customerId", id, channel`.execute(db);
  return made;
}
