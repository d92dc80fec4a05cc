import { sql } from "kysely";
import { planPlay } from "../act/plays/play-plan.ts";
import { renderText } from "../collect/texts/render-text.ts";
import { accountIdOf } from "../collect/customer.ts";
import type { Database } from "../platform/database/open.ts";
import { idOf } from "../platform/ids.ts";
import { placeOf } from "../statistics/assignment.ts";
import type { SimulatedPlay } from "./simulate-plays.ts";

const minute = 60_000;
const atOnce = 2_000;

/**
 * Stores plays with their past as publishing, entering, mailing and settling would have left it: the version, who entered
 * when in which arm, the mail and its step, and whether the goal was reached. What became of each is written down by the job
 * that does it for everybody.
 */
export async function storePlays(
  db: Database,
  workspaceId: string,
  { plays, ids, now }: { plays: readonly SimulatedPlay[]; ids: ReadonlyMap<string, string>; now: Date },
): Promise<void> {
  for (const play of plays) {
    const playId = playIdOf(workspaceId, play.key);
    await storePlay(db, { workspaceId, playId }, play, now);
    const rows = play.enrolments.map((enrolment) =>
      rowOf({ workspaceId, playId, customerId: ids.get(enrolment.customer.id)! }, play, enrolment),
    );
    for (let i = 0; i < rows.length; i += atOnce)
      await insertEnrolments(db, { workspaceId, playId }, rows.slice(i, i + atOnce), now);
  }
}

/** Plays belong to whom the sample company belongs to, and so do its decisions. */
export async function creditDecisions(db: Database, workspaceId: string, personId: string): Promise<void> {
  await sql`
    update plays set owner_id = ${personId}::uuid, created_by = ${personId}::uuid,
      decided_by = case when decision is not null then ${personId}::uuid end
    where workspace_id = ${workspaceId}::uuid`.execute(db);
  await sql`
    insert into play_decisions (workspace_id, play_id, id, decision, decided_by, at, figures)
    select workspace_id, id, id, decision, decided_by, decided_at, '{}' from plays
    where workspace_id = ${workspaceId}::uuid and decision is not null`.execute(db);
}

/** The id of a sample play is known before it is stored. */
export function playIdOf(workspaceId: string, key: string): string {
  return idOf(workspaceId, "play", key);
}

interface Place {
  workspaceId: string;
  playId: string;
}

async function storePlay(db: Database, { workspaceId, playId }: Place, play: SimulatedPlay, now: Date) {
  const { name, state, definition, baseline, startedAt, decision } = play;
  const isDraft = state === "draft";
  const planned = planPlay(definition, { baseline, designEffect: 1, now: startedAt });
  const decidedAt = decision ? new Date(now.getTime() - 9 * 24 * 60 * minute) : null;
  await db
    .insertInto("plays")
    .values({
      workspaceId,
      id: playId,
      name,
      state,
      version: isDraft ? 0 : 1,
      draft: isDraft ? JSON.stringify(definition) : null,
      draftAt: isDraft ? startedAt : null,
      salt: idOf(playId, "salt"),
      createdAt: startedAt,
      liveSince: isDraft ? null : startedAt,
      planned: isDraft ? null : JSON.stringify(planned),
      decision: decision ?? null,
      decidedAt,
    })
    .execute();
  if (isDraft) return;
  await db
    .insertInto("playVersions")
    .values({
      workspaceId,
      playId,
      number: 1,
      definition: JSON.stringify(definition),
      publishedAt: startedAt,
    })
    .execute();
}

function rowOf(
  { workspaceId, playId, customerId }: Place & { customerId: string },
  { definition }: SimulatedPlay,
  { customer, arm, enteredAt, due, scoreBefore, reachedAt }: SimulatedPlay["enrolments"][number],
) {
  const id = idOf(playId, customerId, "1");
  const text = mailOf(definition, customer);
  return {
    customerId,
    id,
    unitId: definition.assign === "account" ? accountIdOf(workspaceId, customer.account.id) : customerId,
    place: placeOf(playId, idOf(playId, "salt"), customerId),
    arm,
    enteredAt,
    due,
    scoreBefore,
    category: scoreBefore >= 9 ? "promoter" : scoreBefore >= 7 ? "passive" : "detractor",
    plan: customer.account.traits.plan,
    isSettled: reachedAt !== undefined,
    reachedAt: reachedAt ?? null,
    runId: idOf(id, "mail", "1"),
    sentAt: new Date(enteredAt.getTime() + 2 * minute),
    language: customer.language,
    recipient: customer.email,
    subject: text.subject,
    text: text.body,
  };
}

type Row = ReturnType<typeof rowOf>;

function mailOf({ steps }: SimulatedPlay["definition"], customer: { name: string; language: "en" | "de" }) {
  const step = steps.find((each) => each.kind === "email");
  const words = step?.kind === "email" ? step.languages[customer.language] : undefined;
  if (!words) return { subject: "", body: "" };
  const [firstName = ""] = customer.name.split(" ");
  return { subject: words.subject, body: renderText(words.body, { customer: { firstName } }) };
}

async function insertEnrolments(
  db: Database,
  { workspaceId, playId }: Place,
  rows: readonly Row[],
  now: Date,
) {
  await sql`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r ("customerId" uuid, id uuid, "unitId" uuid, place float8,
        arm text, "enteredAt" timestamptz, due timestamptz, "scoreBefore" smallint, category text, plan text, "isSettled" boolean,
        "reachedAt" timestamptz, "runId" uuid, "sentAt" timestamptz, language text, recipient text, subject text, text text)
    ), entered as (
      insert into enrolments (workspace_id, customer_id, id, play_id, version, unit_id, place, arm, entered_at, score_before,
        category_before, plan_before, state, ended_at, result_due, goal_at, reached, settled_at)
      select ${workspaceId}::uuid, "customerId", id, ${playId}::uuid, 1, "unitId", place, arm, "enteredAt", "scoreBefore", category,
        plan, 'done', least("enteredAt" + interval '7 days', ${now}::timestamptz), due, "reachedAt",
        case when "isSettled" then "reachedAt" is not null end, case when "isSettled" then due end
      from given
    ), ran as (
      insert into step_runs (workspace_id, customer_id, id, enrolment_id, play_id, version, step, kind, state, due_at, attempts,
        done_at, went)
      select ${workspaceId}::uuid, "customerId", "runId", id, ${playId}::uuid, 1, 'mail', 'email', 'done', "enteredAt", 1,
        "sentAt", 'wait'
      from given where arm = 'treated'
    )
    insert into messages (workspace_id, customer_id, id, direction, enrolment_id, step_run_id, play_id, state, language, recipient,
      subject, text, message_id, created_at, send_after, attempts, sent_at)
    select ${workspaceId}::uuid, "customerId", "runId", 'out', id, "runId", ${playId}::uuid, 'sent', language, recipient, subject,
      text, "runId" || '@larkfield.example', "enteredAt", "enteredAt", 1, "sentAt"
    from given where arm = 'treated'`.execute(db);
}

/** Ids of customers by those that their company has for them. */
export async function customerIds(db: Database, workspaceId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("customers")
    .select(["id", "externalId"])
    .where("workspaceId", "=", workspaceId)
    .where("externalId", "is not", null)
    .execute();
  return new Map(rows.map(({ id, externalId }) => [externalId!, id]));
}
