import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { readComplaint } from "./open-complaint.ts";
import type { Complaint } from "./suppression.ts";

/** Closes a complaint; one that is closed stays as it was. @throws Refusal when there is no such complaint */
export async function closeComplaint(
  db: Database,
  clock: Clock,
  workspaceId: string,
  complaint: { customerId: string; id: string },
): Promise<Complaint> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await db
      .updateTable("complaints")
      .set({ closedAt: clock.now() })
      .where("workspaceId", "=", workspaceId)
      .where("customerId", "=", complaint.customerId)
      .where("id", "=", complaint.id)
      .where("closedAt", "is", null)
      .execute();
    return readComplaint(db, workspaceId, complaint);
  });
}
