import { isWorthNoting, keepBriefly } from "../keep-briefly.ts";
import type { Resources } from "../resources.ts";
import type { Caller, Scope } from "../http/router.ts";
import { keyPrefix } from "./api-key.ts";
import { hashToken } from "./hash-token.ts";

/** Finds callers by their API key; a key that was found is remembered for a moment. */
export function openApiKeys({ database: { db }, clock, log }: Resources) {
  return keepBriefly(clock, async (key): Promise<Caller | undefined> => {
    if (!key.startsWith(keyPrefix)) return undefined;
    const row = await db
      .selectFrom("apiKeys")
      .select(["id", "workspaceId", "scopes", "lastUsedAt"])
      .where("keyHash", "=", hashToken(key))
      .executeTakeFirst();
    if (!row) return undefined;
    touch(row.id, row.lastUsedAt);
    return { workspaceId: row.workspaceId, role: "viewer", apiKeyId: row.id, scopes: row.scopes as Scope[] };
  });

  function touch(id: string, lastUsedAt: Date | null): void {
    const now = clock.now();
    if (!isWorthNoting(lastUsedAt, now)) return;
    db.updateTable("apiKeys")
      .set({ lastUsedAt: now })
      .where("id", "=", id)
      .execute()
      .catch((error: unknown) => log.debug({ err: error }, "when an API key was last used was not noted"));
  }
}
