import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { importFile } from "../../server/collect/imports/import-file.ts";
import { createHandlers } from "../../server/jobs.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { openDatabase } from "../../server/platform/database/open.ts";
import { newId } from "../../server/platform/ids.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import type { Resources } from "../../server/platform/resources.ts";
import { median, spread, table } from "./figures.ts";

const rounds = Number(process.env.ROUNDS ?? 5);
const rowCounts = (process.env.ROWS ?? "200000,1000000").split(",").map(Number);
// Every table that an import of this file writes rows of the file into.
const tables = ["customer_keys", "customers", "responses"];

interface Round {
  copy: number;
  import: number;
  again: number | undefined;
}

/** A CSV file through the import, against COPY of the very rows it made into the same tables, empty, with their indexes. */
export async function benchImport(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(join(folder, "data"));
  const log = openLog("warn");
  const database = openDatabase(postgres.url, { log });
  const resources: Resources = { config: readConfig({}), database, clock: systemClock, log };
  await migrate(database.pool);
  const jobs = await openJobs(database.pool, createHandlers(resources), log);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ fsync: string }>("show fsync");
    const lines: (string | number)[][] = [];
    for (const rowCount of rowCounts) {
      const file = join(folder, `${rowCount}.csv`);
      await writeFile(file, rowCount);
      const results: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        results.push(await measure(resources, client, folder, file, rowCount));
      }
      const { size } = await stat(file);
      lines.push(describe(rowCount, size, results));
      await rm(file);
    }
    const head = [
      "rows",
      "file",
      "COPY, rows/s",
      "import, rows/s",
      "import ÷ COPY",
      "the same file again, rows/s",
    ];
    return `${rounds} rounds each, alternating; fsync ${rows[0]?.fsync}. Median (least–most).\n\n${table(head, lines)}`;
  } finally {
    await client.end();
    await jobs.stop();
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function describe(rowCount: number, size: number, results: Round[]): (string | number)[] {
  const perSecond = (pick: (round: Round) => number) =>
    spread(results.map((round) => rowCount / pick(round)));
  const ratio = spread(
    results.map((round) => round.copy / round.import),
    2,
  );
  return [
    rowCount.toLocaleString("en"),
    `${Math.round(size / 1e6)} MB`,
    perSecond(({ copy }) => copy),
    perSecond((round) => round.import),
    ratio,
    Math.round(rowCount / median(results.flatMap(({ again }) => again ?? []))).toLocaleString("en"),
  ];
}

async function measure(
  resources: Resources,
  client: pg.Client,
  folder: string,
  file: string,
  rowCount: number,
): Promise<Round> {
  const workspaceId = newId(systemClock);
  await client.query("insert into workspaces (id, name, slug) values ($1::uuid, 'Bench', $1::text)", [
    workspaceId,
  ]);
  await empty(client);
  const importing = await seconds(async () => {
    const { rowsStored } = await importFile(resources, { workspaceId, file });
    if (rowsStored !== rowCount) throw new Error(`${rowsStored} of ${rowCount} rows were stored.`);
  });
  const again = await seconds(async () => {
    const { rowsKnown } = await importFile(resources, { workspaceId, file });
    if (rowsKnown !== rowCount) throw new Error(`${rowsKnown} of ${rowCount} rows were known.`);
  });
  const dump = (name: string) => join(folder, `${name}.copy`);
  for (const name of tables) {
    await pipeline(client.query(copyTo(`copy ${name} to stdout`)), createWriteStream(dump(name)));
  }
  await empty(client);
  const copy = await seconds(async () => {
    for (const name of tables) {
      await pipeline(
        createReadStream(dump(name), { highWaterMark: 1 << 20 }),
        client.query(copyFrom(`copy ${name} from stdin`)),
      );
    }
  });
  const { rows } = await client.query<{ n: number }>("select count(*)::int as n from responses");
  if (rows[0]?.n !== rowCount) throw new Error(`COPY stored ${rows[0]?.n} of ${rowCount} rows.`);
  return { import: importing, copy, again };
}

async function empty(client: pg.Client): Promise<void> {
  await client.query(
    `truncate ${tables.join(", ")}, accounts, score_changes, score_days, imports, pgboss.job`,
  );
  await client.query("checkpoint");
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const comments = [
  "",
  '"Great service, fast delivery and friendly people."',
  '"It does what it should, but the reports take too long."',
  '"Good, but ""not"" great: I miss an export, and the app logs me out."',
  '"Der Support antwortet schnell, nur die Rechnungen sind unübersichtlich."',
  "",
  "Setup was easy.",
];
const plans = ["free", "starter", "pro", "enterprise"];
const countries = ["DE", "AT", "CH", "US", "FR", "GB"];

/** id, e-mail, score, comment, date and five traits; the same bytes every time. */
async function writeFile(path: string, rowCount: number): Promise<void> {
  function* text() {
    yield "customer id,email,score,comment,date,plan,country,seats,newsletter,city\n";
    let lines = "";
    for (let i = 0; i < rowCount; i++) {
      // A permutation, so that neighbours in the file are no neighbours in an index.
      const n = (i * 611_953) % rowCount;
      const day = String(1 + (n % 28)).padStart(2, "0");
      const month = String(1 + (Math.floor(n / 28) % 12)).padStart(2, "0");
      const time = `${String(n % 24).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}:00`;
      lines +=
        `c-${n},person.${n}@example.com,${(n * 7) % 11},${comments[n % comments.length]},` +
        `2025-${month}-${day}T${time}Z,${plans[n % 4]},${countries[n % 6]},${n % 250},${n % 3 === 0},City ${n % 900}\n`;
      if (lines.length > 1 << 20) {
        yield lines;
        lines = "";
      }
    }
    yield lines;
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
}
