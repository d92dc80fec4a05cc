import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { keyOf } from "./suppress-address.ts";

/**
 * Lets an address that had bounced be asked again.
 * @throws Refusal when it is not on the list, or its owner wants no mail
 */
export async function liftBounce(db: Database, workspaceId: string, address: string): Promise<void> {
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const key = keyOf(address);
    const row = await db
      .selectFrom("suppressions")
      .select("reason")
      .where("key", "=", key)
      .where("workspaceId", "=", workspaceId)
      .executeTakeFirst();
    if (!row) throw new Refusal("not_found", "This address is not on the list; there is nothing to lift.");
    if (row.reason !== "bounced") {
      throw new Refusal(
        "conflict",
        "This customer asked for no more mail, and nobody else can change that. Only bounces can be lifted.",
        { reason: "unsubscribed_for_ever" },
      );
    }
    await db
      .deleteFrom("suppressions")
      .where("key", "=", key)
      .where("workspaceId", "=", workspaceId)
      .where("reason", "=", "bounced")
      .execute();
    await sql`
      update customers set bounced_at = null
      where id = (select customer_id from customer_keys where key = ${key} and workspace_id = ${workspaceId}::uuid)
        and workspace_id = ${workspaceId}::uuid`.execute(db);
  });
}
