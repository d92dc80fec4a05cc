import type { Clock } from "../../platform/clock.ts";
import { awaitedEvents } from "../../collect/asking/trigger-surveys.ts";
import type { Database } from "../../platform/database/open.ts";

const keptFor = 60_000;
const mostWorkspaces = 1_000;

/**
 * Remembers the names that events of workspaces have had, and after which of them surveys ask. What changes in another
 * process is known a minute later.
 */
export function newKnownNames(db: Database, clock: Clock) {
  const known = new Map<string, { names: Set<string>; awaited: Set<string>; until: number }>();
  return {
    /** Reads what is not remembered. */
    async load(workspaces: Iterable<string>): Promise<void> {
      const now = clock.now().getTime();
      for (const workspaceId of new Set(workspaces)) {
        const kept = known.get(workspaceId);
        if (kept && now < kept.until) continue;
        const rows = await db
          .selectFrom("eventNames")
          .select("name")
          .where("workspaceId", "=", workspaceId)
          .execute();
        const awaited = new Set(await awaitedEvents(db, workspaceId));
        if (known.size >= mostWorkspaces) known.clear();
        known.set(workspaceId, {
          names: new Set(rows.map(({ name }) => name)),
          awaited,
          until: now + keptFor,
        });
      }
    },
    of: (workspaceId: string): ReadonlySet<string> => known.get(workspaceId)?.names ?? none,
    /** Whether surveys ask after an event of this name. */
    isAwaited: (workspaceId: string, name: string) => known.get(workspaceId)?.awaited.has(name) ?? false,
    add(rows: readonly { workspaceId: string; name: string }[]): void {
      for (const { workspaceId, name } of rows) known.get(workspaceId)?.names.add(name);
    },
  };
}

const none: ReadonlySet<string> = new Set();
