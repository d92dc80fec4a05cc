import { hashToken } from "../../platform/accounts/hash-token.ts";
import { isWorthNoting, keepBriefly } from "../../platform/keep-briefly.ts";
import type { Resources } from "../../platform/resources.ts";

/** Whose messages a key brings, and whether they know who people are. */
export interface Sender {
  workspaceId: string;
  writeKeyId: string;
  trusted: boolean;
}

/** Finds senders by their write key; a key that was found is remembered for a moment. */
export function openWriteKeys({ database: { db }, clock, log }: Resources) {
  return keepBriefly(clock, async (key): Promise<Sender | undefined> => {
    const row = await db
      .selectFrom("writeKeys")
      .select(["id", "workspaceId", "trusted", "lastUsedAt"])
      .where("keyHash", "=", hashToken(key))
      .executeTakeFirst();
    if (!row) return undefined;
    touch(row.id, row.lastUsedAt);
    return { workspaceId: row.workspaceId, writeKeyId: row.id, trusted: row.trusted };
  });

  function touch(id: string, lastUsedAt: Date | null): void {
    const now = clock.now();
    if (!isWorthNoting(lastUsedAt, now)) return;
    db.updateTable("writeKeys")
      .set({ lastUsedAt: now })
      .where("id", "=", id)
      .execute()
      .catch((error: unknown) => log.debug({ err: error }, "when a write key was last used was not noted"));
  }
}

export type WriteKeys = ReturnType<typeof openWriteKeys>;
