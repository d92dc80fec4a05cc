import { CompiledQuery, type Selectable } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { ResponsesTable } from "../../platform/database/schema.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { insertScoreChanges } from "../insert-score-changes.ts";
import type { GivenAnswer } from "../record-responses.ts";
import { foldLater } from "../recording-sql.ts";
import { dayOf, scoreChanges } from "../score-days.ts";
import { randomUuid } from "./random-uuid.ts";

export interface ChangeOptions {
  /** How long after it was given an answer can be changed. */
  changeDays: number;
  /** Nobody was seen: such an answer is never the reason to change one. */
  unseen?: boolean;
}

type StoredResponse = Selectable<ResponsesTable>;

const minute = 60_000;
const day = 24 * 60 * minute;
/** So long an answer is still being given: moving the score is not yet a change of mind. */
const givingTakes = 10 * minute;

/**
 * Changes the stored answer that has this id into this one: its counts move, what it was stays as history, and the news
 * goes out again. A provisional answer changes only provisional ones.
 * @returns "closed" when the time for changes is over, "gone" when there is no such answer
 */
export async function changeAnswer(
  db: Database,
  clock: Clock,
  answer: GivenAnswer,
  { changeDays, unseen = false }: ChangeOptions,
): Promise<"changed" | "same" | "closed" | "gone"> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, answer.workspaceId, "shared");
    const before = await lockResponse(db, answer);
    if (!before) return "gone";
    const after = changed(before, answer, unseen);
    if (!after) return "same";
    const now = clock.now();
    const { untraceable = false } = answer.given;
    if (!mayChange(before, now, changeDays, untraceable)) return "closed";
    const isHistory = wasGiven(before, now, untraceable) && saysOtherwise(before, after);
    const at = untraceable ? new Date(dayOf(now)) : now;
    await db
      .updateTable("responses")
      .set({ ...after, ...(isHistory && { changedAt: at }) })
      .where("customerId", "=", before.customerId)
      .where("id", "=", before.id)
      .execute();
    if (isHistory) await keepHistory(db, before, untraceable ? randomUuid() : newId(clock), at);
    if (before.score !== after.score) {
      const moved = { ...before, score: after.score };
      await insertScoreChanges(db, [...scoreChanges([before], -1), ...scoreChanges([moved])]);
    }
    if (before.invitationId) await overrideSetAsides(db, before, now);
    await announce(db, before, now, untraceable);
    return "changed";
  });
}

async function lockResponse(
  db: Database,
  { workspaceId, id, given }: GivenAnswer,
): Promise<StoredResponse | undefined> {
  return db
    .selectFrom("responses")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", given.customerId ?? "")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/** What the row becomes; undefined when it stays as it is. */
function changed(before: StoredResponse, { answer, given }: GivenAnswer, unseen: boolean) {
  const isScoreOnly = given.state === "provisional";
  if (unseen || (isScoreOnly && before.state === "confirmed")) return undefined;
  const after = {
    score: answer.score,
    state: isScoreOnly ? before.state : given.state,
    comment: isScoreOnly ? before.comment : answer.comment?.trim() || null,
    drivers: isScoreOnly ? before.drivers : [...given.drivers],
    mayContact: isScoreOnly ? before.mayContact : given.mayContact,
  };
  const same =
    !saysOtherwise(before, after) && after.state === before.state && after.mayContact === before.mayContact;
  return same ? undefined : after;
}

function saysOtherwise(
  before: Pick<StoredResponse, "score" | "comment" | "drivers">,
  after: Pick<StoredResponse, "score" | "comment" | "drivers">,
): boolean {
  return (
    before.score !== after.score ||
    before.comment !== after.comment ||
    before.drivers.join(" ") !== after.drivers.join(" ")
  );
}

/** Where only the day of an answer is known, a day is all that the time for it can be measured in. */
function mayChange(before: StoredResponse, now: Date, changeDays: number, untraceable: boolean): boolean {
  const age = now.getTime() - before.at.getTime() - (untraceable ? day : 0);
  return age <= changeableFor(changeDays, before.state);
}

/** How long an answer can be changed, in milliseconds: a score whose reason was not said yet for a day at least. */
export function changeableFor(changeDays: number, state: string): number {
  return Math.max(changeDays, state === "provisional" ? 1 : 0) * day;
}

function wasGiven(before: StoredResponse, now: Date, untraceable: boolean): boolean {
  if (before.state === "confirmed") return true;
  return !untraceable && now.getTime() - before.at.getTime() > givingTakes;
}

async function keepHistory(db: Database, before: StoredResponse, id: string, at: Date): Promise<void> {
  const { workspaceId, customerId, id: responseId, score, comment } = before;
  await db
    .insertInto("responseChanges")
    .values({ workspaceId, customerId, id, responseId, at, score, comment })
    .execute();
}

async function overrideSetAsides(db: Database, response: StoredResponse, now: Date): Promise<void> {
  await db
    .updateTable("setAsides")
    .set({ overriddenAt: now })
    .where("customerId", "=", response.customerId)
    .where("invitationId", "=", response.invitationId)
    .where("overriddenAt", "is", null)
    .execute();
}

async function announce(
  db: Database,
  { workspaceId, customerId, id }: StoredResponse,
  now: Date,
  untraceable: boolean,
): Promise<void> {
  if (!untraceable)
    return send(db, "response-recorded", { workspaceId, responses: [{ customerId, id }], isChange: true });
  const { text, values } = foldLater(workspaceId, now);
  await db.executeQuery(CompiledQuery.raw(text, values));
}
