import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";

/** Removes an import that was not started, and its chunks; false when there is none. */
export async function removeUpload(db: Database, importId: string): Promise<boolean> {
  return inTransaction(db, async (db) => {
    const { numDeletedRows } = await db
      .deleteFrom("imports")
      .where("id", "=", importId)
      .where("state", "in", ["uploading", "uploaded"])
      .executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    // After the import's row, for until then a chunk could still come.
    await db.deleteFrom("importChunks").where("importId", "=", importId).execute();
    return true;
  });
}
