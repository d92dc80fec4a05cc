import { inTransaction } from "../platform/database/in-transaction.ts";
import type { Database } from "../platform/database/open.ts";
import { lockWorkspace } from "../platform/database/workspace-lock.ts";
import { countsAs } from "./behaviour/catalogue.ts";

/**
 * Says what each event says of a customer, before the first is counted; what a member has decided stays.
 * @returns whether the workspace is there
 */
export async function nameEvents(db: Database, workspaceId: string, at: Date): Promise<boolean> {
  const rows = [...countsAs].map(([name, counted]) => ({
    workspaceId,
    name,
    countsAs: counted,
    decidedAt: at,
    firstAt: at,
    lastAt: new Date(0),
  }));
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const workspace = await db
      .selectFrom("workspaces")
      .select("id")
      .where("id", "=", workspaceId)
      .executeTakeFirst();
    if (!workspace) return false;
    await db
      .insertInto("eventNames")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(["workspaceId", "name"])
          .doUpdateSet((of) => ({
            countsAs: of.ref("excluded.countsAs"),
            decidedAt: of.ref("excluded.decidedAt"),
          }))
          .where("eventNames.decidedAt", "is", null),
      )
      .execute();
    return true;
  });
}
