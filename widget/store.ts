import type { KeptAnswer } from "./outbox.ts";
import { toJson } from "./json.ts";
import type { Memory } from "./rules.ts";

export interface Kept extends Memory {
  /** Answers that are on their way. */
  outbox: KeptAnswer[];
}

/** What this browser keeps of one survey. */
export interface Store {
  read(): Kept;
  change(part: Partial<Kept>): void;
}

/** Keeps it in localStorage; where the page may not, as long as the page is open. */
export function openStore(surveyId: string): Store {
  const key = `nines:${surveyId}`;
  let kept: Kept = {
    draw: Math.random(),
    visits: 0,
    seenAt: 0,
    closedUntil: 0,
    answeredUntil: 0,
    outbox: [],
  };
  const read = () => {
    try {
      const text = localStorage.getItem(key);
      if (text) kept = { ...kept, ...(JSON.parse(text) as Partial<Kept>) };
    } catch {
      // Storage is refused, or holds what somebody else wrote.
    }
    return kept;
  };
  return {
    read,
    change(part) {
      kept = { ...read(), ...part };
      try {
        localStorage.setItem(key, toJson(kept));
      } catch {
        // Then it lasts as long as the page.
      }
    },
  };
}
