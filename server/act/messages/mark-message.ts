import { sql } from "kysely";
import type { SuppressionReason } from "../../collect/asking/suppression.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { raiseFailedReply } from "../inbox/raise-failed-reply.ts";

/**
 * Notes on a mail what came of it: it bounced, or its reader wants no more of them. The first time counts. The case of a reply
 * that bounced is open again.
 */
export async function markMessage(
  db: Database,
  { workspaceId, customerId, id }: { workspaceId: string; customerId: string; id: string },
  reason: SuppressionReason,
  at: Date,
): Promise<void> {
  const column = sql.ref(`${reason}_at`);
  await inTransaction(db, async (db) => {
    const { rows } = await sql<{ caseId: string | null }>`
      update messages set ${column} = coalesce(${column}, ${at}::timestamptz)
      where customer_id = ${customerId}::uuid and id = ${id}::uuid and workspace_id = ${workspaceId}::uuid
      returning case_id as "caseId"`.execute(db);
    const [message] = rows;
    if (message && reason === "bounced")
      await raiseFailedReply(db, { workspaceId, customerId, id, caseId: message.caseId, reason }, at);
  });
}
