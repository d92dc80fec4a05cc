import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newLiveSurvey } from "../../../test/live-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import { storeCustomers } from "../store-customers.ts";
import { changeState } from "../surveys/change-state.ts";
import { readPublishedSurvey } from "../surveys/published-survey.ts";
import { publishSurvey } from "../surveys/publish-survey.ts";
import { askCustomers } from "./ask-customers.ts";
import { audienceSegments } from "../../identify/segments/audience-segments.ts";
import { suppressAddress } from "./suppress-address.ts";

const always = { from: "00:00", to: "00:00", weekends: true };
const everybodyNow: Partial<SurveySettings> = { rhythm: { kind: "once", at: null }, hours: always };
const day = 24 * 3600 * 1000;

/** Columns of customers; their addresses are the prefix and a number. */
type Columns = { at?: Date; prefix?: string } & Record<string, unknown>;

/** A workspace with customers that exist since a day ago. */
async function newAsker(test: TestApp, customers: number, more: Columns = {}) {
  const workspaceId = await bareWorkspace(test);
  await addCustomers(test, workspaceId, customers, more);
  return { workspaceId, ask: () => askCustomers(test.resources, audienceSegments) };
}

async function addCustomers(
  { pool, clock }: TestApp,
  workspaceId: string,
  n: number,
  { at = new Date(clock.now().getTime() - day), prefix = "c", ...columns }: Columns = {},
): Promise<void> {
  const extra = Object.keys(columns);
  await pool.query(
    `insert into customers (workspace_id, id, email, created_at, updated_at${extra.map((name) => `, ${name}`).join("")})
     select $1, gen_random_uuid(), $2 || i || '@x.example', $3, $3${extra.map((_, i) => `, $${i + 5}`).join("")}
     from generate_series(1, $4::integer) as i`,
    [workspaceId, prefix, at, n, ...Object.values(columns)],
  );
}

interface InvitationRow {
  id: string;
  email: string;
  survey_id: string;
  recipient: string;
  state: string;
  reminders: number;
  remind_at: Date | null;
}

async function invitations({ pool }: TestApp) {
  const { rows } = await pool.query(
    "select i.*, c.email from invitations i join customers c on c.id = i.customer_id order by i.created_at, c.email",
  );
  return rows as InvitationRow[];
}

async function jobs({ pool }: TestApp): Promise<{ customerId: string; id: string }[]> {
  const { rows } = await pool.query("select data from pgboss.job where name = 'send-invitations'");
  return rows.flatMap(
    ({ data }: { data: { invitations: { customerId: string; id: string }[] } }) => data.invitations,
  );
}

/** As the sender does when a mail has gone out. */
async function markSent({ pool, clock }: TestApp, remindAfterDays: number | null): Promise<void> {
  await pool.query(
    `update invitations set state = 'sent', sent_at = coalesce(sent_at, $1),
       remind_at = $1::timestamptz + $2 * interval '1 day' where state = 'queued'`,
    [clock.now(), remindAfterDays],
  );
}

test("a survey that asks once asks everybody it may, once, with a contact and a job for each", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 1_203);
  await newLiveSurvey(nines, workspaceId, everybodyNow);
  await ask();
  const made = await invitations(nines);
  expect(made).toHaveLength(1_203);
  expect(made[0]).toMatchObject({
    state: "queued",
    channel: "email",
    language: "en",
    version: 1,
    reminders: 0,
  });
  expect(made[0]!.recipient).toBe(made[0]!.email);
  expect(new Set((await jobs(nines)).map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
  const { rows } = await nines.pool.query(
    "select count(*), count(distinct customer_id) as customers from contacts",
  );
  expect(rows[0]).toEqual({ count: 1_203, customers: 1_203 });
  const waves = await nines.pool.query("select number, ends_at from waves");
  expect(waves.rows).toEqual([{ number: 1, ends_at: null }]);

  nines.clock.advance(400 * day);
  await ask();
  expect(await invitations(nines)).toHaveLength(1_203);
});

test("whoever may not be asked is not asked", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 1, { prefix: "good" });
  const soon = new Date(nines.clock.now().getTime() + 1000);
  await addCustomers(nines, workspaceId, 1, { prefix: "unsubscribed", unsubscribed_at: soon });
  await addCustomers(nines, workspaceId, 1, { prefix: "bounced", bounced_at: soon });
  await addCustomers(nines, workspaceId, 1, { prefix: "anonymous", anonymous: true });
  await addCustomers(nines, workspaceId, 1, { prefix: "late", at: soon });
  await addCustomers(nines, workspaceId, 2, { prefix: "suppressed" });
  await addCustomers(nines, workspaceId, 1, { prefix: "complains" });
  await addCustomers(nines, workspaceId, 1, { prefix: "complained" });
  await addCustomers(nines, workspaceId, 1, { prefix: "long" });
  await nines.pool.query("update customers set email = null where email = 'suppressed2@x.example'");
  await nines.pool.query(
    "insert into suppressions (workspace_id, key, reason, source) values ($1, 'email:suppressed1@x.example', 'complained', 'ses')",
    [workspaceId],
  );
  const complain = (name: string, closed: Date | null) =>
    nines.pool.query(
      `insert into complaints (workspace_id, customer_id, id, opened_at, closed_at, source)
       select $1, id, id, $2, $3, 'api' from customers where email = $4`,
      [workspaceId, new Date(0), closed, `${name}1@x.example`],
    );
  await complain("complains", null);
  await complain("complained", new Date(nines.clock.now().getTime() - 6 * day));
  await complain("long", new Date(nines.clock.now().getTime() - 8 * day));
  await newLiveSurvey(nines, workspaceId, everybodyNow);
  await ask();
  expect((await invitations(nines)).map(({ email }) => email)).toEqual([
    "good1@x.example",
    "long1@x.example",
  ]);
  const { rows } = await nines.pool.query("select email from customers where unsubscribed_at = $1", [
    nines.clock.now(),
  ]);
  expect(rows).toEqual([{ email: "suppressed1@x.example" }]);

  nines.clock.advance(2 * day);
  await ask();
  expect((await invitations(nines)).map(({ email }) => email)).toContain("complained1@x.example");
});

test("a recurring survey asks about as many each day, and each customer once in a cycle", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 210);
  const settings = { rhythm: { kind: "every", days: 7 }, hours: always, restDays: 0, openDays: 5 } as const;
  await newLiveSurvey(nines, workspaceId, settings);
  const perDay: number[] = [];
  for (let days = 0; days < 14; days++) {
    nines.clock.advance(day);
    const before = (await invitations(nines)).length;
    await ask();
    perDay.push((await invitations(nines)).length - before);
    await markSent(nines, null);
  }
  // 30 a day on average; by chance not once in a million runs fewer than 6 or more than 60.
  expect(Math.max(...perDay)).toBeLessThanOrEqual(60);
  expect(Math.min(...perDay)).toBeGreaterThanOrEqual(6);
  expect(perDay.slice(0, 7)).toEqual(perDay.slice(7));
  const waves = await nines.pool.query(
    "select w.number, count(*), count(distinct i.customer_id) as customers from invitations i join waves w on w.id = i.wave_id group by 1 order by 1",
  );
  expect(waves.rows).toEqual([
    { number: 1, count: 210, customers: 210 },
    { number: 2, count: 210, customers: 210 },
  ]);
});

test("pausing and going on begins no second round", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 50);
  const id = await newLiveSurvey(nines, workspaceId, { ...everybodyNow, restDays: 0, openDays: 1 });
  await ask();
  await markSent(nines, null);
  await nines.pool.query("update surveys set state = 'paused', live_since = null where id = $1", [id]);
  nines.clock.advance(40 * day);
  await ask();
  await nines.pool.query("update surveys set state = 'live', live_since = $2 where id = $1", [
    id,
    nines.clock.now(),
  ]);
  await ask();
  expect(await invitations(nines)).toHaveLength(50);
});

test("the daily cap holds in the days of the workspace, and who was left out comes first", async () => {
  const nines = await newTestApp({ now: "2026-10-13T08:00:00Z" });
  const { workspaceId, ask } = await newAsker(nines, 30);
  await nines.pool.query("update workspaces set time_zone = 'Pacific/Auckland' where id = $1", [workspaceId]);
  await newLiveSurvey(nines, workspaceId, { ...everybodyNow, perDay: 10 });
  await ask();
  await ask();
  expect(await invitations(nines)).toHaveLength(10);
  await markSent(nines, null);
  nines.clock.set("2026-10-13T10:59:00Z"); // 23:59 in Auckland
  await ask();
  expect(await invitations(nines)).toHaveLength(10);
  nines.clock.set("2026-10-13T11:00:30Z");
  await ask();
  expect(await invitations(nines)).toHaveLength(20);
});

test("what the mail server did not take yesterday counts to today's cap, for it goes out today", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 10);
  await newLiveSurvey(nines, workspaceId, { ...everybodyNow, perDay: 3 });
  await ask();
  nines.clock.advance(day);
  await ask();
  expect(await invitations(nines)).toHaveLength(3);
  await nines.pool.query(
    "update invitations set state = 'sent' where id = (select id from invitations limit 1)",
  );
  await ask();
  expect(await invitations(nines)).toHaveLength(4);
});

test("whoever bounced under a former address can be asked under the new one", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 0);
  const customerId = async (email: string) =>
    (await storeCustomers(nines.resources, workspaceId, [{ id: "k-1", email }]))[0];
  const first = await customerId("old@x.example");
  await suppressAddress(nines.db, nines.clock, {
    workspaceId,
    email: "old@x.example",
    reason: "bounced",
    source: "smtp",
  });
  expect(await customerId("old@x.example")).toBe(first);
  await newLiveSurvey(nines, workspaceId, everybodyNow);
  await ask();
  expect(await invitations(nines)).toEqual([]);
  expect(await customerId("new@x.example")).toBe(first);
  await ask();
  expect((await invitations(nines)).map(({ recipient }) => recipient)).toEqual(["new@x.example"]);
});

test("mails go out by the customer's clock, else by the workspace's", async () => {
  const nines = await newTestApp({ now: "2026-10-12T03:00:00Z" }); // a Monday
  const { workspaceId, ask } = await newAsker(nines, 1, { prefix: "utc" });
  await addCustomers(nines, workspaceId, 1, { prefix: "tokyo", time_zone: "Asia/Tokyo" });
  await addCustomers(nines, workspaceId, 1, { prefix: "york", time_zone: "America/New_York" });
  await addCustomers(nines, workspaceId, 1, { prefix: "nowhere", time_zone: "Mars/Base" });
  await newLiveSurvey(nines, workspaceId, {
    rhythm: { kind: "once", at: null },
    hours: { from: "09:00", to: "17:00", weekends: false },
  });
  const asked = async (at: string) => {
    nines.clock.set(at);
    await ask();
    return (await invitations(nines)).map(({ email }) => email.replace("1@x.example", ""));
  };
  expect(await asked("2026-10-12T03:00:00Z")).toEqual(["tokyo"]);
  expect(await asked("2026-10-12T08:59:00Z")).toEqual(["tokyo"]);
  expect(await asked("2026-10-12T09:00:00Z")).toEqual(["tokyo", "nowhere", "utc"]);
  expect(await asked("2026-10-12T12:59:00Z")).toHaveLength(3);
  expect(await asked("2026-10-12T13:00:00Z")).toEqual(["tokyo", "nowhere", "utc", "york"]);
});

test("nobody is asked by two surveys within the rest", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 40);
  await newLiveSurvey(nines, workspaceId, { ...everybodyNow, restDays: 30 });
  nines.clock.advance(1000);
  const second = await newLiveSurvey(nines, workspaceId, { ...everybodyNow, restDays: 60 });
  await ask();
  expect(await invitations(nines)).toHaveLength(40);
  nines.clock.advance(59 * day);
  await ask();
  expect(await invitations(nines)).toHaveLength(40);
  nines.clock.advance(day + 1000);
  await ask();
  expect((await invitations(nines)).filter((row) => row.survey_id === second)).toHaveLength(40);
});

test("reminders follow the last mail, at most so many, and only who has not answered", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 3);
  await newLiveSurvey(nines, workspaceId, { ...everybodyNow, reminders: { most: 2, afterDays: 5 } });
  await ask();
  await markSent(nines, 5);
  await nines.pool.query("update invitations set answered_at = $1 where recipient = 'c1@x.example'", [
    nines.clock.now(),
  ]);
  await nines.pool.query("delete from pgboss.job");
  const dueAfter = async (days: number) => {
    nines.clock.advance(days * day);
    await ask();
    return (await invitations(nines))
      .filter(({ state }) => state === "queued")
      .map(({ reminders }) => reminders);
  };
  expect(await dueAfter(4)).toEqual([]);
  expect(await dueAfter(1)).toEqual([1, 1]);
  expect(await jobs(nines)).toHaveLength(2);
  await markSent(nines, 5);
  expect(await dueAfter(5)).toEqual([2, 2]);
  await markSent(nines, 5);
  expect(await dueAfter(5)).toEqual([]);
  const { rows } = await nines.pool.query("select kind, count(*) from contacts group by 1 order by 1");
  expect(rows).toEqual([
    { kind: "invitation", count: 3 },
    { kind: "reminder", count: 4 },
  ]);
  expect((await invitations(nines)).every(({ remind_at }) => remind_at === null)).toBe(true);
});

test("at most once in N days counts from the last mail, reminders too; no reminder follows somebody else's ask", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 1);
  await addCustomers(nines, workspaceId, 3, { prefix: "claimed", verified: false });
  const reminders = { most: 2, afterDays: 5 };
  const first = await newLiveSurvey(nines, workspaceId, { ...everybodyNow, restDays: 7, reminders });
  nines.clock.advance(1_000);
  await newLiveSurvey(nines, workspaceId, {
    ...everybodyNow,
    restDays: 7,
    reminders: { most: 0, afterDays: 5 },
  });
  const queuedAfter = async (days: number) => {
    nines.clock.advance(days * day);
    await ask();
    const queued = (await invitations(nines)).filter(({ state }) => state === "queued");
    await markSent(nines, 9);
    return queued.map((row) => [row.email, row.survey_id === first ? "first" : "second", row.reminders]);
  };
  // Whom only a browser has named is not asked at all.
  expect(await queuedAfter(0)).toEqual([["c1@x.example", "first", 0]]);
  expect(await queuedAfter(8)).toEqual([["c1@x.example", "second", 0]]);
  // The reminder of the first would come now, a day after the second has asked.
  expect(await queuedAfter(1)).toEqual([]);
  const rows = await invitations(nines);
  expect(rows.find((row) => row.survey_id === first)?.remind_at).toBeNull();

  const other = await newAsker(nines, 1, { prefix: "d" });
  await newLiveSurvey(nines, other.workspaceId, { ...everybodyNow, restDays: 7, reminders });
  nines.clock.advance(1_000);
  await newLiveSurvey(nines, other.workspaceId, { ...everybodyNow, restDays: 7 });
  const asked = async (days: number) => {
    nines.clock.advance(days * day);
    await other.ask();
    const queued = (await invitations(nines)).filter(({ state }) => state === "queued");
    await markSent(nines, 5);
    return queued.filter(({ email }) => email.startsWith("d")).map((row) => row.reminders);
  };
  // Three days after the reminder is eight after the invitation, and not yet seven after the last mail.
  expect([await asked(0), await asked(5), await asked(3)]).toEqual([[0], [1], []]);
});

test("a survey that is not to be looked at yet is left alone, until it is published anew or paused for a while", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 2);
  const at = new Date(nines.clock.now().getTime() + day);
  const id = await newLiveSurvey(nines, workspaceId, {
    ...everybodyNow,
    rhythm: { kind: "once", at: at.toISOString() },
  });
  const survey = () =>
    nines.db.selectFrom("surveys").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  await ask();
  expect((await survey()).lookAgainAt).toEqual(at);
  nines.clock.advance(day - 1_000);
  await ask();
  expect(await invitations(nines)).toEqual([]);
  nines.clock.advance(1_000);
  await ask();
  expect(await invitations(nines)).toHaveLength(2);

  const later = new Date(nines.clock.now().getTime() + 400_000);
  await nines.db.updateTable("surveys").set({ lookAgainAt: later }).execute();
  await changeState(nines.db, nines.clock, workspaceId, id, "paused");
  await changeState(nines.db, nines.clock, workspaceId, id, "live");
  expect((await survey()).lookAgainAt).toBeNull();
  await nines.db.updateTable("surveys").set({ lookAgainAt: later }).execute();
  const { settings, draftAt } = await survey();
  const { content } = (await readPublishedSurvey(nines.db, id))!;
  const draft = { content, settings: { ...(settings as SurveySettings), restDays: 5 } };
  await nines.db
    .updateTable("surveys")
    .set({ draft: JSON.stringify(draft), draftAt })
    .execute();
  await publishSurvey(nines.db, nines.clock, { workspaceId }, id);
  expect((await survey()).lookAgainAt).toBeNull();
});

test("a survey without e-mail, a paused one and one with a broken rule ask nobody and hold up no other", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 5);
  const channels = { email: false, widget: false, link: true };
  await newLiveSurvey(nines, workspaceId, { ...everybodyNow, channels });
  const broken = await newLiveSurvey(nines, workspaceId, everybodyNow);
  await nines.pool.query(
    `update surveys set settings = jsonb_set(settings, '{audience,rules}', '[{"field": "shoe", "kind": "customer", "is": "set"}]') where id = $1`,
    [broken],
  );
  const good = await newLiveSurvey(nines, workspaceId, everybodyNow);
  await ask();
  expect(new Set((await invitations(nines)).map((row) => row.survey_id))).toEqual(new Set([good]));
});

test("a worker that is cut off anywhere has asked a whole batch or nobody", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newAsker(nines, 20);
  await newLiveSurvey(nines, workspaceId, everybodyNow);
  await nines.pool.query("alter table pgboss.queue rename to gone");
  await ask();
  expect(await invitations(nines)).toEqual([]);
  expect((await nines.pool.query("select from contacts")).rowCount).toBe(0);
  await nines.pool.query("alter table pgboss.gone rename to queue");
  await ask();
  expect(await invitations(nines)).toHaveLength(20);
});
