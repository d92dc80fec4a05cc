import { setTimeout as wait } from "node:timers/promises";
import * as fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../test/api-client.ts";
import { bareWorkspace } from "../../test/bare-workspace.ts";
import { importCsv } from "../../test/import-csv.ts";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import type { Database } from "../platform/database/open.ts";
import { foldScoreDays } from "./fold-score-days.ts";
import { insertScoreChanges } from "./insert-score-changes.ts";
import { rebuildScoreDays } from "./rebuild-score-days.ts";
import { newResponseRecorder } from "./record-responses.ts";
import { type NewResponse, NewResponse as parser } from "./response.ts";
import { scoreChanges } from "./score-days.ts";
import { scoreDaysNow, sumsOfGroup } from "./score-sums.ts";

interface Group {
  attribute: string;
  value: string;
  day: string;
  counts: number[];
  weights: number[] | null;
}

/** What the screens count from, without the groups that have become empty. */
async function counted(db: Database, workspaceId: string): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select attribute, value, day, ${sumsOfGroup()} from ${scoreDaysNow(workspaceId)} as days
    group by attribute, value, day order by attribute, value, day`.execute(db);
  return rows
    .filter(({ counts }) => counts.some((count) => count !== 0))
    .map(({ attribute, value, day, counts, weights }) => ({
      attribute,
      value,
      day,
      counts,
      weights: weights ?? counts,
    }));
}

/** The same by plain SQL over the responses. */
async function plain(db: Database, workspaceId: string): Promise<Group[]> {
  const { rows } = await sql<{
    attribute: string;
    value: string;
    day: string;
    score: number;
    n: number;
    w: number;
  }>`
    select attribute, value, (at at time zone 'UTC')::date as day, score, count(*) as n, sum(coalesce(weight, 1)) as w
    from responses, lateral (values ('', ''), ('channel', channel), ('language', language),
      ('version', survey_version::text)) s (attribute, value)
    where workspace_id = ${workspaceId} and value is not null
    group by 1, 2, 3, 4 order by 1, 2, 3`.execute(db);
  const groups = new Map<string, Group>();
  for (const { attribute, value, day, score, n, w } of rows) {
    const key = JSON.stringify([attribute, value, day]);
    const zeros = () => Array.from({ length: 11 }, () => 0);
    const group = groups.get(key) ?? { attribute, value, day, counts: zeros(), weights: zeros() };
    group.counts[score] = n;
    group.weights![score] = w;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Compares both as of one moment, whatever else is written. */
async function expectExact({ db }: TestApp, workspaceId: string): Promise<number> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (db) => {
      const expected = await plain(db, workspaceId);
      expect(await counted(db, workspaceId)).toEqual(expected);
      return expected
        .filter(({ attribute }) => attribute === "")
        .reduce((n, { counts }) => n + counts.reduce((a, b) => a + b, 0), 0);
    });
}

async function changesLeft({ pool }: TestApp): Promise<number> {
  const { rows } = await pool.query<{ n: number }>("select count(*) as n from score_changes");
  return rows[0]!.n;
}

// Weights in eighths add up exactly, in whatever order.
const anyAnswer = (from: string, to: string) =>
  fc.record({
    score: fc.integer({ min: 0, max: 10 }),
    at: fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }),
    channel: fc.constantFrom("email", "link", "api"),
    language: fc.constantFrom(null, "en", "de"),
    weight: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }).map((n) => n / 8) },
    ),
  }) satisfies fc.Arbitrary<NewResponse>;

// `LARGE=1` for the long run.
const scatteredRows = process.env.LARGE ? 45_000 : 9_000;
const streamed = process.env.LARGE ? 5_000 : 1_000;

test(`counts and NPS equal plain SQL at every step: live answers, a file of past dates, ${scatteredRows} of random dates while answers stream in, a rebuild`, async () => {
  const nines = await newTestApp();
  const { db, resources } = nines;
  const client = await newApiClient(nines);
  const { workspaceId } = client;
  const recorder = newResponseRecorder(resources);
  const now = nines.clock.now().getTime();
  const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const answers = (n: number, at: (i: number) => string) =>
    Array.from({ length: n }, (_, i) =>
      parser.parse({
        score: (i * 7) % 11,
        at: at(i),
        channel: ["email", "link"][i % 2],
        customer: { id: `${i % 977}` },
      }),
    );
  const record = async (answers: NewResponse[], atOnce: number, pause = 0) => {
    for (let i = 0; i < answers.length; i += atOnce) {
      await recorder.record(workspaceId, answers.slice(i, i + atOnce));
      await wait(pause);
    }
  };
  const importAnswers = async (n: number, name: string, row: (i: number) => string) => {
    const rows = Array.from({ length: n }, (_, i) => row(i));
    const text = ["email,score,date", ...rows].join("\n");
    expect(await importCsv(nines, client, text, {}, name)).toMatchObject({ state: "done", rowsStored: n });
  };
  const expectExactHere = async (n: number) => {
    expect(await expectExact(nines, workspaceId)).toBe(n);
    await expectExactScore(nines, client);
  };

  // Of the week before last: nobody opens cases for them, which is not what is counted here.
  await record(
    answers(1_200, (i) => new Date(now - 8 * 86_400_000 - i * 1_000).toISOString()),
    100,
  );
  await expectExactHere(1_200);
  await importAnswers(300, "past.csv", (i) => `p${i}@example.com,0,${daysAgo(400 + i)}`);
  await expectExactHere(1_500);
  await foldScoreDays(db);
  await expectExactHere(1_500);
  expect(await changesLeft(nines)).toBe(0);

  const written = new AbortController();
  const scattered = (i: number) => daysAgo((i * 7_919) % 1_500);
  const writing = Promise.all([
    importAnswers(
      scatteredRows,
      "scattered.csv",
      (i) => `p${i % 9_000}@example.com,${(i * i) % 11},${scattered(i)}`,
    ),
    record(answers(streamed, scattered), 50, 10),
  ]).finally(() => written.abort());
  let checks = 0;
  while (!written.signal.aborted) {
    await expectExact(nines, workspaceId);
    await (checks % 3 === 2 ? rebuildScoreDays(db) : Promise.all([foldScoreDays(db), foldScoreDays(db)]));
    checks++;
  }
  await writing;
  expect(checks).toBeGreaterThan(1);
  await expectExactHere(1_500 + scatteredRows + streamed);
  await rebuildScoreDays(db);
  await expectExactHere(1_500 + scatteredRows + streamed);
  expect(await changesLeft(nines)).toBe(0);
}, 180_000);

/** What the API says of all answers, against plain SQL. */
async function expectExactScore({ pool }: TestApp, client: ApiClient): Promise<void> {
  const { rows } = await pool.query<{ n: number; nps: number }>(
    `select count(*)::integer as n,
       100.0::float8 * (count(*) filter (where score >= 9) - count(*) filter (where score <= 6)) / count(*) as nps
     from responses where workspace_id = $1`,
    [client.workspaceId],
  );
  const score = await client.ask<{ n: number; nps: number }>("GET", "/score");
  expect(score.n).toBe(rows[0]!.n);
  expect(score.nps).toBeCloseTo(rows[0]!.nps, 9);
}

test("folding, rebuilding and plain counting agree after any answers and deletions", async () => {
  const nines = await newTestApp();
  const { db, resources } = nines;
  const recorder = newResponseRecorder(resources);
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.array(anyAnswer("2026-09-28", "2026-10-03"), { minLength: 1, maxLength: 8 }) },
    { weight: 2, arbitrary: fc.constantFrom("fold", "fold twice at once", "rebuild", "rebuild mine") },
    { weight: 1, arbitrary: fc.record({ deleteEvery: fc.integer({ min: 1, max: 4 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const workspaceId = await bareWorkspace(nines);
      for (const step of steps) {
        if (Array.isArray(step)) await recorder.record(workspaceId, step);
        else if (step === "fold") await foldScoreDays(db);
        else if (step === "fold twice at once") await Promise.all([foldScoreDays(db), foldScoreDays(db)]);
        else if (step === "rebuild") await rebuildScoreDays(db);
        else if (step === "rebuild mine") await rebuildScoreDays(db, workspaceId);
        else if (typeof step === "object") await deleteSome(db, workspaceId, step.deleteEvery);
        await expectExact(nines, workspaceId);
      }
    }),
    { numRuns: 25 },
  );
});

async function deleteSome(db: Database, workspaceId: string, every: number): Promise<void> {
  await db.transaction().execute(async (db) => {
    const deleted = await db
      .deleteFrom("responses")
      .where("workspaceId", "=", workspaceId)
      .where(sql<boolean>`mod(hashtext(id::text), ${every}) = 0`)
      .returning(["workspaceId", "surveyId", "at", "score", "channel", "language", "weight"])
      .execute();
    await insertScoreChanges(db, scoreChanges(deleted, -1));
  });
}

test("the job that an answer causes folds it", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  await newResponseRecorder(nines.resources).record(workspaceId, [parser.parse({ score: 9 })]);
  expect(await changesLeft(nines)).toBe(2);
  await nines.runJobs();
  expect(await changesLeft(nines)).toBe(0);
  expect(await expectExact(nines, workspaceId)).toBe(1);
});

test("rebuilding one workspace leaves the others alone", async () => {
  const nines = await newTestApp();
  const [mine, other] = [await bareWorkspace(nines), await bareWorkspace(nines)];
  const recorder = newResponseRecorder(nines.resources);
  await recorder.record(mine, [parser.parse({ score: 9 })]);
  await recorder.record(other, [parser.parse({ score: 1 })]);
  await foldScoreDays(nines.db);
  await nines.pool.query("update score_days set counts[1] = 77");
  await rebuildScoreDays(nines.db, mine);
  expect(await expectExact(nines, mine)).toBe(1);
  expect((await counted(nines.db, other))[0]!.counts[0]).toBe(77);
});
