import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";

/** Does the job `message-unsubscribed`: marks the mail of a play by whose link somebody unsubscribed. */
export async function noteUnsubscribed(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, customerId, messageId }: Jobs["message-unsubscribed"],
): Promise<void> {
  await db
    .updateTable("messages")
    .set({ unsubscribedAt: clock.now() })
    .where("customerId", "=", await currentCustomer(db, customerId))
    .where("id", "=", messageId)
    .where("workspaceId", "=", workspaceId)
    .where("unsubscribedAt", "is", null)
    .execute();
}
