import type { Clock } from "../clock.ts";
import type { Database } from "../database/open.ts";
import { newId } from "../ids.ts";
import { keyPrefix, type NewApiKey } from "./api-key.ts";
import { hashToken, newToken } from "./hash-token.ts";

/** Makes an API key. This is the only moment at which it can be shown: its hash is stored. */
export async function createApiKey(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { name, scopes, createdBy }: NewApiKey,
): Promise<{ id: string; key: string; start: string }> {
  const id = newId(clock);
  const key = keyPrefix + newToken();
  const start = key.slice(0, keyPrefix.length + 4);
  await db
    .insertInto("apiKeys")
    .values({
      workspaceId,
      id,
      name,
      start,
      keyHash: hashToken(key),
      scopes: [...scopes],
      createdBy: createdBy ?? null,
      createdAt: clock.now(),
    })
    .execute();
  return { id, key, start };
}
