import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";

const keptFor = 60_000;
const mostWorkspaces = 1_000;

/** Remembers the names that events of workspaces have had; names that another process adds are known a minute later. */
export function newKnownNames(db: Database, clock: Clock) {
  const known = new Map<string, { names: Set<string>; until: number }>();
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
        if (known.size >= mostWorkspaces) known.clear();
        known.set(workspaceId, { names: new Set(rows.map(({ name }) => name)), until: now + keptFor });
      }
    },
    of: (workspaceId: string): ReadonlySet<string> => known.get(workspaceId)?.names ?? none,
    add(rows: readonly { workspaceId: string; name: string }[]): void {
      for (const { workspaceId, name } of rows) known.get(workspaceId)?.names.add(name);
    },
  };
}

const none: ReadonlySet<string> = new Set();
