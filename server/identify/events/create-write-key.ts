import type { z } from "@hono/zod-openapi";
import { hashToken, newToken } from "../../platform/accounts/hash-token.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { type NewWriteKey, prefixOf } from "./write-key.ts";

/** Makes a write key. That of a server can be shown only now: its hash is stored. */
export async function createWriteKey(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { name, trusted, createdBy = null }: z.infer<typeof NewWriteKey> & { createdBy?: string | null },
): Promise<{ id: string; key: string; start: string }> {
  const id = newId(clock);
  const key = prefixOf(trusted) + newToken();
  const start = key.slice(0, prefixOf(trusted).length + 4);
  await db
    .insertInto("writeKeys")
    .values({
      workspaceId,
      id,
      name,
      start,
      keyHash: hashToken(key),
      key: trusted ? null : key,
      trusted,
      createdBy,
      createdAt: clock.now(),
    })
    .execute();
  return { id, key, start };
}
