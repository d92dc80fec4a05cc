import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "./open.ts";

const mostTries = 8;
const shortestPause = 20;
const longestPause = 500;

/**
 * Runs this in the caller's transaction, or in one of its own where the caller has none. One of its own that the database
 * gave up for another's sake (a wait in a circle, or two that could not have run one after the other) is tried again, so
 * `run` does nothing that outlasts a transaction that failed.
 */
export async function inTransaction<Value>(
  db: Database,
  run: (db: Database) => Promise<Value>,
): Promise<Value> {
  if (db.isTransaction) return run(db);
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(run);
    } catch (error) {
      if (!wasGivenUp(error) || tries === mostTries) throw error;
      // Not all of them at the same moment again.
      await wait(Math.random() * Math.min(shortestPause * 2 ** tries, longestPause));
    }
  }
}

function wasGivenUp(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "40P01" || code === "40001";
}
