import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";

/**
 * Writes into a workspace in one transaction, during which nobody deletes it.
 * @throws Refusal when it has been deleted
 */
export async function withinWorkspace<Result>(
  db: Database,
  workspaceId: string,
  write: (db: Database) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const workspace = await db
      .selectFrom("workspaces")
      .select("id")
      .where("id", "=", workspaceId)
      .executeTakeFirst();
    if (!workspace) {
      throw new Refusal("not_found", "This workspace was deleted. Nothing was stored.", {
        reason: "workspace_missing",
      });
    }
    return write(db);
  });
}
