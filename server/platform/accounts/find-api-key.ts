import type { Database } from "../database/open.ts";
import type { Resources } from "../resources.ts";
import type { Caller, Scope } from "../http/router.ts";
import { keyPrefix } from "./api-key.ts";
import { hashToken } from "./hash-token.ts";

const keptFor = 10_000;
const mostKept = 10_000;
const touchedEvery = 60_000;

/**
 * Finds callers by their API key. A key that was found is remembered for 10 seconds, so the busiest route asks the
 * database once in 10 seconds; a key deleted in another process works that long after.
 */
export function openApiKeys({ database: { db }, clock, log }: Resources) {
  const kept = new Map<string, { caller: Promise<Caller | undefined>; until: number }>();

  const find = (key: string): Promise<Caller | undefined> => {
    const now = clock.now().getTime();
    const known = kept.get(key);
    if (known && now < known.until) return known.caller;
    const caller = lookUp(db, key, touch);
    // Unknown keys are not remembered, or guesses would push the real ones out; requests at once share one look-up.
    caller.then(
      (found) => found || kept.delete(key),
      () => kept.delete(key),
    );
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, { caller, until: now + keptFor });
    return caller;
  };

  const touch = (id: string, lastUsedAt: Date | null) => {
    const now = clock.now();
    if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < touchedEvery) return;
    db.updateTable("apiKeys")
      .set({ lastUsedAt: now })
      .where("id", "=", id)
      .execute()
      .catch((error: unknown) => log.debug({ err: error }, "when an API key was last used was not noted"));
  };

  return {
    find,
    /** Forgets what is remembered, after keys were deleted. */
    forget: () => kept.clear(),
  };
}

async function lookUp(
  db: Database,
  key: string,
  touch: (id: string, lastUsedAt: Date | null) => void,
): Promise<Caller | undefined> {
  if (!key.startsWith(keyPrefix)) return undefined;
  const row = await db
    .selectFrom("apiKeys")
    .select(["id", "workspaceId", "scopes", "lastUsedAt"])
    .where("keyHash", "=", hashToken(key))
    .executeTakeFirst();
  if (!row) return undefined;
  touch(row.id, row.lastUsedAt);
  return { workspaceId: row.workspaceId, role: "viewer", apiKeyId: row.id, scopes: row.scopes as Scope[] };
}
