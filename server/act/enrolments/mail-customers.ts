import { sql } from "kysely";
import { lockContactBudget, reserveContacts } from "../../collect/asking/contact-budget.ts";
import { nextForCustomer } from "../../collect/asking/hours.ts";
import { contactIdOf } from "../../collect/asking/invitation.ts";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { type ComposedMail, composeMail, type MailWish } from "../content/compose-mail.ts";
import { readSender } from "../content/read-sender.ts";
import { noteTold } from "../incentives/give-back-codes.ts";
import { incentiveIdOf } from "./tell-and-give.ts";
import { queueMessages } from "../messages/queue-message.ts";
import type { StepOf } from "../plays/play-step.ts";
import { readLastContacts, restsUntil } from "./contact-times.ts";
import { day } from "./playing.ts";
import { type DueRun, laterOrSkip, type Outcome, type Outcomes } from "./under-way.ts";

type Code = NonNullable<MailWish["code"]> & { incentiveId: string };

/**
 * Writes the mails of steps, each to its customer and at their hours, once they have rested; the days before a customer is
 * asked stay free, so that those who get the play are asked when the others are. In the caller's transaction.
 */
export async function mailCustomers(
  db: Database,
  resources: Resources,
  runs: readonly DueRun[],
  now: Date,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const customers = runs.map(({ customerId }) => customerId);
  const asks = await readAsksAhead(db, runs);
  const before = await readLastContacts(db, customers);
  const codes = await readCodes(db, runs);
  const composed: { run: DueRun; mail: ComposedMail; messageId: string }[] = [];
  for (const run of runs) {
    const held = holdBack(run, { last: before(run.customerId).any, ask: asks.get(run.enrolmentId), now });
    if (held) {
      outcomes.set(run.id, held);
      continue;
    }
    const step = stepOf(run);
    const messageId = idOf("message", run.id);
    const { workspaceId } = run.play;
    const code = codes.get(run.enrolmentId);
    const mail = await composeMail(db, resources, {
      workspaceId,
      customerId: run.customerId,
      messageId,
      step,
      ...(code && { code }),
      now,
    });
    if ("skip" in mail) outcomes.set(run.id, { state: "skipped", reason: mail.skip, next: step.next });
    else composed.push({ run, mail, messageId });
  }
  if (composed.length === 0) return outcomes;

  // Only now, because others wait for it: between a look and the note of it nobody else spends the budget.
  const { workspaceId } = composed[0]!.run.play;
  await lockContactBudget(db, workspaceId);
  const last = await readLastContacts(db, customers);
  const company = (await readSender(db, workspaceId))?.company ?? null;
  const ready = composed.filter(({ run }) => {
    const held = holdBack(run, { last: last(run.customerId).any, ask: asks.get(run.enrolmentId), now });
    if (held) outcomes.set(run.id, held);
    return !held;
  });
  for (const some of Map.groupBy(ready, ({ run }) => run.play.definition.restDays).values()) {
    const { restDays } = some[0]!.run.play.definition;
    const contacts = some.map(({ run, messageId }) => ({
      customerId: run.customerId,
      id: contactIdOf(messageId, 0),
      at: now,
      kind: "play" as const,
      surveyId: null,
      sourceId: run.id,
    }));
    const reserved = new Set(await reserveContacts(db, workspaceId, contacts, { restDays }));
    const mails = some.filter(({ run }) => {
      // Of two mails to one customer at this moment the other was first.
      if (reserved.delete(run.customerId)) return true;
      outcomes.set(run.id, laterOrSkip(run, restsUntil(now, restDays), "rest", stepOf(run).next));
      return false;
    });
    await queueMessages(
      db,
      mails.map(({ run, mail, messageId }) => ({
        workspaceId,
        customerId: run.customerId,
        id: messageId,
        state: "queued" as const,
        sendAfter: now,
        language: mail.language,
        sender: { ...run.play.definition.sender, name: run.play.definition.sender.name ?? company },
        recipient: run.person.email!,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        enrolmentId: run.enrolmentId,
        stepRunId: run.id,
        playId: run.play.id,
        content: mail.content,
        now,
      })),
    );
    await noteTold(
      db,
      mails.flatMap(({ run: { customerId, enrolmentId }, mail, messageId }) => {
        const incentiveId = mail.tellsCode ? codes.get(enrolmentId)?.incentiveId : undefined;
        return incentiveId === undefined ? [] : [{ customerId, incentiveId, messageId }];
      }),
    );
    for (const { run, mail, messageId } of mails) {
      const result = { messageId, language: mail.language, content: mail.content, feature: mail.feature };
      outcomes.set(run.id, { state: "done", next: stepOf(run).next, result });
    }
  }
  return outcomes;
}

/** Why a customer gets no mail now; undefined when they may. */
function holdBack(
  run: DueRun,
  { last, ask, now }: { last: Date | null; ask: Date | undefined; now: Date },
): Outcome | undefined {
  const { person, play } = run;
  const { next } = stepOf(run);
  const { hours, restDays } = play.definition;
  if (person.email === null) return { state: "skipped", reason: "no_address", next };
  if (person.bounced) return { state: "skipped", reason: "bounced", next };
  const rested = restsUntil(last, restDays);
  const free =
    ask !== undefined && now.getTime() + restDays * day > ask.getTime() ? restsUntil(ask, restDays) : now;
  const earliest = new Date(Math.max(rested.getTime(), free.getTime(), now.getTime()));
  const { workspaceTimeZone } = play;
  const opens = nextForCustomer({ settings: { hours }, workspaceTimeZone }, person.timeZone, earliest);
  if (opens <= now) return undefined;
  return laterOrSkip(run, opens, rested > now ? "rest" : free > now ? "ask_ahead" : "hours", next);
}

/** When each of these enrolments is asked next, where that is planned. */
async function readAsksAhead(db: Database, runs: readonly DueRun[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select enrolment_id as id, min(due_at) as at from step_runs
    where customer_id = any (${runs.map(({ customerId }) => customerId)}::uuid[])
      and enrolment_id = any (${runs.map(({ enrolmentId }) => enrolmentId)}::uuid[]) and kind = 'ask' and state = 'due'
    group by enrolment_id`.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

interface StoredCode {
  code: string;
  worth: string;
  expiresAt: string | null;
}

/** What steps before have handed out, by enrolment. */
async function readCodes(db: Database, runs: readonly DueRun[]): Promise<Map<string, Code>> {
  const { rows } = await sql<{ id: string; runId: string; result: StoredCode }>`
    select distinct on (enrolment_id) enrolment_id as id, id as "runId", result from step_runs
    where customer_id = any (${runs.map(({ customerId }) => customerId)}::uuid[])
      and enrolment_id = any (${runs.map(({ enrolmentId }) => enrolmentId)}::uuid[]) and kind = 'code' and state = 'done'
    order by enrolment_id, done_at desc, step_runs.id`.execute(db);
  return new Map(
    rows.map(({ id, runId, result: { code, worth, expiresAt } }) => [
      id,
      {
        code,
        worth,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
        incentiveId: incentiveIdOf(runId),
      },
    ]),
  );
}

function stepOf({ play, step }: DueRun): StepOf<"email"> {
  return play.steps.get(step) as StepOf<"email">;
}
