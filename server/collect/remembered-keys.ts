import type { KeyRow } from "./recording-plan.ts";

/**
 * Remembers which customers some keys belong to, the most recently used ones. What it says must be checked in the
 * transaction that relies on it: a customer may have been deleted since, by another process too.
 */
export function newRememberedKeys(most: number) {
  // Two generations: what was used since the older one began is kept, the rest goes at once and without bookkeeping.
  let newer = new Map<string, string>();
  let older = new Map<string, string>();
  const nameOf = ({ workspaceId, key }: Pick<KeyRow, "workspaceId" | "key">) => `${workspaceId} ${key}`;

  const remember = (name: string, customerId: string) => {
    newer.set(name, customerId);
    if (newer.size < most / 2) return;
    older = newer;
    newer = new Map();
  };

  return {
    add(rows: readonly KeyRow[]): void {
      for (const row of rows) remember(nameOf(row), row.customerId);
    },
    /** The rows of these keys; undefined unless all are remembered. */
    find(keys: readonly KeyRow[]): KeyRow[] | undefined {
      const found: KeyRow[] = [];
      for (const { workspaceId, key } of keys) {
        const name = nameOf({ workspaceId, key });
        const fresh = newer.get(name);
        const customerId = fresh ?? older.get(name);
        if (customerId === undefined) return undefined;
        if (fresh === undefined) remember(name, customerId);
        found.push({ workspaceId, key, customerId });
      }
      return found;
    },
    forget(keys: readonly KeyRow[]): void {
      for (const key of keys) {
        newer.delete(nameOf(key));
        older.delete(nameOf(key));
      }
    },
  };
}
