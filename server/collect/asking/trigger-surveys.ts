import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { idOf, newId } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { chooseLanguage } from "../surveys/complete-texts.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../surveys/published-survey.ts";
import { asks } from "./ask-batch.ts";
import { lockContactBudget } from "./contact-budget.ts";
import { readCapLeft } from "./daily-cap.ts";
import { ensureCustomer } from "./ensure-customer.ts";
import { fitsAudience } from "./fits-audience.ts";
import { findHold } from "./find-hold.ts";
import { nextForCustomer } from "./hours.ts";
import { findNamedInvitation, nameInvitation } from "./named-invitation.ts";
import type { NewTrigger, TriggerOutcome } from "./new-invitation.ts";
import type { Segments } from "./segments.ts";
import { isSampled } from "./turn.ts";
import { writeInvitations } from "./write-invitations.ts";

const hour = 3600 * 1000;
const day = 24 * hour;
/** Nobody is asked about something that happened longer ago than this. */
const mostLate = 14 * day;

type HeldReason = TriggerOutcome["held"][number]["reason"];

interface Occasion {
  workspaceId: string;
  customerId: string;
  /** Names the event: the same again asks nobody twice. */
  name: string;
  isNamed: boolean;
  at: Date;
  now: Date;
}

/**
 * Has every live survey that waits for this event ask the customer, after its delay and within its hours. The contact is
 * reserved at once, so that no other survey asks in the meantime.
 */
export async function triggerSurveys(
  { database, clock }: Pick<Resources, "database" | "clock">,
  segments: Segments,
  workspaceId: string,
  { event, customer, id, at: given }: NewTrigger,
): Promise<TriggerOutcome> {
  return inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await lockContactBudget(db, workspaceId);
    const now = clock.now();
    const at = given ?? now;
    if (at.getTime() > now.getTime() + day)
      throw new Refusal(
        "bad_input",
        `at: ${at.toISOString()} lies in the future; send the event when it happens.`,
      );
    const customerId = await ensureCustomer(db, clock, workspaceId, customer);
    const occasion = { workspaceId, customerId, name: id ?? newId(clock), isNamed: Boolean(id), at, now };
    return askAll(db, segments, event, occasion);
  });
}

/** Something a customer did, as it was recorded. */
export interface RecordedOccasion {
  event: string;
  customerId: string;
  id: string;
  at: Date;
}

/** The same for an event that was recorded; of a customer who is not there any more nobody is asked. */
export async function askAfterEvent(
  { database, clock }: Pick<Resources, "database" | "clock">,
  segments: Segments,
  workspaceId: string,
  { event, customerId: before, id, at }: RecordedOccasion,
): Promise<void> {
  await inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await lockContactBudget(db, workspaceId);
    const customerId = await currentCustomer(db, before);
    const customer = await db
      .selectFrom("customers")
      .select("id")
      .where("id", "=", customerId)
      .where("workspaceId", "=", workspaceId)
      .executeTakeFirst();
    if (!customer) return;
    const occasion = { workspaceId, customerId, name: `event:${id}`, isNamed: true, at, now: clock.now() };
    await askAll(db, segments, event, occasion);
  });
}

async function askAll(
  db: Database,
  segments: Segments,
  event: string,
  occasion: Occasion,
): Promise<TriggerOutcome> {
  const { workspaceId, customerId } = occasion;
  const outcome: TriggerOutcome = { customerId, invited: [], held: [] };
  for (const surveyId of await surveysAfter(db, workspaceId, event)) {
    const survey = await readPublishedSurvey(db, surveyId);
    if (!survey || !asks(survey)) continue;
    const result = await askAfter(db, segments, survey, occasion);
    if (typeof result === "string") outcome.held.push({ surveyId, reason: result });
    else outcome.invited.push({ surveyId, ...result });
  }
  return outcome;
}

/** The events after which surveys of a workspace ask. */
export async function awaitedEvents(db: Database, workspaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("surveys")
    .select(sql<string>`settings -> 'rhythm' ->> 'event'`.as("event"))
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "live")
    .where(sql<boolean>`settings -> 'rhythm' ->> 'kind' = 'after'`)
    .execute();
  return rows.map(({ event }) => event);
}

async function surveysAfter(db: Database, workspaceId: string, event: string): Promise<string[]> {
  const rows = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "live")
    .where(sql<boolean>`settings -> 'rhythm' ->> 'kind' = 'after'`)
    .where(sql<boolean>`settings -> 'rhythm' ->> 'event' = ${event}`)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

async function askAfter(
  db: Database,
  segments: Segments,
  survey: PublishedSurvey,
  occasion: Occasion,
): Promise<Omit<TriggerOutcome["invited"][number], "surveyId"> | HeldReason> {
  const { workspaceId, customerId, name, isNamed, at, now } = occasion;
  const id = idOf(workspaceId, "trigger", survey.id, name);
  const named = isNamed ? await findNamedInvitation(db, workspaceId, id) : undefined;
  if (named) return { id, sendAfter: named.sendAfter.toISOString(), known: true };
  const { rhythm } = survey.settings;
  const delay = rhythm.kind === "after" ? rhythm.delayHours * hour : 0;
  const wanted = new Date(Math.max(at.getTime() + delay, now.getTime()));
  if (wanted.getTime() - at.getTime() - delay > mostLate) return "too_late";
  if (!(await isMeant(db, segments, survey, { customerId, now }))) return "not_in_audience";
  const standing = await findHold(db, survey, { customerId, channel: "email", at: wanted, now });
  if (standing.held) return standing.held;
  if (!(await isChosen(db, survey, customerId, name))) return "not_sampled";
  const sendAfter = nextForCustomer(survey, standing.timeZone, wanted);
  if ((await readCapLeft(db, survey, sendAfter)) === 0) return "cap";
  await writeInvitations(
    db,
    survey,
    [
      {
        id,
        customerId,
        waveId: null,
        channel: "email",
        language: chooseLanguage(survey.content, [standing.language]),
        recipient: standing.email,
        sendAfter,
        sourceId: isNamed ? name : null,
      },
    ],
    now,
  );
  if (isNamed) await nameInvitation(db, workspaceId, { customerId, id });
  return { id, sendAfter: sendAfter.toISOString(), known: false };
}

async function isMeant(
  db: Database,
  segments: Segments,
  { workspaceId, settings: { audience } }: PublishedSurvey,
  { customerId, now }: { customerId: string; now: Date },
): Promise<boolean> {
  const fits = await fitsAudience(db, segments, { workspaceId, audience }, { now, among: [customerId] });
  const { rows } = await sql`
    select from customers c where c.id = ${customerId}::uuid and ${fits}`.execute(db);
  return rows.length > 0;
}

async function isChosen(
  db: Database,
  survey: PublishedSurvey,
  customerId: string,
  occasion: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from customers c
    where c.id = ${customerId}::uuid and ${isSampled(survey, occasion, sql`0`)}`.execute(db);
  return rows.length > 0;
}
