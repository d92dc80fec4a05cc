import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { cancelMessage } from "../messages/queue-message.ts";
import type { CaseState } from "./case.ts";
import { lockCase } from "./find-case.ts";
import { noteChange } from "./note-change.ts";

/** What a case was before a reply. */
export interface CaseBefore {
  state: CaseState;
  dueAt: string | null;
  firstReplyAt: string | null;
  closedAt: string | null;
  closedBy: string | null;
  snoozedUntil: string | null;
  replyFailed: string | null;
}

type Found = Awaited<ReturnType<typeof lockCase>>;

/**
 * Takes a reply back that is still held; the case is as it was before, but for what has raised it since.
 * @throws Refusal when it is too late
 */
export async function takeReplyBack(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, personId }: { workspaceId: string; personId?: string | undefined },
  caseId: string,
  messageId: string,
): Promise<void> {
  const now = clock.now();
  await inTransaction(database.db, async (db) => {
    const found = await lockCase(db, workspaceId, caseId);
    const { customerId } = found;
    const reply = await db
      .selectFrom("messages")
      .select(["id", "state", "caseBefore"])
      .where("customerId", "=", customerId)
      .where("id", "=", messageId)
      .where("caseId", "=", caseId)
      .where("direction", "=", "out")
      .executeTakeFirst();
    if (!reply) throw new Refusal("not_found", "There is no such reply in this case.");
    // Taken back twice is taken back.
    if (reply.state === "cancelled") return;
    if (!(await cancelMessage(db, { workspaceId, customerId, id: messageId })))
      throw new Refusal("conflict", "This reply has been sent; write another to set things right.", {
        reason: "reply_already_sent",
      });
    const before = reply.caseBefore as CaseBefore | null;
    if (!before) return;
    const after = await withoutReply(db, found, { id: messageId, before });
    await db
      .updateTable("cases")
      .set({ ...after, updatedAt: now })
      .where("customerId", "=", customerId)
      .where("id", "=", caseId)
      .execute();
    if (after.state !== undefined && after.state !== found.state)
      await noteChange(
        db,
        { workspaceId, customerId, caseId },
        { what: "state", byId: personId ?? null, at: now, fromValue: found.state, toValue: after.state },
      );
  });
}

/** What a case is without a reply that it had. */
async function withoutReply(
  db: Database,
  found: Found,
  { id, before }: { id: string; before: CaseBefore },
): Promise<Partial<CaseBefore>> {
  const later = await findLater(db, found, id);
  if (later) {
    await db
      .updateTable("messages")
      .set({ caseBefore: JSON.stringify(before) })
      .where("customerId", "=", found.customerId)
      .where("id", "=", later.id)
      .execute();
    return { firstReplyAt: before.firstReplyAt ?? later.sendAfter.toISOString() };
  }
  const { dueAt, firstReplyAt } = before;
  const replyFailed = found.replyFailed ?? before.replyFailed;
  // A reply leaves nothing due: what is due came after it, as a mail of the customer.
  if (found.dueAt === null) return before;
  const isSooner = dueAt !== null && new Date(dueAt) < found.dueAt;
  return { firstReplyAt, replyFailed, ...(isSooner && { dueAt }) };
}

/** The next reply of a case after one, as far as it was not taken back. */
async function findLater(
  db: Database,
  { customerId, id: caseId }: Found,
  id: string,
): Promise<{ id: string; sendAfter: Date } | undefined> {
  const { rows } = await sql<{ id: string; sendAfter: Date }>`
    select later.id, later.send_after as "sendAfter"
    from messages m join messages later on later.customer_id = m.customer_id and later.case_id = m.case_id
    where m.customer_id = ${customerId}::uuid and m.id = ${id}::uuid and m.case_id = ${caseId}::uuid
      and later.direction = 'out' and later.state in ('held', 'queued', 'sending', 'sent')
      and (later.created_at, later.id) > (m.created_at, m.id)
    order by later.created_at, later.id limit 1`.execute(db);
  return rows[0];
}
