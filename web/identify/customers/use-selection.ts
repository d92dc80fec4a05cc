import { useState } from "react";

/** Some rows of a list that is still growing. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Takes a row in or out; with `range` all rows from the one before to it become as it becomes. */
  toggle: (id: string, options?: { range?: boolean }) => void;
  setAll: (ids: readonly string[]) => void;
  clear: () => void;
}

interface Chosen {
  scope: string;
  ids: ReadonlySet<string>;
  last: string | undefined;
}

const none: ReadonlySet<string> = new Set();

/** @param scope what the rows belong to, as the filters: when it changes, nothing is selected */
export function useSelection(rows: readonly { id: string }[], scope: string): Selection {
  const [chosen, setChosen] = useState<Chosen>({ scope, ids: none, last: undefined });
  const { ids, last } = chosen.scope === scope ? chosen : { ids: none, last: undefined };
  const between = (id: string) => {
    const [from, to] = [rows.findIndex((row) => row.id === last), rows.findIndex((row) => row.id === id)];
    if (from < 0 || to < 0) return [id];
    return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
  };
  return {
    ids,
    toggle(id, { range = false } = {}) {
      const isOn = !ids.has(id);
      const next = new Set(ids);
      for (const each of range ? between(id) : [id]) {
        if (isOn) next.add(each);
        else next.delete(each);
      }
      setChosen({ scope, ids: next, last: id });
    },
    setAll: (all) => setChosen({ scope, ids: new Set(all), last }),
    clear: () => setChosen({ scope, ids: none, last: undefined }),
  };
}
