import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateEngagement } from "../../server/identify/engagement/evaluate-engagement.ts";
import { foldEvents } from "../../server/identify/engagement/fold-events.ts";
import { readEngagement } from "../../server/identify/engagement/read-engagement.ts";
import { rebuildEngagement } from "../../server/identify/engagement/rebuild-engagement.ts";
import { createHandlers } from "../../server/jobs.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { openDatabase } from "../../server/platform/database/open.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import type { Resources } from "../../server/platform/resources.ts";
import { activityFigures } from "./activity-figures.ts";
import { spread, table } from "./figures.ts";

const customers = Number(process.env.CUSTOMERS ?? 1_000_000);
const eventsAtOnce = Number(process.env.EVENTS ?? 200_000);
const rounds = Number(process.env.ROUNDS ?? 5);
const workspaceId = "00000000-0000-4000-8000-000000000001";

/** What states are worth; how fast events are counted, and states found, with very many customers. */
export async function benchEngagement(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const log = openLog("warn");
  const database = openDatabase(postgres.url, { log });
  const resources: Resources = { config: readConfig({}), database, clock: systemClock, log };
  await migrate(database.pool);
  const jobs = await openJobs(database.pool, createHandlers(resources), log);
  try {
    await fillCustomers(resources);
    const few = await foldRounds(resources, "now() - random() * interval '6 days'");
    const rebuild = await time(async () => rebuildEngagement(resources, workspaceId));
    await fillYears(resources);
    const many = await foldRounds(resources, "now() - random() * interval '6 days'");
    const late = await foldRounds(resources, "now() - random() * interval '100 weeks'");
    const first = await time(async () => evaluateEngagement(resources, workspaceId));
    const again = await time(async () => evaluateEngagement(resources, workspaceId));
    const memory = process.memoryUsage().rss / 2 ** 20;
    const page = await readRounds(resources);
    return [
      activityFigures(),
      "",
      `Events counted a second, by one worker, in rounds of ${eventsAtOnce.toLocaleString("en")} that wait in commits of 500, each of one of ${customers.toLocaleString("en")} customers and of one of 12 names; ${rounds} rounds, median (lowest–highest).`,
      "",
      table(
        ["", "events counted per second"],
        [
          ["of the last six days, customers without a past", spread(few)],
          ["of the last six days, customers with 105 weeks", spread(many)],
          ["of the last 100 weeks, customers with 105 weeks", spread(late)],
        ],
      ),
      "",
      `Counting ${(rounds * eventsAtOnce).toLocaleString("en")} events of them anew: ${rebuild.toFixed(1)} s. Finding the states of all ${customers.toLocaleString("en")} customers, 105 weeks each, when all change: ${first.toFixed(1)} s; when nothing changes: ${again.toFixed(1)} s. Memory of the process afterwards: ${memory.toFixed(0)} MB. One customer's engagement, read: ${spread(page, 1)} ms.`,
    ].join("\n");
  } finally {
    await jobs.stop();
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const idOf = (n: string) => `md5('customer ' || ${n})::uuid`;
const nameOf = (n: string) => `'Feature ' || (${n}) % 12`;

async function fillCustomers({ database: { pool } }: Resources): Promise<void> {
  await pool.query("insert into workspaces (id, name, slug) values ($1, 'Bench', 'bench')", [workspaceId]);
  await pool.query(
    `insert into customers (workspace_id, id) select $1, ${idOf("n")} from generate_series(1, $2::int) as n`,
    [workspaceId, customers],
  );
  await pool.query(
    `insert into event_names (workspace_id, name, counts_as, decided_at, first_at, last_at)
     select $1, ${nameOf("n")}, 'feature', now(), now(), now() from generate_series(0, 11) as n`,
    [workspaceId],
  );
  await pool.query("vacuum analyze");
}

/** Stores some events and what waits to be counted of them, and counts; events per second of the counting. */
async function foldRounds(resources: Resources, at: string): Promise<number[]> {
  const { pool } = resources.database;
  const results: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await pool.query(
      `with made as materialized (
         select n, ${idOf(`1 + floor(random() * ${customers})::int`)} as customer_id, ${nameOf("n")} as name, ${at} as at
         from generate_series(1, $2::int) as n
       ), stored as (
         insert into events (workspace_id, customer_id, at, id, received_at, type, name)
         select $1, customer_id, at, gen_random_uuid(), now(), 'track', name from made
       )
       insert into event_folds (workspace_id, customer_ids, names, times)
       select $1, array_agg(customer_id), array_agg(name), array_agg(at) from made group by n / 500`,
      [workspaceId, eventsAtOnce],
    );
    const seconds = await time(async () => foldEvents(resources, workspaceId));
    // The other workers would have done these meanwhile.
    await pool.query("delete from pgboss.job");
    results.push(eventsAtOnce / seconds);
  }
  return results;
}

/** Gives every customer 105 weeks, and six features. */
async function fillYears({ database: { pool } }: Resources): Promise<void> {
  await pool.query("truncate engagement, feature_use");
  // Few enough for one statement to hold.
  for (let from = 1; from <= customers; from += 50_000) {
    const range = [workspaceId, from, Math.min(customers, from + 49_999)];
    await pool.query(
      `insert into engagement (workspace_id, customer_id, first_at, last_at, short, long, first_week, week_events, week_days)
       select $1, ${idOf("n")}, now() - interval '105 weeks', now() - interval '1 day', 5, 20,
         date_trunc('week', now())::date - 735,
         array(select greatest(0, round((n % 40) * (0.3 + random() + random()) * case when i > 80 and n % 9 = 0 then 0.4 else 1 end))::int from generate_series(1, 105) as i),
         array(select (random() * 127)::int::smallint from generate_series(1, 105) as i)
       from generate_series($2::int, $3::int) as n`,
      range,
    );
    await pool.query(
      `insert into feature_use (workspace_id, customer_id, name, n, first_at, last_at, long)
       select $1, ${idOf("n")}, ${nameOf("n + i")}, 10 * i, now() - interval '300 days', now() - i * interval '1 day', i
       from generate_series($2::int, $3::int) as n, generate_series(1, 6) as i`,
      range,
    );
  }
  await pool.query("vacuum analyze engagement, feature_use");
}

async function readRounds({ database, clock }: Resources): Promise<number[]> {
  const results: number[] = [];
  for (let round = -5; round < 31; round++) {
    const { rows } = await database.pool.query<{ id: string }>(`select ${idOf(String(1000 + round))} as id`);
    const seconds = await time(async () => readEngagement(database.reads, clock, workspaceId, rows[0]!.id));
    // The first rounds warm up.
    if (round >= 0) results.push(1000 * seconds);
  }
  return results;
}
