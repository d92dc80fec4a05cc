import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { newDefinition } from "../../server/act/plays/play-definition.ts";
import { planPlay } from "../../server/act/plays/play-plan.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { listResults } from "../../server/prove/results/list-results.ts";
import { measurePlay } from "../../server/prove/results/measure-play.ts";
import { recordOutcomes } from "../../server/prove/results/record-outcomes.ts";
import { takeLooks } from "../../server/prove/results/take-looks.ts";
import { spread, table } from "./figures.ts";

const sizes = (process.env.SIZES ?? "100000,1000000").split(",").map(Number);
const rounds = Number(process.env.ROUNDS ?? 9);
const clock = new ManualClock("2026-10-13T08:00:00Z");
const workspace = "00000000-0000-4000-8000-000000000001";
const play = "00000000-0000-4000-8000-0000000000a1";
const ofAccounts = "00000000-0000-4000-8000-0000000000a2";

/** One play with so many enrolments, by customers and by accounts: its result, the list, and writing outcomes down. */
export async function benchResults(): Promise<string> {
  const lines: (string | number)[][] = [];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
    const postgres = await startEmbedded(folder);
    const database = openDatabase(postgres.url);
    try {
      await migrate(database.pool);
      lines.push(await measureSize(database, size));
    } finally {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return [
    `A play of all customers, and one of accounts with ten people each with a tenth of them; two answers of each customer, a purchase of every fourth; ${rounds} rounds, median (lowest–highest).`,
    "",
    table(
      [
        "enrolments",
        "outcomes written, a second",
        "a look, ms",
        "the result, ms",
        "of accounts (a tenth), ms",
        "the list, ms",
      ],
      lines,
    ),
  ].join("\n");
}

async function measureSize({ pool, db, reads }: OpenDatabase, size: number): Promise<(string | number)[]> {
  await fill(pool, size);
  const now = clock.now();
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const several = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) times.push(await timed(work));
    return spread(times);
  };
  let written = 0;
  const recording = await timed(async () => {
    written = await recordOutcomes(db, now);
  });
  await pool.query("vacuum analyze enrolments");
  const look = await timed(() => takeLooks(db, now));
  return [
    size.toLocaleString("en"),
    Math.round(written / (recording / 1000)).toLocaleString("en"),
    Math.round(look).toLocaleString("en"),
    await several(() => measurePlay(reads, { workspaceId: workspace, playId: play }, now)),
    await several(() => measurePlay(reads, { workspaceId: workspace, playId: ofAccounts }, now)),
    await several(() => listResults(reads, workspace, now)),
  ];
}

async function fill(pool: pg.Pool, size: number): Promise<void> {
  const started = new Date("2025-10-13T08:00:00Z");
  for (const [id, assign, customers] of [
    [play, "customer", size],
    [ofAccounts, "account", size / 10],
  ] as const) {
    const definition = { ...newDefinition(size), assign, days: 90 };
    const planned = planPlay(definition, { baseline: 0.1, designEffect: 1, now: started });
    await pool.query(
      `insert into plays (workspace_id, id, name, state, version, salt, planned, live_since, created_at)
       values ($1, $2, 'Bench', 'live', 1, 's', $3, $4, $4)`,
      [workspace, id, JSON.stringify(planned), started],
    );
    await pool.query(
      "insert into play_versions (workspace_id, play_id, number, definition) values ($1, $2, 1, $3)",
      [workspace, id, JSON.stringify(definition)],
    );
    // Spread over a year; whose 90 days are over has a result. One in five is left alone.
    await pool.query(
      `insert into enrolments (workspace_id, customer_id, id, play_id, version, unit_id, place, arm, entered_at, score_before,
         category_before, state_before, plan_before, state, result_due, reached, settled_at)
       select $1::uuid, md5('c' || i)::uuid, md5($2::text || i)::uuid, $2::uuid, 1, md5(case when $3::boolean then 'a' || i / 10 else 'c' || i end)::uuid, 0.5,
         case when (case when $3::boolean then i / 10 else i end) % 5 = 0 then 'holdout' else 'treated' end, at, 7 + i % 2, 'passive',
         (array['cooling', 'flat', 'warming', 'dormant'])[1 + i % 4], (array['Solo', 'Team', 'Business'])[1 + i % 3], 'done',
         at + interval '90 days', case when at < $5::timestamptz - interval '90 days' then i % 9 = 0 end,
         case when at < $5::timestamptz - interval '90 days' then at + interval '90 days' end
       from generate_series(1, $4::integer) as i, lateral (select $6::timestamptz + (i % 365) * interval '1 day' as at) x`,
      [workspace, id, assign === "account", customers, clock.now(), started],
    );
  }
  await pool.query(
    `insert into customers (workspace_id, id, created_at)
     select $1, md5('c' || i)::uuid, $3 from generate_series(1, $2::integer) as i`,
    [workspace, size, started],
  );
  await pool.query(
    `insert into responses (workspace_id, customer_id, id, survey_id, score, channel, at)
     select $1, md5('c' || i)::uuid, md5('r' || i || n)::uuid, $1, (i * 7 + n) % 11, 'email',
       $3::timestamptz + ((i + n * 60) % 365) * interval '1 day'
     from generate_series(1, $2::integer) as i, generate_series(0, 1) as n`,
    [workspace, size, started],
  );
  await pool.query(
    `insert into purchases (workspace_id, customer_id, id, at, revenue, currency)
     select $1, md5('c' || i)::uuid, md5('p' || i)::uuid, $3::timestamptz + ((i + 30) % 365) * interval '1 day', 10 + i % 90, 'EUR'
     from generate_series(1, $2::integer, 4) as i`,
    [workspace, size, started],
  );
  await pool.query("vacuum analyze");
}
