import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { median, spread, table } from "./figures.ts";
import type { Load, LoadResult } from "./load.ts";
import { ask, end, messageOf, start } from "./processes.ts";
import type { RoundTrips, Served } from "./serve-nines.ts";

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 5);

/** One answer per request over HTTP, against a bare handler on the same stack that does one INSERT per request. */
export async function benchResponses(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  const connections = process.env.BARE_CONNECTIONS ?? "12";
  const nines = start("serve-nines.ts", { DATABASE_URL: postgres.url, PORT: "0", LOG_LEVEL: "warn" });
  const served = await messageOf<Served>(nines);
  const bare = start("serve-bare.ts", { BARE_DATABASE_URL: postgres.url, BARE_CONNECTIONS: connections });
  const bareServed = await messageOf<{ url: string }>(bare);
  const load = start("load.ts");
  const headers = { authorization: `Bearer ${served.key}` };
  const onNines = { url: served.url, path: "/api/v1/responses", headers };
  const onBare = { url: bareServed.url, path: "/responses", headers };
  let runs = 0;
  const measure = (more: Omit<Load, "run">) => ask<LoadResult>(load, { ...more, run: `run-${runs++}` });

  try {
    const { rows } = await database.query<{ fsync: string }>("show fsync");
    for (const target of [onNines, onBare]) await measure({ ...target, connections: 64, seconds: 3 });
    const results: { nines: LoadResult; bare: LoadResult; trips: RoundTrips }[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await ask<RoundTrips>(nines, {});
      const ninesResult = await measure({ ...onNines, connections: 64, seconds });
      const after = await ask<RoundTrips>(nines, {});
      const bareResult = await measure({ ...onBare, connections: 64, seconds });
      const trips = { recording: after.recording - before.recording, other: after.other - before.other };
      results.push({ nines: ninesResult, bare: bareResult, trips });
    }
    const alone = await measure({ ...onNines, connections: 1, seconds });
    const bursts = [];
    for (const connections of [5, 64, 500]) {
      const before = await countResponses(database);
      const result = await measure({ ...onNines, connections, burst: true });
      bursts.push([
        connections,
        result.acknowledged,
        (await countResponses(database)) - before,
        result.p99.toFixed(0),
      ]);
    }
    return report(rows[0]!.fsync, connections, results, alone, bursts);
  } finally {
    await Promise.all([nines, bare, load].map(end));
    await database.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function countResponses(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ n: string }>("select count(*) as n from responses");
  return Number(rows[0]!.n);
}

function report(
  fsync: string,
  connections: string,
  results: { nines: LoadResult; bare: LoadResult; trips: RoundTrips }[],
  alone: LoadResult,
  bursts: (string | number)[][],
): string {
  const rate = (result: LoadResult) => result.acknowledged / result.seconds;
  const row = (name: string, all: LoadResult[]) => [
    name,
    spread(all.map(rate)),
    spread(
      all.map(({ p50 }) => p50),
      1,
    ),
    spread(
      all.map(({ p99 }) => p99),
      1,
    ),
    all.reduce((sum, { refused }) => sum + refused, 0),
  ];
  const ratios = results.map(({ nines, bare }) => rate(nines) / rate(bare));
  const perAnswer = (kind: keyof RoundTrips) =>
    median(results.map(({ nines, trips }) => trips[kind] / nines.acknowledged)).toFixed(3);
  return [
    `64 connections, ${results.length} alternating rounds of ${seconds} s, fsync ${fsync}; median (lowest–highest). The bare handler has ${connections} database connections.`,
    "",
    table(
      ["", "answers acknowledged per second", "p50 ms", "p99 ms", "refused"],
      [
        row(
          "Nines",
          results.map(({ nines }) => nines),
        ),
        row(
          "bare handler",
          results.map(({ bare }) => bare),
        ),
      ],
    ),
    "",
    `Nines / bare, round by round: ${spread(ratios, 2)}. On one connection: ${rate(alone).toFixed(0)} per second, p50 ${alone.p50.toFixed(1)} ms.`,
    "",
    `Round trips to the database per answer at 64 connections: ${perAnswer("recording")} for recording, ${perAnswer("other")} for everything else of the process (API key, survey, jobs, folding). Counted at the sockets: each time something is sent on a connection that has received something since.`,
    "",
    table(["simultaneous answers", "acknowledged", "stored", "slowest ms"], bursts),
  ].join("\n");
}
