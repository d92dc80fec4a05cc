import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { listPassives } from "../../server/identify/passives/list-passives.ts";
import { readPassives } from "../../server/identify/passives/read-passives.ts";
import { selectPassives } from "../../server/identify/passives/select-passives.ts";
import { refreshStandings } from "../../server/identify/passives/refresh-standings.ts";
import { createHandlers } from "../../server/jobs.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import { spread, table } from "./figures.ts";

const sizes = (process.env.SIZES ?? "100000,1000000").split(",").map(Number);
const rounds = Number(process.env.ROUNDS ?? 15);
/** Raw events of each customer, before there are ten times as many. */
const eventsEach = Number(process.env.EVENTS ?? 1);
const clock = new ManualClock("2026-10-13T08:00:00Z");

/** The page of passives and the refresh of all standings, by customers and by events. */
export async function benchPassives(): Promise<string> {
  const lines: (string | number)[][] = [];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
    const postgres = await startEmbedded(folder);
    const database = openDatabase(postgres.url);
    try {
      await migrate(database.pool);
      const log = openLog("warn");
      const resources = { config: readConfig({}), database, clock, log };
      await openJobs(database.pool, createHandlers(resources), log).then(async (jobs) => jobs.stop());
      lines.push(...(await measureSize(database, size)));
    } finally {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return [
    `Two answers and two invitations of each customer, 27 weeks of engagement, five features, a purchase of every fourth; ${rounds} rounds, median (lowest–highest).`,
    "",
    table(
      [
        "customers",
        "events",
        "the page, ms",
        "its list, ms",
        "refresh of all the first time, s",
        "again, all changed, s",
        "again, nothing changed, s",
        "refresh of 100, ms",
      ],
      lines,
    ),
  ].join("\n");
}

/** Whose customers they are. */
export const workspace = "00000000-0000-4000-8000-000000000001";

async function measureSize(database: OpenDatabase, size: number): Promise<(string | number)[][]> {
  const { pool, db, reads } = database;
  await fillCompany(pool, size);
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const refresh = () => refreshStandings(db, clock, workspace);
  const first = await timed(refresh);
  await pool.query("vacuum analyze standings");
  await pool.query("update engagement set change = change + 0.001");
  await pool.query("vacuum analyze engagement");
  const again = await timed(refresh);
  const unchanged = await timed(refresh);
  await pool.query("vacuum analyze standings");
  const lines: (string | number)[][] = [];
  for (const [times, more] of [
    [1, eventsEach],
    [10, 9 * eventsEach],
  ] as const) {
    await addEvents(pool, size, more, times);
    const page: number[] = [];
    const list: number[] = [];
    const few: number[] = [];
    for (let round = -3; round < rounds; round++) {
      const took = await timed(async () => {
        const { customers, passives } = await readPassives(reads, workspace);
        if (customers !== size || passives === 0) throw new Error("The page is not about all customers.");
      });
      const listTook = await timed(async () => {
        const { items } = await listPassives(reads, await selectPassives(reads, workspace, {}, clock.now()), {
          now: clock.now(),
        });
        if (items.length !== 50) throw new Error("The list is short.");
      });
      const some = Array.from({ length: 100 }, (_, i) =>
        idOf(1 + ((i * 7919 + round * 104_729 + 1_000_000) % size)),
      );
      const fewTook = await timed(() => refreshStandings(db, clock, workspace, some));
      // The first rounds warm up.
      if (round >= 0)
        for (const [times, time] of [
          [page, took],
          [list, listTook],
          [few, fewTook],
        ] as const)
          times.push(time);
    }
    const seconds = (milliseconds: number) => (times === 1 ? (milliseconds / 1000).toFixed(1) : "");
    lines.push([
      size.toLocaleString("en"),
      (times * eventsEach * size).toLocaleString("en"),
      spread(page),
      spread(list),
      seconds(first),
      seconds(again),
      seconds(unchanged),
      spread(few),
    ]);
  }
  return lines;
}

const idOf = (i: number) => `00000000-0000-7000-8000-${i.toString(16).padStart(12, "0")}`;
const idInSql = "('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid";

/** Runs an insert for each `i` up to a size, some at a time. */
async function insertEach(pool: pg.Pool, size: number, text: string): Promise<void> {
  const chunk = 200_000;
  for (let from = 1; from <= size; from += chunk) {
    const last = Math.min(size, from + chunk - 1);
    await pool.query(`${text} from generate_series(${from}, ${last}) as i`);
  }
}

const features = ["Invoice Sent", "Report Opened", "Export Made", "Bank Connected", "Product Viewed"];

/** A company of so many customers with all that the pages read, but for its standings. */
export async function fillCompany(pool: pg.Pool, size: number): Promise<void> {
  const ids = `'${workspace}'::uuid, ${idInSql}`;
  await pool.query(`insert into workspaces (id, name, slug) values ('${workspace}', 'Bench', 'bench')`);
  await insertEach(
    pool,
    size,
    `insert into customers (workspace_id, id, external_id, name, traits)
     select ${ids}, 'c' || i, 'Customer ' || i, jsonb_build_object('plan',
       (array['Free', 'Team', 'Business'])[1 + i % 3], 'revenue', 100 + i % 900, 'currency', 'EUR')`,
  );
  for (const turn of [0, 1]) {
    const sent = `'2026-01-01'::timestamptz + (${120 * turn} + i % 100) * interval '1 day'`;
    await insertEach(
      pool,
      size,
      `insert into responses (workspace_id, customer_id, id, survey_id, score, channel, at)
       select ${ids}, md5('r${turn}' || i)::uuid, '${workspace}', (array[10, 9, 8, 7, 8, 3, 9, 10, 7, 6])[1 + (i * 7 + ${3 * turn}) % 10],
         'email', ${sent}`,
    );
    await insertEach(
      pool,
      size,
      `insert into invitations (workspace_id, customer_id, id, survey_id, version, channel, language, state, send_after, sent_at, expires_at)
       select ${ids}, md5('i${turn}' || i)::uuid, '${workspace}', 1, 'email', 'en', 'sent', ${sent}, ${sent}, ${sent} + interval '30 days'`,
    );
  }
  // A third had no time to answer, and is silent.
  await pool.query("delete from responses where get_byte(uuid_send(customer_id), 15) % 3 = 0");
  await insertEach(
    pool,
    size,
    `insert into engagement (workspace_id, customer_id, first_at, last_at, short, long, first_week, week_events, week_days,
       evaluated_on, state, state_since, change, usual, recent)
     select ${ids}, '2026-04-06', '2026-10-12', 1, 1, '2026-04-06', array_fill(1 + i % 40, array[27]),
       array_fill((1 << (1 + i % 5)) - 1, array[27])::smallint[], '2026-10-13',
       (array['cooling', 'flat', 'flat', 'warming', 'flat', 'dormant', 'flat', 'flat', 'unknown', 'flat'])[1 + i % 10],
       '2026-09-07', sin(i) * 0.6, 1 + i % 40, (1 + i % 40) * 0.8`,
  );
  for (const [n, name] of features.entries()) {
    await pool.query(
      "insert into event_names (workspace_id, name, counts_as, first_at, last_at) values ($1, $2, 'feature', now(), now())",
      [workspace, name],
    );
    await insertEach(
      pool,
      size,
      `insert into feature_use (workspace_id, customer_id, name, n, first_at, last_at, long)
       select ${ids}, '${name}', 10, '2026-04-06', '2026-10-12'::timestamptz - ((i * ${n + 1}) % 150) * interval '1 day', i % 20`,
    );
  }
  await insertEach(
    pool,
    Math.floor(size / 4),
    `insert into purchases (workspace_id, customer_id, id, at, revenue, currency, discount)
     select ${ids}, md5('p' || i)::uuid, '2026-06-01', 50, 'EUR', i % 3`,
  );
  await pool.query("vacuum analyze");
}

/** Raw events, which no page reads; week by week they are in the engagement already. */
export async function addEvents(pool: pg.Pool, size: number, each: number, round: number): Promise<void> {
  for (let n = 0; n < each; n++) {
    await insertEach(
      pool,
      size,
      `insert into events (workspace_id, customer_id, at, id, received_at, type, name)
       select '${workspace}'::uuid, ${idInSql}, '2026-09-01'::timestamptz + (i % 30) * interval '1 day',
         md5('e${round}-${n}-' || i)::uuid, '2026-10-01', 'track', 'Invoice Sent'`,
    );
  }
  await pool.query("vacuum analyze");
}
