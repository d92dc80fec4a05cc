import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { newInvitationTokens } from "../../server/collect/answering/invitation-token.ts";
import { newPageNonces } from "../../server/collect/answering/page-nonce.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { openDatabase } from "../../server/platform/database/open.ts";
import { mailedSurvey } from "../mailed-survey.ts";
import { median, spread, table } from "./figures.ts";
import type { Load, LoadResult, PreparedRequest } from "./load.ts";
import { ask, end, messageOf, start } from "./processes.ts";
import type { Served, Spent } from "./serve-nines.ts";

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 5);
/** Each invitation is answered once, so there must be enough of them for a round. */
const mostPerSecond = 12_000;
const secret = "only for this run, and long enough for a secret";

interface Run {
  result: LoadResult;
  /** Milliseconds of processor time of the serving process for one answer. */
  processor: number;
}

type Round = { nines: Run & { trips: number }; bare: Run };

/** Answers as the page behind a mail's link sends them, against a bare handler on the same stack. */
export async function benchPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const connections = process.env.BARE_CONNECTIONS ?? "12";
  const nines = start("serve-nines.ts", {
    DATABASE_URL: postgres.url,
    PORT: "0",
    LOG_LEVEL: "warn",
    SECRET: secret,
    // Each respondent comes from an address of their own, as in life.
    TRUST_PROXY: "true",
  });
  const served = await messageOf<Served>(nines);
  const bare = start("serve-bare.ts", { BARE_DATABASE_URL: postgres.url, BARE_CONNECTIONS: connections });
  const { url: bareUrl } = await messageOf<{ url: string }>(bare);
  const load = start("load.ts");
  const database = openDatabase(postgres.url);
  const pages = await openPages(database, served.workspaceId);
  let runs = 0;
  const measure = async (more: Pick<Load, "url" | "path" | "headers" | "prepared">, length = seconds) =>
    ask<LoadResult>(load, { ...more, connections: 64, seconds: length, run: `run-${runs++}` } satisfies Load);
  const onNines = async (length?: number): Promise<Round["nines"]> => {
    const prepared = await pages.fetch((length ?? seconds) * mostPerSecond);
    const before = await ask<Spent>(nines, {});
    const result = await measure({ url: served.url, path: "", headers: asBrowser, prepared }, length);
    const after = await ask<Spent>(nines, {});
    const { acknowledged, refusal } = result;
    if (refusal !== undefined) throw new Error(`An answer was not acknowledged:\n${refusal}`);
    const trips = after.recording + after.other - before.recording - before.other;
    const processor = (after.processor - before.processor) / acknowledged;
    return { result, processor, trips: trips / acknowledged };
  };
  const onBare = async (length?: number): Promise<Run> => {
    const before = await ask<Spent>(bare, {});
    const result = await measure({ url: bareUrl, path: "/responses", headers: {} }, length);
    const { processor } = await ask<Spent>(bare, {});
    return { result, processor: (processor - before.processor) / result.acknowledged };
  };

  try {
    let acknowledged = (await onNines(3)).result.acknowledged;
    await onBare(3);
    const results: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const one = { nines: await onNines(), bare: await onBare() };
      acknowledged += one.nines.result.acknowledged;
      results.push(one);
    }
    const stored = await checkStored(database.pool, pages.surveyId, acknowledged);
    const { rows } = await database.pool.query<{ fsync: string }>("show fsync");
    return `${report(results, rows[0]!.fsync, connections)}\n\n${stored}`;
  } finally {
    await Promise.all([nines, bare, load].map(end));
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const asBrowser = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  accept: "*/*",
  "accept-language": "en-US,en;q=0.5",
  "accept-encoding": "gzip, deflate, br",
};

/** Makes invitations that were sent an hour ago, and what their pages send when they were fetched a minute ago. */
async function openPages({ db, pool }: ReturnType<typeof openDatabase>, workspaceId: string) {
  const surveyId = await mailedSurvey({ db, clock: systemClock }, workspaceId);
  const tokens = newInvitationTokens(secret);
  const nonces = newPageNonces(secret);
  let batches = 0;
  return {
    surveyId,
    async fetch(n: number): Promise<PreparedRequest[]> {
      const { rows } = await pool.query<{ customerId: string; id: string }>(insertInvitations, [
        workspaceId,
        surveyId,
        `batch${batches++}-`,
        n,
      ]);
      await pool.query("vacuum analyze customers, customer_keys, invitations, responses");
      const fetchedAt = new Date(systemClock.now().getTime() - 60_000);
      return rows.map(({ customerId, id }, number) => ({
        path: `/r/${tokens.sign("answer", { customerId, invitationId: id, number: 1 })}`,
        body: JSON.stringify({
          nonce: nonces.make(`invitation ${id}`, fetchedAt),
          lang: "en",
          website: "",
          score: (number * 7) % 11,
          state: "confirmed",
          sign: "input",
          comment: "Everything worked, only the delivery took longer than promised.",
          drivers: [],
        }),
      }));
    },
  };
}

const insertInvitations = `
  with made as (
    insert into customers (workspace_id, id, email, name, traits)
    select $1, gen_random_uuid(), $3 || i || '@example.com', 'Katrin Brandt',
      jsonb_build_object('plan', 'pro', 'seats', i % 40)
    from generate_series(1, $4::int) as i
    returning id, email),
  keyed as (
    insert into customer_keys (workspace_id, key, customer_id) select $1, 'email:' || email, id from made)
  insert into invitations (workspace_id, customer_id, id, survey_id, version, channel, language, state, recipient,
    created_at, send_after, sent_at, expires_at, remind_at)
  select $1, id, gen_random_uuid(), $2, 1, 'email', 'en', 'sent', email, now() - interval '1 hour',
    now() - interval '1 hour', now() - interval '1 hour', now() + interval '30 days', now() + interval '5 days'
  from made returning customer_id as "customerId", id`;

/** @throws Error unless each acknowledged answer is stored and counted, and none was set aside */
async function checkStored(pool: pg.Pool, surveyId: string, acknowledged: number): Promise<string> {
  const { rows } = await pool.query<Record<"stored" | "counted" | "settled" | "aside", number>>(
    `select
       (select count(*) from responses where survey_id = $1) as stored,
       (select coalesce(sum(n), 0) from (
          select (select sum(x) from unnest(counts) as x) as n from score_days
          where survey_id = $1 and attribute = ''
          union all
          select (select sum(x) from unnest(counts) as x) from score_changes
          where survey_id = $1 and attribute = '') as t) as counted,
       (select count(*) from invitations where survey_id = $1 and answered_at is not null) as settled,
       (select count(*) from set_asides where survey_id = $1) as aside`,
    [surveyId],
  );
  const { stored, counted, settled, aside } = rows[0]!;
  const figures = `acknowledged ${acknowledged}, stored ${stored}, counted ${counted}, invitations marked as answered ${settled}, set aside ${aside}`;
  const asItShould = [stored, counted, settled].every((n) => n === acknowledged) && aside === 0;
  if (!asItShould) throw new Error(`Not all answers are where they should be: ${figures}.`);
  return `After all rounds: ${figures}.`;
}

function report(results: Round[], fsync: string, connections: string): string {
  const rate = ({ result }: Run) => result.acknowledged / result.seconds;
  const row = (name: string, all: Run[]) => [
    name,
    spread(all.map(rate)),
    spread(
      all.map(({ result }) => result.p50),
      1,
    ),
    spread(
      all.map(({ result }) => result.p99),
      1,
    ),
    spread(
      all.map(({ processor }) => processor),
      3,
    ),
  ];
  const ratios = results.map(({ nines, bare }) => rate(nines) / rate(bare));
  return [
    `64 connections, ${results.length} alternating rounds of ${seconds} s, fsync ${fsync}; median (lowest–highest). The bare handler has ${connections} database connections.`,
    "",
    table(
      [
        "",
        "answers acknowledged per second",
        "p50 ms",
        "p99 ms",
        "processor time of the server per answer, ms",
      ],
      [
        row(
          "Nines, POST /r/{token}",
          results.map(({ nines }) => nines),
        ),
        row(
          "bare handler",
          results.map(({ bare }) => bare),
        ),
      ],
    ),
    "",
    `Nines / bare, round by round: ${spread(ratios, 2)}. Round trips to the database per answer, of the whole process: ${median(results.map(({ nines }) => nines.trips)).toFixed(3)}.`,
  ].join("\n");
}
