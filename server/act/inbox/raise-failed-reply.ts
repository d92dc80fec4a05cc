import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { findCaseToRaise } from "./find-case-to-raise.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { lockCasesOf } from "./lock-cases.ts";
import { noteChange } from "./note-change.ts";
import { replyDue } from "./reply-due.ts";
import type { CaseBefore } from "./take-reply-back.ts";

/** A mail that did not reach its customer. */
export interface FailedReply {
  workspaceId: string;
  customerId: string;
  id: string;
  caseId: string | null;
  /** As `no_such_address`. */
  reason: string;
}

/**
 * Opens the case of a reply again that did not reach the customer, or raises the other one that they have in hand, and says why;
 * where a later reply went out, it only says so, and where that one can still be taken back, taking it back opens the case.
 * Once for each reply, in the caller's transaction. Mails that are no replies are left alone.
 */
export async function raiseFailedReply(
  db: Database,
  { workspaceId, customerId, id, caseId, reason }: FailedReply,
  now: Date,
): Promise<void> {
  if (caseId === null) return;
  await lockCasesOf(db, customerId);
  const raised = await findCaseToRaise(db, { customerId, caseId });
  if (!raised) return;
  const name = { workspaceId, customerId, caseId: raised.id };
  const isNews = await noteChange(db, name, {
    id: idOf("reply_failed", id),
    what: "reply_failed",
    byId: null,
    at: now,
    toValue: reason,
  });
  if (!isNews) return;
  const replies = await readReplies(db, { customerId, cases: [caseId, raised.id] });
  const failed = replies.findIndex((reply) => reply.id === id);
  const reached = replies.filter((reply) => reply.id !== id && mayArrive(reply));
  const later = replies.slice(failed + 1).find((reply) => reached.includes(reply));
  await db
    .updateTable("cases")
    .set({ firstReplyAt: firstOf(reached, caseId), updatedAt: now })
    .where("customerId", "=", customerId)
    .where("id", "=", caseId)
    .execute();
  const settings = await readInboxSettings(db, workspaceId);
  // The customer has waited all the while.
  const dueBefore = replies[failed]?.caseBefore?.dueAt ?? (await replyDue(db, workspaceId, settings, now));
  const open = { state: "open", snoozedUntil: null, closedAt: null, closedBy: null } as const;
  if (later) {
    const before = later.caseBefore;
    if (later.state !== "held" || !before) return;
    const firstReplyAt = firstOf(reached.slice(0, reached.indexOf(later)), later.caseId);
    const dueAt = before.dueAt ?? dueBefore;
    await db
      .updateTable("messages")
      .set({ caseBefore: JSON.stringify({ ...before, ...open, dueAt, firstReplyAt, replyFailed: reason }) })
      .where("customerId", "=", customerId)
      .where("id", "=", later.id)
      .execute();
    return;
  }
  await db
    .updateTable("cases")
    .set({ ...open, dueAt: raised.dueAt ?? dueBefore, replyFailed: reason, updatedAt: now })
    .where("customerId", "=", customerId)
    .where("id", "=", raised.id)
    .execute();
  if (raised.state !== "open")
    await noteChange(db, name, {
      what: "state",
      byId: null,
      at: now,
      fromValue: raised.state,
      toValue: "open",
    });
}

type Reply = Awaited<ReturnType<typeof readReplies>>[number];

/** The replies of these cases in the order in which they were written. */
async function readReplies(
  db: Database,
  { customerId, cases }: { customerId: string; cases: readonly string[] },
) {
  const rows = await db
    .selectFrom("messages")
    .select(["id", "caseId", "state", "sentAt", "sendAfter", "bouncedAt", "caseBefore"])
    .where("customerId", "=", customerId)
    .where("caseId", "in", cases)
    .where("direction", "=", "out")
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return rows.map((row) => Object.assign(row, { caseBefore: row.caseBefore as CaseBefore | null }));
}

function mayArrive({ state, bouncedAt }: Reply): boolean {
  return bouncedAt === null && ["held", "queued", "sending", "sent"].includes(state);
}

function firstOf(replies: readonly Reply[], caseId: string | null): Date | null {
  const times = replies.flatMap((reply) =>
    reply.caseId === caseId ? (reply.sentAt ?? reply.sendAfter) : [],
  );
  return times.reduce<Date | null>((first, at) => (first && first < at ? first : at), null);
}
