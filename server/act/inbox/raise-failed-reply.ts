import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { noteChange } from "./note-change.ts";
import { replyDue } from "./reply-due.ts";

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
 * Opens the case of a reply again that did not reach the customer, and says why; where a later reply went out, it only says so.
 * Once for each reply, in the caller's transaction. Mails that are no replies are left alone.
 */
export async function raiseFailedReply(
  db: Database,
  { workspaceId, customerId, id, caseId, reason }: FailedReply,
  now: Date,
): Promise<void> {
  if (caseId === null) return;
  const found = await db
    .selectFrom("cases")
    .select(["state", "dueAt"])
    .where("customerId", "=", customerId)
    .where("id", "=", caseId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) return;
  const name = { workspaceId, customerId, caseId };
  const isNews = await noteChange(db, name, {
    id: idOf("reply_failed", id),
    what: "reply_failed",
    byId: null,
    at: now,
    toValue: reason,
  });
  if (!isNews) return;
  const { isLast, dueBefore, firstReplyAt } = await readReplies(db, { customerId, caseId, id });
  if (!isLast) return;
  const settings = await readInboxSettings(db, workspaceId);
  await db
    .updateTable("cases")
    .set({
      state: "open",
      snoozedUntil: null,
      closedAt: null,
      closedBy: null,
      // The customer has waited all the while.
      dueAt: found.dueAt ?? dueBefore ?? (await replyDue(db, workspaceId, settings, now)),
      firstReplyAt,
      replyFailed: reason,
      updatedAt: now,
    })
    .where("customerId", "=", customerId)
    .where("id", "=", caseId)
    .execute();
  if (found.state !== "open")
    await noteChange(db, name, {
      what: "state",
      byId: null,
      at: now,
      fromValue: found.state,
      toValue: "open",
    });
}

/** Whether no later reply is there, until when one was due before this one, and when the first went out that did not fail. */
async function readReplies(
  db: Database,
  { customerId, caseId, id }: { customerId: string; caseId: string; id: string },
): Promise<{ isLast: boolean; dueBefore: Date | null; firstReplyAt: Date | null }> {
  const { rows } = await sql<{ isLast: boolean; dueBefore: Date | null; firstReplyAt: Date | null }>`
    with replies as (
      select id, created_at, coalesce(sent_at, send_after) as at, case_before,
        state in ('held', 'queued', 'sending', 'sent') and bounced_at is null and id <> ${id}::uuid as counts
      from messages where customer_id = ${customerId}::uuid and case_id = ${caseId}::uuid and direction = 'out'
    )
    select not exists (select from replies later where later.counts and (later.created_at, later.id) > (failed.created_at, failed.id)) as "isLast",
      (failed.case_before ->> 'dueAt')::timestamptz as "dueBefore",
      (select min(at) from replies where counts) as "firstReplyAt"
    from replies failed where failed.id = ${id}::uuid`.execute(db);
  return rows[0] ?? { isLast: true, dueBefore: null, firstReplyAt: null };
}
