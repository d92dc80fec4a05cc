import type { KeyRow } from "../../collect/recording-plan.ts";

/** The workspace of some keys, and how often keys in it were taken from their customers so far. */
export interface KeysVersion {
  workspaceId: string;
  keysChanged: number;
}

/**
 * Remembers which customers keys belong to, the most recently used ones. Whoever takes keys from customers, to merge or
 * delete them, holds the workspace alone and raises its number: what is remembered under another number is not believed.
 */
export function newKeyMemory(most: number) {
  const workspaces = new Map<string, { keysChanged: number; owners: Map<string, string> }>();
  let size = 0;

  return {
    /** The rows of those keys that are remembered, and the numbers under which they are. */
    find(keys: readonly KeyRow[]) {
      const known: KeyRow[] = [];
      const unknown: KeyRow[] = [];
      const under = new Map<string, number>();
      for (const row of keys) {
        const { workspaceId, key } = row;
        const kept = workspaces.get(workspaceId);
        const customerId = kept?.owners.get(key);
        if (kept === undefined || customerId === undefined) unknown.push(row);
        else {
          known.push({ workspaceId, key, customerId });
          under.set(workspaceId, kept.keysChanged);
        }
      }
      return { known, unknown, under };
    },
    /** Remembers what was read or written under these numbers. */
    add(versions: readonly KeysVersion[], rows: readonly KeyRow[]): void {
      for (const { workspaceId, keysChanged } of versions) {
        const kept = workspaces.get(workspaceId);
        if (kept?.keysChanged === keysChanged) continue;
        // The higher number is the newer, whoever comes last.
        if (kept && kept.keysChanged > keysChanged) return;
        size -= kept?.owners.size ?? 0;
        workspaces.set(workspaceId, { keysChanged, owners: new Map() });
      }
      // All at once and without bookkeeping: the busy ones are back in a moment.
      if (size + rows.length > most) {
        for (const { owners } of workspaces.values()) owners.clear();
        size = 0;
      }
      for (const { workspaceId, key, customerId } of rows) {
        const owners = workspaces.get(workspaceId)?.owners;
        if (!owners) continue;
        if (!owners.has(key)) size++;
        owners.set(key, customerId);
      }
    },
  };
}
