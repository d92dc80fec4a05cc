import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../../test/api-client.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import { idOf } from "../../platform/ids.ts";
import { keepAnswer } from "../answering/keep-answer.ts";
import { rebuildScoreDays } from "../rebuild-score-days.ts";
import { newResponseRecorder } from "../record-responses.ts";
import { rebuildInvitationDays } from "../asking/invitation-days.ts";
import type { SurveyDetails } from "./survey-details.ts";
import type { SurveyResults } from "./survey-results.ts";
import type { SurveySummary } from "./survey-summary.ts";

const anyAnswer = fc.record({
  score: fc.integer({ min: 0, max: 10 }),
  at: fc.integer({ min: 0, max: 80 }).map((hour) => new Date(Date.UTC(2026, 8, 1, 5 * hour)).toISOString()),
  language: fc.constantFrom(undefined, "en", "de", "pt-BR"),
  channel: fc.constantFrom("email", "link", "widget"),
});

async function start({ anonymous = false } = {}) {
  const nines = await newTestApp();
  const api = await newApiClient(nines);
  const { id } = await api.ask<SurveyDetails>("POST", "/surveys", { name: "Asked", anonymous });
  await api.ask("POST", `/surveys/${id}/publish`, {});
  nines.clock.advance(1_000);
  const other = await api.ask<SurveyDetails>("POST", "/surveys", { name: "Other" });
  await api.ask("POST", `/surveys/${other.id}/publish`, {});
  return { nines, api, id, otherId: other.id };
}

const results = (api: ApiClient, id: string, query = "") =>
  api.ask<SurveyResults>("GET", `/surveys/${id}/results${query}`);

/** 90 invitations: of each nine, one is queued, one waits for its reminder, one bounced, six are sent; some answered. */
async function invite({ pool, db }: TestApp, workspaceId: string, surveyId: string) {
  await pool.query(
    `insert into invitations (workspace_id, customer_id, id, survey_id, version, channel, language, state, send_after,
       expires_at, sent_at, bounced_at, answered_at)
     select $1, gen_random_uuid(), gen_random_uuid(), $2, 1, 'email', 'en',
       case i % 9 when 0 then 'queued' when 1 then 'queued' when 2 then 'failed' else 'sent' end, day, day,
       case i % 9 when 0 then null else day end, case i % 9 when 2 then day end,
       case when i % 9 > 0 and i % 4 = 1 then day + interval '3 days' end
     from generate_series(0, 89) i, lateral (select timestamptz '2026-09-01T12:00:00Z' + i % 30 * interval '1 day' as day) d`,
    [workspaceId, surveyId],
  );
  await rebuildInvitationDays(db);
}

async function setAside({ pool }: TestApp, workspaceId: string, surveyId: string) {
  await pool.query(
    `insert into set_asides (workspace_id, customer_id, id, survey_id, at, score, reason, channel, overridden_at)
     select $1, gen_random_uuid(), gen_random_uuid(), $2, timestamptz '2026-09-01T23:59:59Z' + i % 30 * interval '1 day', 9,
       case when i % 3 = 0 then 'honeypot' else 'too_soon' end, 'email', case when i % 5 = 0 then now() end
     from generate_series(0, 39) i`,
    [workspaceId, surveyId],
  );
}

test("the results are what plain SQL counts, whether folded or not, and between any days", async () => {
  const { nines, api, id, otherId } = await start();
  const { pool } = nines;
  const answers = fc.sample(anyAnswer, { numRuns: 300, seed: 11 });
  const record = (part: typeof answers) =>
    api.ask(
      "POST",
      "/responses",
      part.map((answer, i) => Object.assign(answer, { surveyId: i % 7 === 0 ? otherId : id })),
    );
  await record(answers.slice(0, 200));
  await nines.runJobs();
  await record(answers.slice(200));
  await pool.query(
    `update responses set survey_version = case when extract(minute from at)::int % 2 = 0 and extract(hour from at) < 8 then null
       when extract(day from at) < 9 then 1 else 2 end, changed_at = case when score = 7 then now() end`,
  );
  await rebuildScoreDays(nines.db);
  await invite(nines, api.workspaceId, id);
  await setAside(nines, api.workspaceId, id);

  for (const { from, to } of [
    {},
    { from: "2026-09-04", to: "2026-09-12" },
    { from: "2026-09-10" },
    { to: "2026-09-02" },
  ] as { from?: string; to?: string }[]) {
    const query = new URLSearchParams({ ...(from && { from }), ...(to && { to }) }).toString();
    const found = await results(api, id, query && `?${query}`);
    const days = (column: string) =>
      `(${column} at time zone 'UTC')::date between '${from ?? "-infinity"}' and '${to ?? "infinity"}'`;
    const sums = async (column: string) => {
      const { rows } = await pool.query<{ value: string | null; n: number; nps: number; share: number }>(
        `select ${column} as value, count(*)::float8 as n,
           100 * (count(*) filter (where score >= 9) - count(*) filter (where score <= 6))::float8 / count(*) as nps,
           100 * count(*) filter (where score in (7, 8))::float8 / count(*) as share
         from responses where survey_id = $1 and ${days("at")} group by 1`,
        [id],
      );
      return new Map(
        rows.map(({ value, n, nps, share }) => [value ?? "", [n, nps.toFixed(9), share.toFixed(9)]]),
      );
    };
    const shown = (parts: SurveyResults["byChannel"]) =>
      new Map(
        parts.map(({ value, n, nps, passiveShare }) => [
          value,
          [n, nps?.toFixed(9), passiveShare?.toFixed(9)],
        ]),
      );
    expect(shown([{ ...found, value: "" }])).toEqual(await sums("null::text"));
    expect(shown(found.byChannel)).toEqual(await sums("channel"));
    expect(shown(found.byVersion)).toEqual(await sums("survey_version::text"));
    const byLanguage = await sums("language");
    byLanguage.delete("");
    expect(shown(found.byLanguage)).toEqual(byLanguage);

    const one = async (text: string) => Number((await pool.query<{ n: string }>(text, [id])).rows[0]!.n);
    expect(found.changes).toBe(
      await one(`select count(*) as n from responses where survey_id = $1 and score = 7 and ${days("at")}`),
    );
    const asked = `from invitations where survey_id = $1 and sent_at is not null and bounced_at is null and ${days("sent_at")}`;
    expect(found.invited).toBe(await one(`select count(*) as n ${asked}`));
    expect(found.answered).toBe(await one(`select count(*) as n ${asked} and answered_at is not null`));
    const aside = `from set_asides where survey_id = $1 and ${days("at")}`;
    expect(found.setAside).toEqual({
      total: await one(`select count(*) as n ${aside}`),
      overridden: await one(`select count(*) as n ${aside} and overridden_at is not null`),
      byReason: expect.arrayContaining([
        { reason: "too_soon", n: await one(`select count(*) as n ${aside} and reason = 'too_soon'`) },
        { reason: "honeypot", n: await one(`select count(*) as n ${aside} and reason = 'honeypot'`) },
      ]),
    });
  }
});

test("the response rate has Wilson's interval, in the list as in the results", async () => {
  const { nines, api, id } = await start();
  await invite(nines, api.workspaceId, id);
  await setAside(nines, api.workspaceId, id);
  const { invited, answered, responseRate } = await results(api, id);
  expect([invited, answered]).toEqual([70, 18]);
  const { low, high } = wilsonInterval(answered, invited)!;
  expect(responseRate).toEqual({ share: (100 * 18) / 70, low: 100 * low, high: 100 * high, n: 70 });
  const { surveys } = await api.ask<{ surveys: SurveySummary[] }>("GET", "/surveys");
  expect(surveys[0]).toMatchObject({
    id,
    invited,
    answered,
    responseRate,
    setAside: 40,
    nextAt: "2026-09-01T12:00:00.000Z",
  });
  expect(surveys[1]).toMatchObject({
    invited: 0,
    answered: 0,
    responseRate: null,
    setAside: 0,
    nextAt: null,
  });
  await api.ask("POST", `/surveys/${id}/state`, { state: "paused" });
  const paused = await api.ask<{ surveys: SurveySummary[] }>("GET", "/surveys");
  expect(paused.surveys[0]?.nextAt).toBeNull();
});

test("a wave that is announced says when its first mails go out: in the hours of the survey", async () => {
  const { api, id } = await start();
  const { name, draft } = await api.ask<SurveyDetails>("GET", `/surveys/${id}`);
  const plan = async (at: string) => {
    const settings = { ...draft.settings, rhythm: { kind: "once", at } };
    await api.ask("PUT", `/surveys/${id}/draft`, { name, content: draft.content, settings });
    await api.ask("POST", `/surveys/${id}/publish`);
    return (await api.ask<{ surveys: SurveySummary[] }>("GET", "/surveys")).surveys[0]?.nextAt;
  };
  // 17 October 2026 is a Saturday.
  expect(await plan("2026-10-17T12:00:00Z")).toBe("2026-10-19T09:00:00.000Z");
  expect(await plan("2026-10-12T12:00:00Z")).toBeNull();
});

test("who has answered an anonymous survey is not counted, for nobody may know", async () => {
  const { nines, api, id } = await start({ anonymous: true });
  await invite(nines, api.workspaceId, id);
  expect(await results(api, id)).toMatchObject({ invited: 70, answered: 0, responseRate: null });
  const { surveys } = await api.ask<{ surveys: SurveySummary[] }>("GET", "/surveys");
  expect(surveys[0]).toMatchObject({ invited: 70, answered: 0, responseRate: null });
});

test("a survey without answers has results, and days that are none are refused", async () => {
  const { api, id } = await start();
  expect(await results(api, id)).toMatchObject({
    n: 0,
    nps: null,
    npsInterval: null,
    passiveShare: null,
    byVersion: [],
    byChannel: [],
    byLanguage: [],
    responseRate: null,
    changes: 0,
    setAside: { total: 0, byReason: [] },
  });
  expect((await api.send("GET", `/surveys/${id}/results?from=yesterday`)).status).toBe(422);
  expect((await api.send("GET", `/surveys/${crypto.randomUUID()}/results`)).status).toBe(404);
});

test("answers of our own pages count for their version, also when they are changed, folded and counted anew", async () => {
  const { nines, api, id } = await start();
  const recorder = newResponseRecorder(nines.resources);
  const keep = (number: number, version: number, score: number) =>
    keepAnswer(
      nines.resources,
      recorder,
      {
        workspaceId: api.workspaceId,
        id: idOf("answer", String(number)),
        surveyId: id,
        at: nines.clock.now(),
        answer: { score, channel: "link", customer: { email: `c${number}@x.example` } },
        given: { version, state: "confirmed", drivers: [], mayContact: null },
      },
      { changeDays: 7 },
    );
  for (const [i, score] of [9, 8, 3, 10].entries()) await keep(i, i < 3 ? 1 : 2, score);
  await api.ask("POST", "/responses", { score: 0, surveyId: id });
  nines.clock.advance(60_000);
  await keep(2, 2, 7);
  const expected = [
    { value: "2", n: 1, nps: 100 },
    { value: "1", n: 3, nps: 100 / 3, passiveShare: 200 / 3 },
    { value: "", n: 1, nps: -100, publishedAt: null },
  ];
  const check = async () =>
    expect(await results(api, id)).toMatchObject({ n: 5, changes: 1, byVersion: expected });
  await check();
  await nines.runJobs();
  await check();
  await rebuildScoreDays(nines.db);
  await check();
});
