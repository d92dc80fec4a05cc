import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { selectResponses } from "../../collect/list-responses.ts";
import { type Category, categoryOf } from "../../collect/response.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { followChangedAnswer } from "./follow-changed-answer.ts";
import { type InboxSettings, readInboxSettings } from "./inbox-settings.ts";
import { lockCasesOf } from "./lock-cases.ts";
import { noteChange } from "./note-change.ts";
import { openCase } from "./open-case.ts";
import { replyDue } from "./reply-due.ts";

/** Answers that were given longer ago are history that somebody sends us, and nobody waits for a reply. */
const recent = 7 * 24 * 3_600_000;

/** An answer as the inbox needs it. */
export interface HeardAnswer {
  workspaceId: string;
  customerId: string;
  id: string;
  score: number;
  comment: string | null;
  at: Date;
}

/**
 * What the inbox does with answers: the next answer of a customer closes the loop of their cases, and a detractor's opens
 * one, or wakes the one that is open. Answers of imports are not in the job, those of anonymous surveys have no customer.
 */
export async function followAnswers(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, responses, isChange = false }: Jobs["response-recorded"],
): Promise<void> {
  if (responses.length === 0) return;
  const settings = await readInboxSettings(db, workspaceId);
  const now = clock.now();
  const answers = await readAnswers(db, workspaceId, responses);
  const waiting = await whoWaits(
    db,
    answers.map(({ customerId }) => customerId),
  );
  const isLow = ({ score }: HeardAnswer) =>
    settings.rules.detractor.enabled && score <= settings.rules.detractor.upTo;
  for (const seen of answers) {
    const opens = isLow(seen) && now.getTime() - seen.at.getTime() <= recent;
    const since = waiting.get(seen.customerId);
    if (!opens && !isChange && !(since && since < seen.at)) continue;
    if (opens && !since) waiting.set(seen.customerId, seen.at);
    await inTransaction(db, async (db) => {
      await lockWorkspace(db, workspaceId, "shared");
      // Its customer may have been merged or erased a moment ago.
      const [answer] = await readAnswers(db, workspaceId, [seen]);
      if (!answer) return;
      await lockCasesOf(db, answer.customerId);
      if (isChange && (await followChangedAnswer(db, answer, { isLow: isLow(answer), settings, now })))
        return;
      await closeLoops(db, answer, now);
      if (opens && !(await wakeCase(db, answer, { settings, now })))
        await openCase(db, { ...caseOf(answer), now });
    });
  }
}

/** The case that a detractor's answer opens. */
function caseOf({ workspaceId, customerId, id, score, comment }: HeardAnswer) {
  return {
    workspaceId,
    customerId,
    id: caseIdOf(id),
    openedBy: "detractor" as const,
    title: titleOf(score, comment),
    responseId: id,
    scoreBefore: score,
  };
}

/** The case of an answer, whether or not it was opened. */
export const caseIdOf = (responseId: string) => idOf("case", "detractor", responseId);

/** What a list shows of an answer, in no language but the customer's. */
export function titleOf(score: number, comment: string | null): string {
  const text = comment?.replaceAll(/\s+/g, " ").trim() ?? "";
  if (text === "") return `${score}/10`;
  return text.length > 160 ? `${text.slice(0, 159).toWellFormed()}…` : text;
}

const ranks: Record<Category, number> = { detractor: 0, passive: 1, promoter: 2 };

/** Whether an answer says that things are better, or as good as they can be. */
export function isBetter(before: number | null, after: number): boolean {
  const category = categoryOf(after);
  if (before === null) return category === "promoter";
  return category === "promoter" || ranks[category] > ranks[categoryOf(before)];
}

async function readAnswers(
  db: Database,
  workspaceId: string,
  named: readonly { customerId: string; id: string }[],
): Promise<HeardAnswer[]> {
  const read = (customers: string[], ids: string[]) =>
    selectResponses(db, workspaceId)
      .innerJoin("surveys as s", "s.id", "r.surveyId")
      .where("r.customerId", "in", customers)
      .where("r.id", "in", ids)
      .where("s.anonymous", "=", false)
      .orderBy("r.at")
      .execute();
  const rows = await read(
    named.map(({ customerId }) => customerId),
    named.map(({ id }) => id),
  );
  const found = new Set(rows.map(({ id }) => id));
  for (const { customerId, id } of named) {
    if (found.has(id)) continue;
    const current = await currentCustomer(db, customerId);
    if (current !== customerId) rows.push(...(await read([current], [id])));
  }
  return rows
    .filter(({ anonymous, importId }) => anonymous === false && importId === null)
    .map(({ customerId, id, score, comment, at }) => ({ workspaceId, customerId, id, score, comment, at }));
}

/** Since when the first case of each of these customers waits for their next answer; who has none is not in it. */
async function whoWaits(db: Database, customerIds: readonly string[]): Promise<Map<string, Date>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("cases as c")
    .leftJoin("responses as r", (join) =>
      join.onRef("r.customerId", "=", "c.customerId").onRef("r.id", "=", "c.responseId"),
    )
    .select((eb) => ["c.customerId", eb.fn.min<Date>(eb.fn.coalesce("r.at", "c.openedAt")).as("since")])
    .where("c.customerId", "in", customerIds)
    .where("c.nextResponseId", "is", null)
    .groupBy("c.customerId")
    .execute();
  return new Map(rows.map(({ customerId, since }) => [customerId, since]));
}

/** Writes this answer into the cases that waited for the next one. */
async function closeLoops(db: Database, answer: HeardAnswer, now: Date): Promise<void> {
  const waiting = await db
    .selectFrom("cases as c")
    .leftJoin("responses as r", (join) =>
      join.onRef("r.customerId", "=", "c.customerId").onRef("r.id", "=", "c.responseId"),
    )
    .select(["c.id", "c.scoreBefore"])
    .where("c.customerId", "=", answer.customerId)
    .where("c.nextResponseId", "is", null)
    .where((eb) => eb.or([eb("c.responseId", "is", null), eb("c.responseId", "!=", answer.id)]))
    .where((eb) => eb(eb.fn.coalesce("r.at", "c.openedAt"), "<", answer.at))
    .execute();
  for (const { id, scoreBefore } of waiting) {
    await db
      .updateTable("cases")
      .set({
        nextResponseId: answer.id,
        scoreAfter: answer.score,
        recovered: isBetter(scoreBefore, answer.score),
        updatedAt: now,
      })
      .where("customerId", "=", answer.customerId)
      .where("id", "=", id)
      .execute();
    await noteAnswer(db, answer, { caseId: id, scoreBefore, now });
  }
}

async function noteAnswer(
  db: Database,
  { workspaceId, customerId, id, score }: HeardAnswer,
  { caseId, scoreBefore, now }: { caseId: string; scoreBefore: number | null; now: Date },
): Promise<void> {
  await noteChange(
    db,
    { workspaceId, customerId, caseId },
    {
      id: idOf("answered", caseId, id),
      what: "answered",
      byId: null,
      at: now,
      fromValue: scoreBefore === null ? null : String(scoreBefore),
      toValue: String(score),
    },
  );
}

/** One customer has one case in hand: where one is not closed, a low answer brings it back to the top. */
async function wakeCase(
  db: Database,
  answer: HeardAnswer,
  { settings, now }: { settings: InboxSettings; now: Date },
): Promise<boolean> {
  const inHand = await db
    .selectFrom("cases")
    .select(["id", "state", "responseId", "scoreAfter", "scoreBefore", "firstReplyAt", "dueAt"])
    .where("customerId", "=", answer.customerId)
    .where("state", "!=", "closed")
    .where("openedBy", "!=", "task")
    .orderBy("openedAt", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!inHand) return false;
  // The job came twice.
  if (inHand.responseId === answer.id) return true;
  const caseId = inHand.id;
  await noteAnswer(db, answer, { caseId, scoreBefore: inHand.scoreAfter ?? inHand.scoreBefore, now });
  // Who waits already keeps the time they have.
  const isOwed = inHand.state === "open" || !inHand.firstReplyAt;
  const dueAt = isOwed && inHand.dueAt ? inHand.dueAt : await replyDue(db, answer.workspaceId, settings, now);
  await db
    .updateTable("cases")
    .set({ state: "open", snoozedUntil: null, dueAt, updatedAt: now })
    .where("customerId", "=", answer.customerId)
    .where("id", "=", caseId)
    .execute();
  if (inHand.state !== "open")
    await noteChange(
      db,
      { workspaceId: answer.workspaceId, customerId: answer.customerId, caseId },
      { what: "state", byId: null, at: now, fromValue: inHand.state, toValue: "open" },
    );
  return true;
}
