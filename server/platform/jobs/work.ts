import type pg from "pg";
import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { JobName, Jobs, News } from "./send.ts";

/** How a job is done: alone or many at once, how often tried, how it is found dead. */
export interface Handler<Name extends JobName> {
  /** Does some jobs; must be safe to run twice on the same ones. Throws to have them tried again. */
  run(jobs: Jobs[Name][], signal: AbortSignal): Promise<void>;
  /** Waits for what goes on after its runs have ended, when the process stops. */
  finish?(): Promise<void>;
  /** Most jobs given to one run. */
  batch?: number;
  /** Runs at the same time in this process. */
  concurrency?: number;
  /** Tries after the first, with growing pauses. */
  retries?: number;
  /** How often it is looked for, in seconds; what waits meanwhile is done together. Default: twice a second. */
  everySeconds?: number;
  /** Longest time one run may take, in seconds. A worker that was killed is noticed after 30 s, however long this is. */
  seconds?: number;
  /** While one waits to be done, another is not added. Decided when the queue is made. */
  onlyOneWaits?: boolean;
}

export type Handlers = { [Name in Exclude<JobName, News>]: Handler<Name> } & {
  [Name in News]?: Handler<Name>;
};

/** Makes the queues, and a worker when asked. */
export interface JobRunner {
  /** Starts working; `alone` takes up at once what a killed process left behind, rather than after 30 s without a sign of it. */
  work(options?: { alone?: boolean }): Promise<void>;
  /** Finishes what runs and stops. */
  stop(): Promise<void>;
}

const lock = 7_464_643;

/** Prepares the job tables and one queue for each handler; `send` works from then on. */
export async function openJobs(pool: pg.Pool, handlers: Handlers, log: Logger): Promise<JobRunner> {
  const boss = new PgBoss({
    db: { executeSql: async (text: string, values?: unknown[]) => pool.query(text, values) },
    schema: "pgboss",
    superviseIntervalSeconds: 10,
    maintenanceIntervalSeconds: 60,
    monitorIntervalSeconds: 10,
    schedule: false,
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue reported an error"));
  const entries = Object.entries(handlers) as [JobName, Handler<JobName>][];
  // Two processes that make the tables at once would stumble over each other.
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lock]);
    await boss.start();
    await makeQueues(boss, entries);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lock]).catch(() => {});
    client.release();
  }

  return {
    async work({ alone = false } = {}) {
      if (alone) await takeUpAgain(pool);
      for (const [name, handler] of entries) {
        const options = {
          batchSize: handler.batch ?? 1,
          pollingIntervalSeconds: handler.everySeconds ?? 0.5,
          localConcurrency: handler.concurrency ?? 1,
        };
        await boss.work<Jobs[JobName]>(name, options, async (jobs) => {
          const signal = jobs[0]?.signal ?? new AbortController().signal;
          try {
            await handler.run(
              jobs.map(({ data }) => data),
              signal,
            );
          } catch (error) {
            log.error(
              { err: error, job: name, ids: jobs.map(({ id }) => id) },
              "a job failed and will be tried again",
            );
            throw error;
          }
        });
      }
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 20_000, close: false });
      for (const [, handler] of entries) await handler.finish?.();
    },
  };
}

/** Gives jobs back that nobody can be doing, because no other process works on this database. */
async function takeUpAgain(pool: pg.Pool): Promise<void> {
  await pool.query(
    "update pgboss.job set state = 'retry', start_after = now() where state = 'active' and retry_count < retry_limit",
  );
}

async function makeQueues(boss: PgBoss, entries: [JobName, Handler<JobName>][]): Promise<void> {
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const [name, handler] of entries) {
    const options = {
      retryLimit: handler.retries ?? 10,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: handler.seconds ?? 300,
      heartbeatSeconds: 30,
      deleteAfterSeconds: 3600,
    };
    if (known.has(name)) await boss.updateQueue(name, options);
    else await boss.createQueue(name, { ...options, ...(handler.onlyOneWaits && { policy: "short" }) });
  }
}
