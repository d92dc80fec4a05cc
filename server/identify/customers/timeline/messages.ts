import { sql } from "kysely";
import { hasFate, type InvitationFate, invitationFates } from "../../../collect/asking/invitation-fate.ts";
import type { Database } from "../../../platform/database/open.ts";
import type { TimelineItem, Wanted } from "./timeline.ts";
import { until } from "./until.ts";

/** What was sent to the customer and what became of it, and when they wanted no more of it. */
export async function readMessages(db: Database, wanted: Wanted): Promise<TimelineItem[]> {
  const found = await Promise.all([
    invitations(db, wanted),
    reminders(db, wanted),
    suppressions(db, wanted),
    complaints(db, wanted),
  ]);
  return found.flat();
}

async function invitations(
  db: Database,
  { workspaceId, customerId, upTo, limit, clock }: Wanted,
): Promise<TimelineItem[]> {
  const fates = invitationFates.map((fate) => sql`when ${hasFate(fate, clock.now())} then ${fate}::text`);
  const { rows } = await sql<{
    id: string;
    at: Date;
    surveyId: string;
    name: string;
    channel: "email" | "api";
    fate: InvitationFate;
    reason: string | null;
    openedAt: Date | null;
  }>`
    select i.id, i.at, i.survey_id as "surveyId", s.name, i.channel, i.reason, i.opened_at as "openedAt",
      case ${sql.join(fates, sql` `)} end as fate
    from (select *, coalesce(sent_at, created_at) as at from invitations where customer_id = ${customerId}::uuid) i
      join surveys s on s.id = i.survey_id
    where i.workspace_id = ${workspaceId}::uuid and ${until("i.at", upTo)}
    order by i.at desc, i.id desc limit ${limit}`.execute(db);
  const shown = ({ at, surveyId, name, openedAt, ...row }: (typeof rows)[number]) => ({
    kind: "invitation" as const,
    ...row,
    at: at.toISOString(),
    survey: { id: surveyId, name },
    openedAt: openedAt?.toISOString() ?? null,
  });
  return rows.map(shown);
}

/** Those that went out: a contact that lies ahead waits to be sent. */
async function reminders(
  db: Database,
  { workspaceId, customerId, upTo, limit, clock }: Wanted,
): Promise<TimelineItem[]> {
  const { rows } = await sql<{ id: string; at: Date; surveyId: string; name: string; invitationId: string }>`
    select k.id, k.at, k.survey_id as "surveyId", s.name, k.source_id as "invitationId"
    from contacts k join surveys s on s.id = k.survey_id
    where k.workspace_id = ${workspaceId}::uuid and k.customer_id = ${customerId}::uuid and k.kind = 'reminder'
      and k.source_id is not null and k.at <= ${clock.now()}::timestamptz and ${until("k.at", upTo)}
    order by k.at desc, k.id desc limit ${limit}`.execute(db);
  const shown = ({ at, surveyId, name, ...row }: (typeof rows)[number]) => ({
    kind: "reminder" as const,
    ...row,
    at: at.toISOString(),
    survey: { id: surveyId, name },
  });
  return rows.map(shown);
}

async function suppressions(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const keys = await db
    .selectFrom("customerKeys")
    .select("key")
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where("key", "like", "email:%")
    .execute();
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom("suppressions")
    .select(["key", "at", "reason", "source"])
    .where("workspaceId", "=", workspaceId)
    .where(
      "key",
      "in",
      keys.map(({ key }) => key),
    )
    .where(until("at", upTo))
    .orderBy("at", "desc")
    .limit(limit)
    .execute();
  const shown = ({ key, at, ...row }: (typeof rows)[number]) => ({
    kind: "suppression" as const,
    id: key,
    address: key.slice("email:".length),
    at: at.toISOString(),
    ...row,
  });
  return rows.map(shown);
}

async function complaints(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const { rows } = await sql<{ id: string; at: Date; what: "opened" | "closed"; note: string | null }>`
    select k.id, t.at, t.what, k.note
    from complaints k cross join lateral (values (k.opened_at, 'opened'), (k.closed_at, 'closed')) as t (at, what)
    where k.workspace_id = ${workspaceId}::uuid and k.customer_id = ${customerId}::uuid and t.at is not null
      and ${until("t.at", upTo)}
    order by t.at desc limit ${limit}`.execute(db);
  const shown = ({ id, at, ...row }: (typeof rows)[number]) => ({
    kind: "complaint" as const,
    id: `${id} ${row.what}`,
    at: at.toISOString(),
    ...row,
  });
  return rows.map(shown);
}
