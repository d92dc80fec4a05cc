import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countCases, listCases } from "../../server/act/inbox/list-cases.ts";
import { readCase } from "../../server/act/inbox/read-case.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { table, timeRounds } from "./figures.ts";
import { fillCompany, workspace } from "./passives.ts";

const sizes = (process.env.SIZES ?? "100000,1000000").split(",").map(Number);
const rounds = Number(process.env.ROUNDS ?? 9);
const clock = new ManualClock("2026-10-13T08:00:00Z");

/** The inbox of a company whose every detractor has a case: its lists, their numbers, and one case with all that is known. */
export async function benchInbox(): Promise<string> {
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
    `Each detractor's answer has a comment and a case: one in twenty open, one in fifty waiting, the others closed; ${rounds} rounds, median (lowest–highest), ms.`,
    "",
    table(
      [
        "customers",
        "cases",
        "open",
        "open, first page",
        "open, a later page",
        "closed, first page",
        "numbers of the lists",
        "one case",
      ],
      lines,
    ),
  ].join("\n");
}

/** Six words of two hundred, so that many comments have some of them in common. */
const commentInSql = `(select string_agg('word' || chr(97 + n / 26) || chr(97 + n % 26) || 'x', ' ')
  from (select (hashtext(r.id::text || k) & 2147483647) % 200 as n from generate_series(1, 6) as k) as of)`;

async function measureSize({ pool, db, reads }: OpenDatabase, size: number): Promise<(string | number)[]> {
  await fillCompany(pool, size);
  await pool.query(
    `insert into surveys (workspace_id, id, name, question) values ('${workspace}', '${workspace}', 'Bench', '?')`,
  );
  await pool.query(`update responses r set comment = ${commentInSql} where r.score <= 6`);
  const { rowCount: cases } = await pool.query(
    `insert into cases (workspace_id, customer_id, id, opened_by, title, response_id, state, opened_at, due_at, first_reply_at,
       closed_at, score_before, updated_at)
     select r.workspace_id, r.customer_id, r.id, 'detractor', '', r.id, s.state, r.at, r.at + interval '8 hours',
       case when s.state <> 'open' then r.at + interval '5 hours' end,
       case when s.state = 'closed' then r.at + interval '9 hours' end, r.score, r.at
     from responses r, lateral (select case when hashtext(r.id::text) % 20 = 0 then 'open'
       when hashtext(r.id::text) % 50 = 1 then 'waiting' else 'closed' end as state) as s
     where r.score <= 6`,
  );
  await pool.query("vacuum analyze");
  const timed = async (work: () => Promise<unknown>) => timeRounds(rounds, work);
  const of = { workspaceId: workspace };
  const { open } = await countCases(db, of, clock.now());
  const page = async (state: "open" | "closed", cursor?: string) => {
    const found = await listCases(reads, of, { state, cursor });
    if (found.items.length === 0) throw new Error(`Nothing is in the list ${state}.`);
    return found;
  };
  const { items, next } = await page("open");
  const one = await readCase(db, workspace, items[0]!.id, clock.now());
  if (one.similar.length === 0) throw new Error("No customer has the same words.");
  return [
    size.toLocaleString("en"),
    (cases ?? 0).toLocaleString("en"),
    open.toLocaleString("en"),
    await timed(async () => page("open")),
    await timed(async () => page("open", next!)),
    await timed(async () => page("closed")),
    await timed(async () => countCases(reads, of, clock.now())),
    await timed(async () => readCase(reads, workspace, items[0]!.id, clock.now())),
  ];
}
