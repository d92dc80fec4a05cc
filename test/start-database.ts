import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../server/platform/database/embedded.ts";
import { migrate } from "../server/platform/database/migrate.ts";
import { openDatabase } from "../server/platform/database/open.ts";
import { openJobs } from "../server/platform/jobs/work.ts";
import { openLog } from "../server/platform/log.ts";
import { createHandlers } from "../server/jobs.ts";
import { readConfig } from "../server/platform/config.ts";
import { systemClock } from "../server/platform/clock.ts";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
    templateName: string;
  }
}

// Thrown away after the run, so nothing of it has to outlive a loss of power; tests of that start servers of their own.
const settings = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_wal_size=4GB",
  "checkpoint_timeout=1h",
];

/** One PostgreSQL server for the whole run, and a migrated template that each test file clones. */
export default async function startDatabase(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL;
  const folder = await mkdtemp(join(tmpdir(), "nines-test-"));
  const server = given ? undefined : await startEmbedded(folder, { settings });
  const serverUrl = given ?? server?.url ?? "";
  const stop = async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { admin, templateName } = await makeTemplate(serverUrl);
    if (!given) await makeSignInCheap(admin, serverUrl);
    project.provide("serverUrl", serverUrl);
    project.provide("templateName", templateName);
    return async () => {
      await admin.query(`drop database if exists ${templateName} with (force)`);
      await admin.end();
      await stop();
    };
  } catch (error) {
    // Otherwise the server outlives a run that never began.
    await stop();
    throw error;
  }
}

async function makeTemplate(serverUrl: string) {
  const templateName = `nines_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${templateName}`);
  const database = openDatabase(withDatabase(serverUrl, templateName));
  const log = openLog("silent");
  try {
    await migrate(database.pool);
    const resources = { config: readConfig({}), database, clock: systemClock, log };
    const jobs = await openJobs(database.pool, createHandlers(resources), log);
    await jobs.stop();
  } catch (error) {
    await admin.end();
    throw error;
  } finally {
    await database.close();
  }
  return { admin, templateName };
}

/** Each test opens connections of its own, and proving the password 4,096 times over is most of what they cost. */
async function makeSignInCheap(admin: pg.Client, serverUrl: string): Promise<void> {
  const { username, password } = new URL(serverUrl);
  await admin.query("set scram_iterations = 1");
  await admin.query(
    `alter role ${admin.escapeIdentifier(username)} password ${admin.escapeLiteral(password)}`,
  );
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
