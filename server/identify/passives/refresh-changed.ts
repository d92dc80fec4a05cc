import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { refreshStandings } from "./refresh-standings.ts";

/** With more customers than these at once, answers or events are streaming in. */
const few = 1_000;
/** Then it rests this many times as long as it worked, and the same customers of the meantime are looked at once. */
const restRatio = 3;
const longestRest = 30_000;

/** Does the job `customers-changed`: finds anew where these stand, by workspace. In a flood it takes a quarter of the time. */
export async function refreshChanged(
  db: Database,
  clock: Clock,
  changed: ReadonlyMap<string, ReadonlySet<string>>,
  signal: AbortSignal,
): Promise<void> {
  const start = performance.now();
  let total = 0;
  for (const [workspaceId, customers] of changed) {
    await refreshStandings(db, clock, workspaceId, [...customers], signal);
    total += customers.size;
  }
  if (total <= few) return;
  const rest = Math.min(longestRest, restRatio * (performance.now() - start));
  // What was to be done is done, also when it is time to stop.
  await wait(rest, undefined, { signal }).catch(() => {});
}
