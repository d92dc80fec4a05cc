import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../test/api-client.ts";
import { newTestApp } from "../../test/new-test-app.ts";
import { compareNps } from "../statistics/compare-nps.ts";
import { adjustedWaldInterval } from "../statistics/nps-interval.ts";
import { wilsonInterval } from "../statistics/share-interval.ts";
import { weightedNps, weightedScoreCounts } from "../statistics/weighted-nps.ts";
import type { Overview } from "./overview.ts";

/** Records answers by hand: how many of each score, all at one time. */
async function record({ ask }: ApiClient, at: string, scores: Record<number, number>, more: object = {}) {
  const answers = Object.entries(scores).flatMap(([score, n]) =>
    Array.from({ length: n }, () => ({ score: Number(score), at, ...more })),
  );
  await ask("POST", "/responses", answers);
}

test("a workspace without answers has an overview that says so", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  expect(await ask<Overview>("GET", "/overview")).toMatchObject({
    survey: null,
    waves: [],
    wave: null,
    score: { n: 0, nps: null, npsInterval: null, passiveShare: null },
    previous: null,
    change: null,
    whatIf: null,
    trend: [],
    latest: [],
    latestResponseAt: null,
    splits: [],
  });
  expect(await ask("GET", "/score")).toMatchObject({ n: 0, nps: null });
});

test("the overview of a survey made by hand has the numbers counted by hand", async () => {
  const nines = await newTestApp({ now: "2026-10-13T08:00:00Z" });
  const client = await newApiClient(nines);
  // Q2: 20 detractors, 30 passives, 50 promoters. Q3: 20 detractors, 50 passives (20 sevens), 30 promoters.
  await record(
    client,
    "2026-04-01T00:00:00Z",
    { 0: 5, 6: 15, 7: 10, 8: 20, 9: 25, 10: 25 },
    { channel: "email" },
  );
  await record(client, "2026-09-30T23:59:59Z", { 3: 20, 7: 20 }, { channel: "email", language: "de" });
  await record(client, "2026-08-03T12:00:00Z", { 8: 30, 9: 30 }, { channel: "link", language: "en" });
  await nines.runJobs();
  const overview = await client.ask<Overview>("GET", "/overview");
  const before = { detractors: 20, passives: 30, promoters: 50 };
  const after = { detractors: 20, passives: 50, promoters: 30 };
  const { low, high } = adjustedWaldInterval(after)!;
  const share = wilsonInterval(50, 100)!;
  expect(overview).toMatchObject({
    waves: [
      { id: "2026-Q3", name: "Q3 2026", from: "2026-07-01", to: "2026-09-30", n: 100 },
      { id: "2026-Q2", name: "Q2 2026", from: "2026-04-01", to: "2026-06-30", n: 100 },
    ],
    wave: { id: "2026-Q3" },
    score: {
      n: 100,
      scores: [0, 0, 0, 20, 0, 0, 0, 20, 30, 30, 0],
      ...after,
      sevens: 20,
      eights: 30,
      nps: 10,
      npsInterval: [low, high],
      detractorShare: 20,
      passiveShare: 50,
      passiveShareInterval: [100 * share.low, 100 * share.high],
      promoterShare: 30,
    },
    previous: { wave: { id: "2026-Q2" }, score: { n: 100, nps: 30 } },
    whatIf: { share: 0.2, promotersGained: 10, nps: 20, gain: 10 },
    pace: null,
    latest: [],
    latestResponseAt: "2026-09-30T23:59:59.000Z",
    splits: [
      { attribute: "channel", value: "link", score: { n: 60, nps: 50 } },
      { attribute: "channel", value: "email", score: { n: 40, nps: -50 } },
      { attribute: "language", value: "en", score: { n: 60 } },
      { attribute: "language", value: "de", score: { n: 40 } },
    ],
  });
  expect(overview.score).not.toHaveProperty("weighted");
  const compared = compareNps(before, after)!;
  expect(overview.change).toEqual({
    points: -20,
    interval: [compared.interval.low, compared.interval.high],
    pValue: compared.pValue,
    distinguishable: compared.distinguishable,
    smallestDetectable: compared.smallestDetectableChange,
  });
  expect(overview.trend).toHaveLength(26);
  expect(overview.trend.at(-1)).toMatchObject({ week: "2026-09-28", n: 40, nps: -50 });
  expect(overview.trend.find(({ week }) => week === "2026-08-03")).toMatchObject({ n: 60, nps: 50 });
  expect(overview.trend.reduce((n, week) => n + week.n, 0)).toBe(100);

  const all = await client.ask<Overview>("GET", "/overview?wave=all");
  expect(all).toMatchObject({ wave: null, score: { n: 200, nps: 20 }, previous: null, change: null });
  expect(all.trend[0]).toMatchObject({ week: "2026-03-30", n: 100, nps: 30 });
  expect(all.trend.at(-1)).toMatchObject({ week: "2026-09-28" });
  expect(all.trend).toHaveLength(27);
  const first = await client.ask<Overview>("GET", "/overview?wave=2026-Q2");
  expect(first).toMatchObject({
    wave: { id: "2026-Q2" },
    score: { n: 100, nps: 30 },
    previous: null,
    change: null,
  });
});

test("fewer than 30 answers get no verdict, but themselves and the day when there will be enough", async () => {
  const nines = await newTestApp({ now: "2026-10-13T08:00:00Z" });
  const client = await newApiClient(nines);
  await record(client, "2026-07-10T00:00:00Z", { 9: 50 });
  await record(client, "2026-10-04T00:00:00Z", { 9: 9 });
  await record(client, "2026-10-12T00:00:00Z", { 2: 1 });
  const overview = await client.ask<Overview>("GET", "/overview");
  expect(overview).toMatchObject({
    wave: { id: "2026-Q4" },
    score: { n: 10, nps: 80 },
    previous: { wave: { id: "2026-Q3" } },
    change: null,
    // 10 in the last 28 days; 20 more take 56 days.
    pace: { perDay: 10 / 28, enoughOn: "2026-12-08" },
    latest: [2, 9, 9, 9, 9, 9, 9, 9, 9, 9],
    latestResponseAt: "2026-10-12T00:00:00.000Z",
  });
  await record(client, "2025-01-10T00:00:00Z", { 5: 3 });
  expect(await client.ask<Overview>("GET", "/overview?wave=2025-Q1")).toMatchObject({
    score: { n: 3 },
    pace: { perDay: 0, enoughOn: null },
    latest: [5, 5, 5],
  });
});

test("weighted figures stand beside the raw ones as soon as a weight is not 1, and only then", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  await record(client, "2026-10-01", { 9: 20, 7: 10, 0: 10 }, { weight: 1 });
  expect(await client.ask("GET", "/score")).not.toHaveProperty("weighted");
  await record(client, "2026-10-02", { 9: 5 }, { weight: 0.4 });
  await record(client, "2026-10-02", { 0: 5 }, { weight: 2.3 });
  const expected = weightedNps(
    weightedScoreCounts([
      ...Array.from({ length: 40 }, (_, i) => ({ score: i < 20 ? 9 : i < 30 ? 7 : 0, weight: 1 })),
      ...Array.from({ length: 10 }, (_, i) => ({ score: i < 5 ? 9 : 0, weight: i < 5 ? 0.4 : 2.3 })),
    ]),
  )!;
  const score = await client.ask<Overview["score"]>("GET", "/score");
  expect(score).toMatchObject({ n: 50, nps: 20 });
  expect(score.weighted!.nps).toBeCloseTo(expected.nps, 9);
  expect(score.weighted!.npsInterval[0]).toBeCloseTo(expected.interval.low, 9);
  expect(score.weighted!.effectiveN).toBeCloseTo(expected.effectiveN, 9);
  expect(score.weighted!.passiveShare).toBeCloseTo(100 * expected.shares.passives, 9);
});

test("the score can be had between two days, for one survey, and split", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  await record(client, "2026-09-01", { 9: 3 }, { channel: "email" });
  await record(client, "2026-09-02", { 0: 2 }, { channel: "link" });
  await record(client, "2026-09-03", { 8: 1 }, { channel: "email" });
  expect(await client.ask("GET", "/score?from=2026-09-02&to=2026-09-02")).toMatchObject({ n: 2, nps: -100 });
  expect(await client.ask("GET", "/score?from=2026-09-02")).toMatchObject({ n: 3 });
  expect(await client.ask("GET", "/score?by=channel&to=2026-09-02")).toMatchObject({
    n: 5,
    by: { email: { n: 3, nps: 100 }, link: { n: 2, nps: -100 } },
  });
  const { surveys } = await client.ask<{ surveys: { id: string }[] }>("GET", "/surveys");
  expect(await client.ask("GET", `/score?survey=${surveys[0]!.id}`)).toMatchObject({ n: 6 });
});

test("a survey or a wave that is not there is refused with a sentence", async () => {
  const nines = await newTestApp();
  const { send } = await newApiClient(nines);
  const survey = await send("GET", "/overview?survey=00000000-0000-4000-8000-000000000000");
  expect(survey.status).toBe(404);
  const wave = await send("GET", "/overview?wave=2026-Q5");
  expect(await wave.json()).toMatchObject({
    error: { message: 'wave: "2026-Q5" is no wave; write it as 2026-Q3, or all.' },
  });
});

test("answers of a day that is still to come do not open the overview on a wave that has not begun", async () => {
  const nines = await newTestApp({ now: "2026-10-13T08:00:00Z" });
  const client = await newApiClient(nines);
  const waveShown = async () => (await client.ask<Overview>("GET", "/overview")).wave?.id ?? null;
  await record(client, "2026-08-03T12:00:00Z", { 8: 3 });
  // As a file could bring them; the API refuses such a day.
  nines.clock.set("9998-05-01T00:00:00Z");
  await record(client, "9998-05-01T00:00:00Z", { 9: 2 });
  nines.clock.set("2026-10-13T08:00:00Z");
  expect(await waveShown()).toBe("2026-Q3");
  await nines.runJobs();
  expect(await waveShown()).toBe("2026-Q3");
  await record(client, "2026-10-14T00:00:00Z", { 7: 1 });
  expect(await waveShown()).toBe("2026-Q4");
});
