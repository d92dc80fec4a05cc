import fc from "fast-check";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newLiveSurvey } from "../../../test/live-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import { askCustomers } from "./ask-customers.ts";
import { audienceSegments } from "../../identify/segments/audience-segments.ts";
import { lockContactBudget, reserveContacts } from "./contact-budget.ts";
import { isWithinHours, localTime } from "./hours.ts";
import { triggerSurveys } from "./trigger-surveys.ts";

const hour = 3600 * 1000;
const day = 24 * hour;
const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Pacific/Auckland",
  "Australia/Lord_Howe",
];

const someRhythm: fc.Arbitrary<SurveySettings["rhythm"]> = fc.oneof(
  fc.constant({ kind: "once" as const, at: null }),
  fc.integer({ min: 7, max: 20 }).map((days) => ({ kind: "every" as const, days })),
  fc
    .integer({ min: 0, max: 48 })
    .map((delayHours) => ({ kind: "after" as const, event: "bought", delayHours })),
);
const someSettings = fc.record({
  rhythm: someRhythm,
  restDays: fc.integer({ min: 0, max: 25 }),
  perDay: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
  sample: fc.constantFrom(1, 1, 0.5),
  openDays: fc.integer({ min: 1, max: 20 }),
  hours: fc.record({
    from: fc.constantFrom("00:00", "08:30", "22:00"),
    to: fc.constantFrom("00:00", "11:15", "20:00"),
    weekends: fc.boolean(),
  }),
});
const aStep = fc.record({
  hours: fc.integer({ min: 1, max: 60 }),
  does: fc.constantFrom("ask" as const, "ask" as const, "ask" as const, "trigger" as const, "play" as const),
  who: fc.integer({ min: 0, max: 24 }),
});
const aStory = fc.record({
  // Over the days on which clocks change, in both hemispheres.
  start: fc.constantFrom(
    "2026-03-05T07:10:00Z",
    "2026-03-26T22:00:00Z",
    "2026-09-24T12:00:00Z",
    "2026-10-20T03:00:00Z",
  ),
  workspaceZone: fc.constantFrom(...zones),
  surveys: fc.array(someSettings, { minLength: 1, maxLength: 3 }),
  steps: fc.array(aStep, { minLength: 10, maxLength: 18 }),
});
type Story = typeof aStory extends fc.Arbitrary<infer S> ? S : never;

interface Told {
  customer_id: string;
  survey_id: string | null;
  kind: string;
  at: Date;
  zone: string;
}

const customers = 25;

test("however surveys and plays are mixed, with two workers at once: rest, caps and hours hold, and chance stays the same", async () => {
  const nines = await newTestApp();
  // A worker in another process has its own connections.
  const other = openDatabase(nines.url);
  try {
    await fc.assert(
      fc.asyncProperty(aStory, async (story) => {
        await nines.pool.query("delete from pgboss.job");
        const told = await live(nines, { ...nines.resources, database: other }, story);
        checkRest(story, told);
        checkCaps(story, told);
        checkHours(story, told);
        checkOpen(told);
      }),
      { numRuns: Number(process.env.STORIES ?? 6), endOnFailure: true },
    );
  } finally {
    await other.close();
  }
}, 180_000);

interface Life {
  ids: string[];
  contacts: Told[];
  invitations: { customer_id: string; survey_id: string; wave_id: string | null }[];
}

/** Plays a story: every step is done by both workers at the same time. */
async function live(nines: TestApp, other: TestApp["resources"], story: Story): Promise<Life> {
  const { clock, pool } = nines;
  clock.set(story.start);
  const workspaceId = await bareWorkspace(nines);
  await pool.query("update workspaces set time_zone = $2 where id = $1", [workspaceId, story.workspaceZone]);
  const people = await addPeople(nines, workspaceId);
  clock.advance(1000);
  const ids: string[] = [];
  for (const settings of story.surveys) ids.push(await newLiveSurvey(nines, workspaceId, settings));
  for (const step of story.steps) {
    clock.advance(step.hours * hour);
    if (step.does === "trigger") await trigger([nines.resources, other], workspaceId, people[step.who]!);
    else if (step.does === "play") await play([nines.resources, other], workspaceId, people[step.who]!);
    await Promise.all([
      askCustomers(nines.resources, audienceSegments),
      askCustomers(other, audienceSegments),
    ]);
  }
  const contacts = await pool.query<Told>(
    `select k.*, coalesce(c.time_zone, $2) as zone from contacts k join customers c on c.id = k.customer_id
     where k.workspace_id = $1 order by k.at`,
    [workspaceId, story.workspaceZone],
  );
  const invitations = await pool.query<Life["invitations"][number]>(
    "select * from invitations where workspace_id = $1",
    [workspaceId],
  );
  return { ids, contacts: contacts.rows, invitations: invitations.rows };
}

async function addPeople({ pool, clock }: TestApp, workspaceId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into customers (workspace_id, id, email, time_zone, created_at)
     select $1, gen_random_uuid(), i || '@x.example', ($2::text[])[i % 7], $3 from generate_series(1, $4::integer) i
     returning id`,
    [workspaceId, zones, clock.now(), customers],
  );
  await pool.query(
    "insert into customer_keys (workspace_id, key, customer_id) select workspace_id, 'email:' || email, id from customers where workspace_id = $1",
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}

async function trigger(workers: TestApp["resources"][], workspaceId: string, id: string): Promise<void> {
  const { rows } = await workers[0]!.database.pool.query("select email from customers where id = $1", [id]);
  const event = { event: "bought", customer: { email: rows[0].email } };
  await Promise.all(
    workers.map(async (worker) => triggerSurveys(worker, audienceSegments, workspaceId, event)),
  );
}

/** A play of another stage that keeps 3 days of rest. */
async function play(workers: TestApp["resources"][], workspaceId: string, customerId: string): Promise<void> {
  await Promise.all(
    workers.map(async ({ database: { db }, clock }) =>
      db.transaction().execute(async (db) => {
        await lockContactBudget(db, workspaceId);
        const contact = { customerId, id: newId(clock), at: clock.now(), surveyId: null, sourceId: null };
        await reserveContacts(db, workspaceId, [{ ...contact, kind: "play" }], { restDays: playRest });
      }),
    ),
  );
}

const playRest = 3;

/** Before each contact of a customer lies the rest that whoever made it keeps. */
function checkRest({ surveys }: Story, { ids, contacts }: Life): void {
  const restOf = (contact: Told) =>
    contact.survey_id === null ? playRest : surveys[ids.indexOf(contact.survey_id)]!.restDays;
  for (const [i, later] of contacts.entries()) {
    for (const earlier of contacts.slice(0, i)) {
      if (earlier.customer_id !== later.customer_id) continue;
      const gap = later.at.getTime() - earlier.at.getTime();
      // Of two at the same moment, the one that keeps no rest came second.
      const rest = gap === 0 ? Math.min(restOf(earlier), restOf(later)) : restOf(later);
      expect(gap, JSON.stringify([earlier, later])).toBeGreaterThanOrEqual(rest * day);
    }
  }
}

function checkCaps({ surveys, workspaceZone }: Story, { ids, contacts }: Life): void {
  const counts = new Map<string, number>();
  for (const { survey_id: survey, at } of contacts) {
    if (survey === null) continue;
    const key = `${survey} ${localTime(workspaceZone, at)!.day}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, n] of counts) {
    const cap = surveys[ids.indexOf(key.split(" ")[0]!)]!.perDay;
    if (cap !== null) expect(n, key).toBeLessThanOrEqual(cap);
  }
}

function checkHours({ surveys }: Story, { ids, contacts }: Life): void {
  for (const { survey_id: survey, at, zone } of contacts) {
    if (survey === null) continue;
    const { hours } = surveys[ids.indexOf(survey)]!;
    expect(isWithinHours(hours, zone, at), `${zone} ${at.toISOString()} ${JSON.stringify(hours)}`).toBe(true);
  }
}

/** One invitation for each contact, and one for each customer in a wave. */
function checkOpen({ contacts, invitations }: Life): void {
  expect(contacts.filter(({ kind }) => kind === "invitation")).toHaveLength(invitations.length);
  const inWaves = invitations.filter(({ wave_id: wave }) => wave !== null);
  expect(new Set(inWaves.map((row) => `${row.wave_id} ${row.customer_id}`)).size).toBe(inWaves.length);
}

test("the sample of a wave is the same whenever and by whomever it is drawn, and about as large as it should be", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  await nines.pool.query(
    `insert into customers (workspace_id, id, email, created_at)
     select $1, gen_random_uuid(), i || '@x.example', $2 from generate_series(1, 1000) i`,
    [workspaceId, new Date(nines.clock.now().getTime() - day)],
  );
  await newLiveSurvey(nines, workspaceId, {
    rhythm: { kind: "once", at: null },
    sample: 0.3,
    restDays: 0,
    openDays: 1,
    hours: { from: "00:00", to: "00:00", weekends: true },
  });
  const asked = async () => {
    await askCustomers(nines.resources, audienceSegments);
    const { rows } = await nines.pool.query("select customer_id from invitations order by 1");
    return rows.map((row: { customer_id: string }) => row.customer_id);
  };
  const first = await asked();
  // Five standard errors around 300.
  expect(Math.abs(first.length - 300)).toBeLessThan(73);
  nines.clock.advance(3 * day);
  expect(await asked()).toEqual(first);
  await nines.pool.query("delete from invitations");
  await nines.pool.query("delete from contacts");
  expect(await asked()).toEqual(first);
});
