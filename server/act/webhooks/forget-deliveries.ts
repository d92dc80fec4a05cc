import type { Database } from "../../platform/database/open.ts";

const keptFor = 30 * 24 * 3_600_000;

/** Deletes what was told to receivers more than 30 days ago. */
export async function forgetDeliveries(db: Database, now: Date): Promise<void> {
  const receivers = await db.selectFrom("receivers").select(["workspaceId", "id"]).execute();
  for (const { workspaceId, id } of receivers)
    await db
      .deleteFrom("deliveries")
      .where("workspaceId", "=", workspaceId)
      .where("receiverId", "=", id)
      .where("createdAt", "<", new Date(now.getTime() - keptFor))
      .where("state", "in", ["delivered", "failed", "cancelled"])
      .execute();
}
