import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { giveUpMessages } from "./give-up-messages.ts";
import type { Invitation } from "./invitation.ts";
import { readInvitation } from "./read-invitation.ts";

/**
 * Sends nothing more for an invitation: drops what is queued, and forgets reminders. What went out stays answerable.
 * @throws Refusal when there is no such invitation
 */
export async function cancelInvitation(
  db: Database,
  workspaceId: string,
  named: { customerId: string; id: string },
): Promise<Invitation> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const invitation = await readInvitation(db, workspaceId, named);
    // Whoever has it in hand reads the reason: it is not tried again, and no reminder follows.
    await db
      .updateTable("invitations")
      .set({
        remindAt: null,
        reason: sql`case when state in ('queued', 'sending') then 'cancelled' else reason end`,
      })
      .where("customerId", "=", invitation.customerId)
      .where("id", "=", invitation.id)
      .execute();
    await giveUpMessages(db, [invitation], { state: "cancelled", reason: "cancelled" });
    return readInvitation(db, workspaceId, invitation);
  });
}
