import { createHandlers } from "../jobs.ts";
import { systemClock } from "../platform/clock.ts";
import { readConfig } from "../platform/config.ts";
import { startEmbedded } from "../platform/database/embedded.ts";
import { migrate } from "../platform/database/migrate.ts";
import { openDatabase } from "../platform/database/open.ts";
import { openJobs } from "../platform/jobs/work.ts";
import { openLog } from "../platform/log.ts";
import type { Resources } from "../platform/resources.ts";

/**
 * Gives a command what the server has: the same database, migrated, also while the server runs on it. Jobs that the
 * command sends wait for a server.
 */
export async function withResources<T>(work: (resources: Resources) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const log = openLog(config.logLevel === "info" ? "warn" : config.logLevel);
  const own = config.databaseUrl ? undefined : await startEmbedded(config.dataDir, { guest: true });
  const database = openDatabase(config.databaseUrl ?? own?.url ?? "", { connections: 6, log });
  try {
    await migrate(database.pool);
    const resources: Resources = { config, database, clock: systemClock, log };
    const jobs = await openJobs(database.pool, createHandlers(resources), log);
    try {
      return await work(resources);
    } finally {
      await jobs.stop();
    }
  } finally {
    await database.close();
    await own?.stop();
  }
}
