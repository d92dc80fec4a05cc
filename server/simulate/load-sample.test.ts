import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { newResponseRecorder } from "../collect/record-responses.ts";
import { missingTexts } from "../collect/surveys/complete-texts.ts";
import { readPublishedSurvey } from "../collect/surveys/published-survey.ts";
import { newEventRecorder } from "../identify/events/record-events.ts";
import { deleteWorkspace } from "../platform/accounts/delete-workspace.ts";
import { readScore } from "../identify/read-score.ts";
import { simulateBehaviour } from "./behaviour/simulate-behaviour.ts";
import { liveThroughYear } from "./live-through-year.ts";
import { loadSample, sampleWorkspaceId } from "./load-sample.ts";
import { quarterFrom } from "./quarters.ts";
import { storeBehaviour } from "./store-behaviour.ts";
import { simulateCompany } from "./simulate-company.ts";

// Few enough to be quick; what is loaded by a click is all of them.
const customers = 300;

const firstRun = (app: TestApp["app"]) =>
  app.request("/api/v1/first-run/sample", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

test("one click loads Larkfield and signs its owner in; a second one is refused", async () => {
  const { app } = await newTestApp();
  const answer = await firstRun(app);
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ workspace: { slug: "larkfield", name: "Larkfield" } });

  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const session = await app.request("/api/v1/session", { headers: { cookie } });
  expect(await session.json()).toMatchObject({
    person: { name: "Ines Okafor" },
    workspaces: [{ slug: "larkfield", role: "owner", sample: true }],
    firstRun: false,
  });
  expect((await firstRun(app)).status).toBe(409);
});

test("what is loaded folds to exactly the simulated counts of each quarter", async () => {
  const { resources, db, clock, runJobs } = await newTestApp();
  const { workspaceId } = await loadSample(resources, newResponseRecorder(resources), { customers });
  const { truth } = simulateCompany({ now: clock.now(), customers });
  const readWaves = () =>
    Promise.all(
      truth.waves.map(async (_, at) => {
        const { id, start, end } = quarterFrom(clock.now(), at + 1 - truth.waves.length);
        const [from, to] = [start, new Date(end.getTime() - 1)].map((time) =>
          time.toISOString().slice(0, 10),
        );
        return { id, answered: (await readScore(db, workspaceId, { from, to })).scores };
      }),
    );
  const expected = truth.waves.map(({ id, answered }) => ({ id, answered }));
  expect(await readWaves()).toEqual(expected);
  await runJobs();
  expect(await readWaves()).toEqual(expected);
});

test("a load that was killed in the middle leaves no workspace, and the next one is whole", async () => {
  const { app, resources, db, clock } = await newTestApp();
  const recorder = newResponseRecorder(resources);
  const { answers } = simulateCompany({ now: clock.now(), surveyId: sampleWorkspaceId });
  await db
    .insertInto("surveys")
    .values({ workspaceId: sampleWorkspaceId, id: sampleWorkspaceId, name: "Half", question: "?" })
    .execute();
  await recorder.record(sampleWorkspaceId, answers.slice(0, 500), { inTheMaking: true });

  expect(await (await app.request("/api/v1/session")).json()).toMatchObject({ firstRun: true });
  expect((await firstRun(app)).status).toBe(201);
  const { n } = await readScore(db, sampleWorkspaceId);
  expect(n).toBe(answers.length);
});

test("what is answered before the workspace is there is followed once it is", async () => {
  const { resources, db, clock, runJobs } = await newTestApp({ now: "2026-11-20T08:00:00Z" });
  const recorder = newResponseRecorder(resources);
  // As where a worker is faster than the load.
  const early: typeof recorder = {
    ...recorder,
    record: async (...answers) => {
      const recorded = await recorder.record(...answers);
      await runJobs();
      return recorded;
    },
  };
  const { workspaceId } = await loadSample(resources, early, { customers });
  await runJobs();
  const low = await db
    .selectFrom("responses")
    .select("customerId")
    .distinct()
    .where("workspaceId", "=", workspaceId)
    .where("at", ">=", new Date(clock.now().getTime() - 7 * 24 * 3_600_000))
    .where("score", "<=", 6)
    .execute();
  const cases = await db
    .selectFrom("cases")
    .select("customerId")
    .where("workspaceId", "=", workspaceId)
    .where("openedBy", "=", "detractor")
    .execute();
  expect(low.length).toBeGreaterThan(0);
  expect(new Set(cases)).toEqual(new Set(low));
});

test("two clicks at once load it once", async () => {
  const { app, db } = await newTestApp();
  const statuses = (await Promise.all([firstRun(app), firstRun(app)])).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
  expect(await db.selectFrom("workspaces").select("slug").execute()).toEqual([{ slug: "larkfield" }]);
});

test("the sample's mail is what asking would have left: every answer by mail has its invitation, and rest is counted", async () => {
  const { resources, db, pool } = await newTestApp();
  const { workspaceId } = await loadSample(resources, newResponseRecorder(resources), { customers: 1_000 });
  const { rows } = await pool.query<Record<string, number>>(`
    select count(*) as sent, count(answered_at) as answered, count(bounced_at) as bounced,
      (select count(*) from responses where channel = 'email') as "byMail",
      (select count(*) from responses r join invitations i on i.customer_id = r.customer_id and i.id = r.invitation_id
        and i.answered_at = r.at) as linked,
      (select count(*) from contacts where kind = 'invitation') as contacts,
      (select count(*) from suppressions) as suppressed,
      (select count(*) from customers where unsubscribed_at is not null or bounced_at is not null) as marked
    from invitations`);
  const [counts] = rows;
  expect(counts).toMatchObject({
    linked: counts!.answered,
    byMail: counts!.answered,
    contacts: counts!.sent,
    marked: counts!.suppressed,
  });
  expect(counts!.bounced).toBeGreaterThan(0);
  expect(counts!.sent).toBeGreaterThan(2 * counts!.answered!);

  const survey = await db.selectFrom("surveys").select("id").executeTakeFirstOrThrow();
  const published = await readPublishedSurvey(db, survey.id);
  expect(published).toMatchObject({ workspaceId, version: 1, state: "live" });
  for (const language of ["en", "de"]) expect(missingTexts(published!.content, language)).toEqual([]);
});

test("a year of behaviour follows by a job that goes on where it was killed, and ends with a deleted sample", async () => {
  const { resources, db, pool, clock, runJobs } = await newTestApp();
  const { workspaceId } = await loadSample(resources, newResponseRecorder(resources), { customers: 60 });
  const company = simulateCompany({ now: clock.now(), customers: 60 });
  const events = [...simulateBehaviour(company, { now: clock.now() }).events()];
  await storeBehaviour(newEventRecorder(resources), workspaceId, events.slice(0, 4_000));
  clock.advance(3 * 3600 * 1000);
  await runJobs();

  const { rows } = await pool.query<Record<string, number>>(`
    select (select count(*) from events) as events, (select count(*) from customers where not anonymous) as customers,
      (select count(*) from purchases) as purchases, (select count(*) from event_errors) as errors,
      (select count(*) from standings) as standings, (select sum(n) from event_names) as counted,
      (select count(*) from event_names where counts_as = 'feature') as features`);
  expect(rows[0]).toMatchObject({
    events: events.length,
    customers: 60,
    purchases: events.filter(({ name }) => name === "Order Completed").length,
    errors: 0,
    features: 14,
  });
  expect(rows[0]!.standings).toBeGreaterThanOrEqual(60);

  await deleteWorkspace(db, workspaceId);
  const job = { workspaceId, now: clock.now().toISOString(), customers: 20 };
  await liveThroughYear(resources, newEventRecorder(resources), job);
  expect(await db.selectFrom("events").select("id").execute()).toEqual([]);
  expect(await db.selectFrom("eventNames").select("name").execute()).toEqual([]);
});
