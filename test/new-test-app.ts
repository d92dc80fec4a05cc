import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { createApp } from "../server/app.ts";
import { createHandlers } from "../server/jobs.ts";
import { ManualClock } from "../server/platform/clock.ts";
import { readConfig } from "../server/platform/config.ts";
import { openDatabase } from "../server/platform/database/open.ts";
import { openLog } from "../server/platform/log.ts";
import type { JobName } from "../server/platform/jobs/send.ts";
import type { Resources } from "../server/platform/resources.ts";
import { withDatabase } from "./start-database.ts";

interface TestAppOptions {
  /** Environment variables beyond the defaults. */
  env?: Record<string, string>;
  now?: string;
}

/** A Nines of its own: an app on a fresh database, a clock that stands still, and jobs that run when told. */
export async function newTestApp({ env = {}, now = "2026-10-13T08:00:00Z" }: TestAppOptions = {}) {
  const name = `nines_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: inject("serverUrl") });
  await admin.connect();
  await admin.query(`create database ${name} template ${inject("templateName")}`);
  const clock = new ManualClock(now);
  const log = openLog(process.env.TEST_LOG_LEVEL ?? "silent");
  const database = openDatabase(withDatabase(inject("serverUrl"), name), { log });
  const resources: Resources = { config: readConfig(env), database, clock, log };
  // Their queues are in the template.
  const handlers = createHandlers(resources);
  const app = createApp(resources);

  const close = async () => {
    await database.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  onTestFinished(close);
  return {
    app,
    resources,
    db: database.db,
    pool: database.pool,
    url: database.url,
    clock,
    runJobs: () => runJobs(database.pool, handlers),
  };
}

export type TestApp = Awaited<ReturnType<typeof newTestApp>>;

/** Does every waiting job, and those they cause, in the order they were sent. Errors reach the test. */
async function runJobs(pool: pg.Pool, handlers: ReturnType<typeof createHandlers>): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ name: JobName; data: never }>(
      `delete from pgboss.job where id = (
         select id from pgboss.job where state in ('created', 'retry') and start_after <= now() order by created_on, id limit 1
       ) returning name, data`,
    );
    const job = rows[0];
    if (!job) return;
    await handlers[job.name]?.run([job.data], new AbortController().signal);
  }
}
