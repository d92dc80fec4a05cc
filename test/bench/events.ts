import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { median, spread, table } from "./figures.ts";
import type { Load, LoadResult } from "./load.ts";
import { ask, end, messageOf, start } from "./processes.ts";
import type { Served, Spent } from "./serve-nines.ts";

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 5);
/** A run of its own instead: so long under load, with the memory of the server every half minute. */
const minutes = Number(process.env.MINUTES ?? 0);
const connections = 16;
const perBatch = 100;

interface Round {
  result: LoadResult;
  /** Rows a second of COPY of the events of this round, without and with the key of the table. */
  copy: number;
  copyWithKey: number;
  /** Milliseconds of processor time of the serving process for 100 events. */
  processor: number;
}

/** Batches of 100 events over HTTP, against COPY of the same rows into a bare table on the same server. */
export async function benchEvents(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  const nines = start("serve-nines.ts", { DATABASE_URL: postgres.url, PORT: "0", LOG_LEVEL: "warn" });
  const { url, writeKey } = await messageOf<Served>(nines);
  const load = start("load.ts");
  const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}` };
  let runs = 0;
  let acknowledged = 0;
  const measure = async (length: number) => {
    const order = { url, path: "/v1/batch", headers, what: "events" as const, connections, seconds: length };
    const result = await ask<LoadResult>(load, { ...order, run: `run-${runs++}` } satisfies Load);
    if (result.refusal !== undefined) throw new Error(`A batch was not acknowledged:\n${result.refusal}`);
    acknowledged += result.acknowledged * perBatch;
    return result;
  };

  try {
    await database.query("create table bare_events (like events)");
    await database.query("create table keyed_events (like events, primary key (customer_id, at, id))");
    // Until all customers are known: each comes once in 50,000 events.
    for (let sent = 0; sent < 60_000;) sent += (await measure(2)).acknowledged * perBatch;
    const report = minutes > 0 ? await watchMemory(nines, measure) : await measureRounds();
    await untilFolded(database);
    await checkStored(database, acknowledged);
    return report;
  } finally {
    await Promise.all([nines, load].map(end));
    await database.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }

  async function measureRounds(): Promise<string> {
    const results: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      await untilFolded(database);
      const { rows } = await database.query<{ now: Date }>("select clock_timestamp() as now");
      const before = await ask<Spent>(nines, {});
      const result = await measure(seconds);
      const after = await ask<Spent>(nines, {});
      await untilFolded(database);
      const text = await rowsSince(database, rows[0]!.now);
      const copy = await copyInto(database, "bare_events", text);
      const copyWithKey = await copyInto(database, "keyed_events", text);
      const processor = (after.processor - before.processor) / result.acknowledged;
      results.push({ result, copy, copyWithKey, processor });
    }
    const { rows } = await database.query<{ fsync: string }>("show fsync");
    return tell(rows[0]!.fsync, results);
  }
}

/** The folding of a round belongs to it, and not to the COPY after it. */
async function untilFolded(database: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await database.query("select exists (select from event_folds) as left");
    if (!rows[0].left) return;
    await wait(50);
  }
}

async function rowsSince(database: pg.Client, since: Date): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const rows = database.query(
    copyTo(`copy (select * from events where received_at > '${since.toISOString()}' order by id) to stdout`),
  );
  for await (const chunk of rows) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function copyInto(database: pg.Client, into: string, text: Buffer): Promise<number> {
  await database.query(`truncate ${into}`);
  await database.query("checkpoint");
  const began = performance.now();
  const copy = database.query(copyFrom(`copy ${into} from stdin`));
  await pipeline([text], copy);
  return copy.rowCount / ((performance.now() - began) / 1000);
}

async function checkStored(database: pg.Client, acknowledged: number): Promise<void> {
  const { rows } = await database.query<{ stored: number; counted: number }>(
    "select (select count(*) from events)::integer as stored, (select sum(n) from event_names)::integer as counted",
  );
  const { stored, counted } = rows[0]!;
  if (stored === acknowledged && counted === acknowledged) return;
  throw new Error(`${acknowledged} events were acknowledged, ${stored} stored, ${counted} counted.`);
}

async function watchMemory(
  nines: Parameters<typeof ask>[0],
  measure: (seconds: number) => Promise<LoadResult>,
): Promise<string> {
  const rows: (string | number)[][] = [];
  for (let half = 1; half <= minutes * 2; half++) {
    const { acknowledged, seconds: length, p99 } = await measure(30);
    const { rss } = await ask<Spent>(nines, {});
    const rate = Math.round((acknowledged * perBatch) / length).toLocaleString("en");
    rows.push([half / 2, rate, p99.toFixed(0), Math.round(rss / 2 ** 20)]);
  }
  return table(["minute", "events per second", "p99 ms", "memory of the server, MB"], rows);
}

function tell(fsync: string, results: Round[]): string {
  const rate = ({ result }: Round) => (result.acknowledged * perBatch) / result.seconds;
  return [
    `${connections} connections, batches of ${perBatch}, ${results.length} rounds of ${seconds} s, fsync ${fsync}; median (lowest–highest).`,
    "",
    table(
      ["", "events per second", "p50 ms", "p99 ms"],
      [
        [
          "Nines, acknowledged",
          spread(results.map(rate)),
          spread(
            results.map(({ result }) => result.p50),
            1,
          ),
          spread(
            results.map(({ result }) => result.p99),
            1,
          ),
        ],
        ["COPY into a bare table", spread(results.map(({ copy }) => copy)), "", ""],
        ["COPY, with the table's key", spread(results.map(({ copyWithKey }) => copyWithKey)), "", ""],
      ],
    ),
    "",
    `Nines / COPY, round by round: ${spread(
      results.map((each) => rate(each) / each.copy),
      2,
    )}; with the key ${spread(
      results.map((each) => rate(each) / each.copyWithKey),
      2,
    )}. Processor time of the server for a batch: ${median(results.map(({ processor }) => processor)).toFixed(2)} ms.`,
    "",
    "Every acknowledged event was stored once and counted once.",
  ].join("\n");
}
