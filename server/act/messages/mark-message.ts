import { sql } from "kysely";
import type { SuppressionReason } from "../../collect/asking/suppression.ts";
import type { Database } from "../../platform/database/open.ts";

/** Notes on a mail what came of it: it bounced, or its reader wants no more of them. The first time counts. */
export async function markMessage(
  db: Database,
  { workspaceId, customerId, id }: { workspaceId: string; customerId: string; id: string },
  reason: SuppressionReason,
  at: Date,
): Promise<void> {
  const column = sql.ref(`${reason}_at`);
  await sql`
    update messages set ${column} = coalesce(${column}, ${at}::timestamptz)
    where customer_id = ${customerId}::uuid and id = ${id}::uuid and workspace_id = ${workspaceId}::uuid`.execute(
    db,
  );
}
