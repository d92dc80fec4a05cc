import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { keyOf } from "./suppress-address.ts";
import type { SuppressionReason } from "./suppression.ts";

/** Of these addresses, those that are never to be written to: by their key (`keyOf`), and why. */
export async function readSuppressed(
  db: Database,
  workspaceId: string,
  recipients: readonly (string | null)[],
): Promise<Map<string, SuppressionReason>> {
  const addresses = recipients.filter((recipient) => recipient !== null);
  const rows = await db
    .selectFrom("suppressions")
    .select(["key", "reason"])
    .where("workspaceId", "=", workspaceId)
    .where(sql<boolean>`key = any (${addresses.map(keyOf)}::text[])`)
    .execute();
  return new Map(rows.map(({ key, reason }) => [key, reason]));
}
