import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rebuildScoreDays } from "../../server/collect/rebuild-score-days.ts";
import { refreshStandings } from "../../server/identify/passives/refresh-standings.ts";
import { createHandlers } from "../../server/jobs.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import { listMoved } from "../../server/prove/moves/list-moved.ts";
import { countAnew } from "../../server/prove/moves/count-moves.ts";
import { chooseSpan, readHoldout, readMoves } from "../../server/prove/moves/read-moves.ts";
import { table, timeRounds } from "./figures.ts";
import { fillCompany, workspace } from "./passives.ts";

const sizes = (process.env.SIZES ?? "100000,1000000").split(",").map(Number);
const rounds = Number(process.env.ROUNDS ?? 7);
const clock = new ManualClock("2026-10-13T08:00:00Z");

/** Who moved between two waves, and the list of those who moved so, by customers. */
export async function benchMoves(): Promise<string> {
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
      lines.push(await measureSize(database, size));
    } finally {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return [
    `Two waves, each customer asked in both, a third silent in both, one in fifty gone; ${rounds} rounds, median (lowest–highest).`,
    "",
    table(
      [
        "customers",
        "counting all moves, ms",
        "with the holdout's beside, ms",
        "the page, ms",
        "first page of a move, ms",
        "a later page, ms",
      ],
      lines,
    ),
  ].join("\n");
}

const waves = { from: "2026-01-01..2026-04-15", to: "2026-04-16..2026-09-30" };

async function measureSize(database: OpenDatabase, size: number): Promise<(string | number)[]> {
  const { pool, db, reads } = database;
  await fillCompany(pool, size);
  await pool.query(
    `insert into surveys (workspace_id, id, name, question) values ('${workspace}', '${workspace}', 'Bench', '?')`,
  );
  await pool.query(
    `update customers set traits = traits || '{"churnedAt": "2026-09-01"}' where get_byte(uuid_send(id), 15) % 50 = 0`,
  );
  await rebuildScoreDays(db, workspace);
  await refreshStandings(db, clock, workspace);
  await pool.query("vacuum analyze");
  const timed = async (work: () => Promise<unknown>) => timeRounds(rounds, work);
  const moves = async () => {
    const { customers, together } = await readMoves({ database, clock }, workspace, waves);
    if (customers !== size || together.length === 0) throw new Error("The moves are not of all customers.");
  };
  const span = await chooseSpan(reads, clock, workspace, waves);
  const count = async () => {
    const holdout = await readHoldout(reads, workspace, span.to);
    await countAnew({ database, clock }, reads, span, holdout);
  };
  const all = await timed(count);
  await pool.query(
    `insert into act_settings (workspace_id, permanent_salt) values ('${workspace}', 'salt');
     insert into enrolments (workspace_id, customer_id, id, play_id, version, unit_id, place, arm, entered_at, result_due)
     select workspace_id, id, id, id, 1, id, 0, 'treated', '2026-05-01', '2026-08-01' from customers limit 1`,
  );
  const beside = await timed(count);
  const shown = await timed(moves);
  const filter = { before: "passive", after: "promoter" } as const;
  const first = await timed(async () => listMoved(reads, span, filter));
  const { next } = await listMoved(reads, span, filter, { limit: 200 });
  const later = await timed(async () => listMoved(reads, span, filter, { cursor: next! }));
  return [size.toLocaleString("en"), all, beside, shown, first, later];
}
