import type { Clock } from "./clock.ts";

const keptFor = 10_000;
const mostKept = 10_000;

/**
 * Remembers for 10 seconds what was found by a key, so that the busiest key is looked up once in 10 seconds; what is
 * taken away in another process is found that long after.
 */
export function keepBriefly<Value>(clock: Clock, lookUp: (key: string) => Promise<Value | undefined>) {
  const kept = new Map<string, { value: Promise<Value | undefined>; until: number }>();
  return {
    find(key: string): Promise<Value | undefined> {
      const now = clock.now().getTime();
      const known = kept.get(key);
      if (known && now < known.until) return known.value;
      const value = lookUp(key);
      // Unknown keys are not remembered, or guesses would push the real ones out; requests at once share one look-up.
      value.then(
        (found) => found || kept.delete(key),
        () => kept.delete(key),
      );
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, { value, until: now + keptFor });
      return value;
    },
    /** Forgets what is remembered, after keys were deleted. */
    forget: () => kept.clear(),
  };
}

const touchedEvery = 60_000;

/** Whether a use is to be noted: once a minute is enough. */
export function isWorthNoting(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= touchedEvery;
}
