import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { readComplaint } from "./open-complaint.ts";
import type { Complaint } from "./suppression.ts";

/** Closes a complaint; one that is closed stays as it was. @throws Refusal when there is no such complaint */
export async function closeComplaint(
  db: Database,
  clock: Clock,
  workspaceId: string,
  named: { customerId: string; id: string },
): Promise<Complaint> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const complaint = { ...named, customerId: await currentCustomer(db, named.customerId) };
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
