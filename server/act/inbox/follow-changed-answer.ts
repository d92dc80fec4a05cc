import type { Database } from "../../platform/database/open.ts";
import { type HeardAnswer, isBetter, titleOf } from "./follow-answers.ts";
import type { InboxSettings } from "./inbox-settings.ts";
import { noteChange } from "./note-change.ts";
import { replyDue } from "./reply-due.ts";

/**
 * Brings the cases of an answer up to what it says now. Before anybody has replied it is the answer that the case is about: one
 * that is low no longer closes it, one that is low again opens it again. After a reply it is what came of it.
 * @returns whether a case was about this answer; then it opens no other
 */
export async function followChangedAnswer(
  db: Database,
  answer: HeardAnswer,
  { isLow, settings, now }: { isLow: boolean; settings: InboxSettings; now: Date },
): Promise<boolean> {
  const { customerId } = answer;
  const cases = await db
    .selectFrom("cases")
    .select(["id", "state", "responseId", "scoreBefore", "scoreAfter", "firstReplyAt", "closedBy"])
    .where("customerId", "=", customerId)
    .where((eb) => eb.or([eb("responseId", "=", answer.id), eb("nextResponseId", "=", answer.id)]))
    .execute();
  for (const each of cases) {
    const isAbout = each.responseId === answer.id;
    const known = each.scoreAfter ?? each.scoreBefore;
    const set = !isAbout || each.firstReplyAt ? outcome(each, answer) : await asOpened(each);
    await db
      .updateTable("cases")
      .set({ ...set, updatedAt: now })
      .where("customerId", "=", customerId)
      .where("id", "=", each.id)
      .execute();
    if (known !== answer.score) await noteScore(each.id, known);
  }
  return cases.some(({ responseId }) => responseId === answer.id);

  async function asOpened({ state, closedBy }: (typeof cases)[number]) {
    const about = { title: titleOf(answer.score, answer.comment), scoreBefore: answer.score };
    if (!isLow && state !== "closed")
      return { ...about, state: "closed" as const, closedAt: now, dueAt: null };
    if (isLow && state === "closed" && closedBy === null) {
      const dueAt = await replyDue(db, answer.workspaceId, settings, now);
      return { ...about, state: "open" as const, closedAt: null, dueAt };
    }
    return about;
  }

  async function noteScore(caseId: string, known: number | null): Promise<void> {
    await noteChange(
      db,
      { workspaceId: answer.workspaceId, customerId, caseId },
      {
        what: "answer_changed",
        byId: null,
        at: now,
        fromValue: known === null ? null : String(known),
        toValue: String(answer.score),
      },
    );
  }
}

function outcome(
  {
    responseId,
    scoreBefore,
    scoreAfter,
  }: { responseId: string | null; scoreBefore: number | null; scoreAfter: number | null },
  answer: HeardAnswer,
) {
  // Another word on the same score is no outcome.
  if (responseId === answer.id && scoreAfter === null && scoreBefore === answer.score) return {};
  return {
    nextResponseId: answer.id,
    scoreAfter: answer.score,
    recovered: isBetter(scoreBefore, answer.score),
  };
}
