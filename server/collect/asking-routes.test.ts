import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../test/api-client.ts";
import { newLiveSurvey } from "../../test/live-survey.ts";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { newInvitationTokens } from "./answering/invitation-token.ts";
import { askCustomers } from "./asking/ask-customers.ts";
import { audienceSegments } from "../identify/segments/audience-segments.ts";
import type { Forecast, TraitList } from "./asking/forecast.ts";
import type { Invitation } from "./asking/invitation.ts";
import type { InvitationMade, TriggerOutcome } from "./asking/new-invitation.ts";
import { suppressAddress } from "./asking/suppress-address.ts";
import type { Complaint, SuppressedAddress } from "./asking/suppression.ts";
import { standardSettings, type SurveySettings } from "./surveys/survey-settings.ts";

const day = 24 * 3600 * 1000;
const always = { from: "00:00", to: "00:00", weekends: true };
const secret = "0123456789abcdef0123456789abcdef";

async function newAsker(settings: Partial<SurveySettings> = {}, now = "2026-10-13T08:00:00Z") {
  const nines = await newTestApp({ now, env: { SECRET: secret, BASE_URL: "https://nines.example" } });
  const client = await newApiClient(nines);
  const surveyId = await newLiveSurvey(nines, client.workspaceId, settings);
  const invite = async (customer: object, more: object = {}) =>
    client.ask<InvitationMade>("POST", "/invitations", { surveyId, customer, channel: "email", ...more });
  return { nines, client, surveyId, invite };
}

async function refusal(sent: Promise<Response>) {
  const response = await sent;
  const { error } = (await response.json()) as {
    error: { message: string; details?: { reason?: string; values?: Record<string, unknown> } };
  };
  return {
    status: response.status,
    message: error.message,
    reason: error.details?.reason,
    values: error.details?.values,
  };
}

async function listOf(client: ApiClient, query = ""): Promise<Invitation[]> {
  return (await client.ask<{ items: Invitation[] }>("GET", `/invitations${query}`)).items;
}

/** As the sender does when a mail has gone out. */
async function markSent({ pool, clock }: TestApp): Promise<void> {
  await pool.query("update invitations set state = 'sent', sent_at = $1 where state = 'queued'", [
    clock.now(),
  ]);
}

test("an invitation by e-mail is queued for the customer, who is made or found, in their language", async () => {
  const { nines, client, invite } = await newAsker();
  const made = await invite(
    { email: " Ada@X.example ", name: "Ada", language: "de-AT", timeZone: "Asia/Tokyo" },
    { id: "order 1" },
  );
  expect(made).toMatchObject({ state: "queued", url: null, known: false });
  // It is 17:00 in Tokyo, where mails go out from nine to five: tomorrow.
  const [invitation] = await listOf(client);
  expect(invitation).toMatchObject({
    id: made.id,
    customerId: made.customerId,
    recipient: "ada@x.example",
    sendAfter: "2026-10-14T00:00:00.000Z",
    customer: { name: "Ada", email: "ada@x.example" },
  });
  const again = await invite({ email: "somebody.else@x.example" }, { id: "order 1" });
  expect(again).toEqual({ ...made, known: true });
  expect(await listOf(client)).toHaveLength(1);
  const { rows } = await nines.pool.query(
    "select data, start_after from pgboss.job where name = 'send-invitations'",
  );
  expect(rows).toEqual([
    {
      data: { workspaceId: client.workspaceId, invitations: [{ id: made.id, customerId: made.customerId }] },
      start_after: new Date("2026-10-14T00:00:00Z"),
    },
  ]);
});

test("an invitation of the API has a link that only its customer's answer fits", async () => {
  const { client, surveyId } = await newAsker();
  const made = await client.ask<InvitationMade>("POST", "/invitations", {
    surveyId,
    customer: { id: "customer 7" },
    channel: "api",
  });
  expect(made.state).toBe("sent");
  expect(made.url).toMatch(/^https:\/\/nines\.example\/r\/[\w-]{67}$/);
  const token = made.url!.split("/r/")[1]!;
  expect(newInvitationTokens(secret).read("answer", token)).toEqual({
    customerId: made.customerId,
    invitationId: made.id,
    number: 1,
  });
  expect(newInvitationTokens(secret).read("unsubscribe", token)).toBeUndefined();
});

test("whoever rests, complains, has unsubscribed or no address is refused, and nothing is stored", async () => {
  const { nines, client, surveyId, invite } = await newAsker({ hours: always, restDays: 30, openDays: 10 });
  await invite({ email: "ada@x.example" });
  const asked = (email: string, more: object = {}) =>
    refusal(
      client.send("POST", "/invitations", { surveyId, customer: { email }, channel: "email", ...more }),
    );
  expect(await asked("ada@x.example")).toMatchObject({
    status: 409,
    reason: "rests",
    values: { until: "2026-11-12T08:00:00.000Z" },
  });
  expect(await asked("ada@x.example", { sendAt: "2026-11-12T07:59:59Z" })).toMatchObject({ reason: "rests" });
  await invite({ email: "ada@x.example" }, { sendAt: "2026-11-12T08:00:00Z" });

  await client.ask("POST", "/suppressions", { email: "Bob@x.example", reason: "unsubscribed" });
  expect(await asked("bob@x.example")).toMatchObject({ status: 409, reason: "unsubscribed" });
  await suppressAddress(nines.db, nines.clock, {
    workspaceId: client.workspaceId,
    email: "cyd@x.example",
    reason: "bounced",
    source: "smtp",
  });
  expect(await asked("cyd@x.example")).toMatchObject({ status: 409, reason: "bounced" });
  await client.ask("POST", "/complaints", { customer: { email: "dan@x.example" } });
  expect(await asked("dan@x.example")).toMatchObject({ status: 409, reason: "complaint" });
  const noAddress = client.send("POST", "/invitations", {
    surveyId,
    customer: { id: "eve" },
    channel: "email",
  });
  expect(await refusal(noAddress)).toMatchObject({ status: 409, reason: "no_address" });
  expect(await listOf(client)).toHaveLength(2);
  const { rows } = await nines.pool.query(
    "select email from customers where external_id = 'eve' or email like 'bob%'",
  );
  expect(rows).toEqual([]);
});

test("a survey that is not live, sends no mail or is anonymous says so", async () => {
  const { nines, client, surveyId } = await newAsker({
    channels: { email: false, widget: false, link: true },
  });
  const to = { customer: { email: "ada@x.example" } };
  const off = client.send("POST", "/invitations", { surveyId, ...to, channel: "email" });
  expect(await refusal(off)).toMatchObject({ status: 409, reason: "channel_off" });
  await client.ask("POST", `/surveys/${surveyId}/state`, { state: "paused" });
  const paused = client.send("POST", "/invitations", { surveyId, ...to, channel: "api" });
  expect(await refusal(paused)).toMatchObject({ status: 409, reason: "survey_not_live" });
  const anonymous = await newLiveSurvey(nines, client.workspaceId, {}, { anonymous: true });
  const link = client.send("POST", "/invitations", { surveyId: anonymous, ...to, channel: "api" });
  expect(await refusal(link)).toMatchObject({ status: 409, reason: "survey_anonymous" });
});

test("a cancelled invitation sends nothing more, and its customer may be asked again", async () => {
  const { nines, client, invite } = await newAsker({ hours: always });
  const made = await invite({ email: "ada@x.example" });
  const path = `/invitations/${made.id}/cancel?customer=${made.customerId}`;
  expect(await client.ask("POST", path)).toMatchObject({ state: "cancelled", reason: "cancelled" });
  expect(await client.ask("POST", path)).toMatchObject({ state: "cancelled" });
  await invite({ email: "ada@x.example" });
  await markSent(nines);
  const [sent] = await listOf(client, "?state=sent");
  await nines.pool.query("update invitations set remind_at = now() where state = 'sent'");
  const after = await client.ask<Invitation>(
    "POST",
    `/invitations/${sent!.id}/cancel?customer=${sent!.customerId}`,
  );
  expect(after).toMatchObject({ state: "sent", remindAt: null });
  expect(await client.ask("GET", `/invitations/${sent!.id}?customer=${sent!.customerId}`)).toEqual(after);
});

test("invitations are listed by pages, newest first, by survey, state and customer", async () => {
  const { nines, client, surveyId, invite } = await newAsker({ hours: always });
  for (let i = 0; i < 5; i++) {
    await invite({ email: `c${i}@x.example` });
    nines.clock.advance(1000);
  }
  const recipients: (string | null)[] = [];
  let cursor = "";
  do {
    const page = await client.ask<{ items: Invitation[]; next: string | null }>(
      "GET",
      `/invitations?survey=${surveyId}&limit=2${cursor}`,
    );
    recipients.push(...page.items.map(({ recipient }) => recipient));
    cursor = page.next ? `&cursor=${page.next}` : "";
  } while (cursor);
  expect(recipients).toEqual([4, 3, 2, 1, 0].map((i) => `c${i}@x.example`));
  const [newest] = await listOf(client);
  expect(await listOf(client, `?customer=${newest!.customerId}`)).toHaveLength(1);
  expect(await listOf(client, "?state=failed")).toEqual([]);
  expect((await client.send("GET", "/invitations?cursor=nonsense")).status).toBe(422);
});

test("an event asks by the surveys that wait for it, once, and says which do not and why", async () => {
  const rhythm = { kind: "after", event: "delivered", delayHours: 24 } as const;
  const { nines, client, surveyId } = await newAsker({ rhythm, hours: always });
  const rules = [{ field: "plan", kind: "trait", is: "equal", value: "Pro" } as const];
  const pros = await newLiveSurvey(nines, client.workspaceId, { rhythm, audience: { match: "all", rules } });
  await newLiveSurvey(nines, client.workspaceId, { rhythm: { ...rhythm, event: "returned" } });
  const trigger = (customer: object, more: object = {}) =>
    client.ask<TriggerOutcome>("POST", "/triggers", { event: "delivered", customer, ...more });

  const first = await trigger({ email: "ada@x.example" }, { id: "delivery 1" });
  expect(first.invited).toMatchObject([{ surveyId, sendAfter: "2026-10-14T08:00:00.000Z", known: false }]);
  expect(first.held).toEqual([{ surveyId: pros, reason: "not_in_audience" }]);
  const same = await trigger({ email: "ada@x.example" }, { id: "delivery 1" });
  expect(same.invited).toEqual([{ ...first.invited[0], known: true }]);
  const next = await trigger({ email: "ada@x.example" }, { id: "delivery 2" });
  expect(next.invited).toEqual([]);
  expect(next.held).toContainEqual({ surveyId, reason: "rest" });
  const old = await trigger({ email: "bob@x.example" }, { at: "2026-09-01T00:00:00Z" });
  expect(old.held).toContainEqual({ surveyId, reason: "too_late" });
  const nowhere = await trigger({ id: "no address" });
  expect(nowhere.invited).toEqual([]);
  expect(nowhere.held).toContainEqual({ surveyId, reason: "no_address" });
  expect(await listOf(client)).toHaveLength(1);
});

test("the daily cap holds for events too", async () => {
  const rhythm = { kind: "after", event: "delivered", delayHours: 0 } as const;
  const { client, surveyId } = await newAsker({ rhythm, hours: always, perDay: 2 });
  const held: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    const customer = { email: `c${i}@x.example` };
    held.push(
      ...(await client.ask<TriggerOutcome>("POST", "/triggers", { event: "delivered", customer })).held,
    );
  }
  expect(held).toEqual([
    { surveyId, reason: "cap" },
    { surveyId, reason: "cap" },
  ]);
});

test("an open complaint drops what is queued and keeps everybody quiet until some days after it was closed", async () => {
  const { nines, client, surveyId, invite } = await newAsker({
    hours: always,
    quietAfterComplaint: { days: 7 },
  });
  const { customerId } = await invite({ email: "ada@x.example" });
  const complaint = await client.ask<Complaint>("POST", "/complaints", {
    customerId,
    id: "ticket 1",
    note: "late",
  });
  expect(await client.ask("POST", "/complaints", { customerId, id: "ticket 1" })).toEqual(complaint);
  expect(await listOf(client)).toMatchObject([{ state: "cancelled", reason: "complaint" }]);
  const asked = () =>
    refusal(
      client.send("POST", "/invitations", {
        surveyId,
        customer: { email: "ada@x.example" },
        channel: "email",
      }),
    );
  nines.clock.advance(100 * day);
  expect(await asked()).toMatchObject({ reason: "complaint" });
  const path = `/complaints/${complaint.id}/close?customer=${customerId}`;
  const closed = await client.ask<Complaint>("POST", path);
  expect(closed.closedAt).toBe(nines.clock.now().toISOString());
  nines.clock.advance(6 * day);
  expect(await client.ask("POST", path)).toEqual(closed);
  expect(await asked()).toMatchObject({ reason: "complaint" });
  nines.clock.advance(day);
  await invite({ email: "ada@x.example" });
  const nobody = "00000000-0000-7000-8000-000000000000";
  expect(await refusal(client.send("POST", "/complaints", { customerId: nobody }))).toMatchObject({
    status: 422,
    reason: "no_such_customer",
  });
});

test("an unsubscribed address is on the list for ever, a bounced one can be lifted", async () => {
  const { nines, client, invite } = await newAsker({ hours: always });
  const ada = await invite({ email: "ada@x.example" });
  const bob = await invite({ email: "bob@x.example" });
  const { workspaceId } = client;
  const bounce = {
    workspaceId,
    email: "bob@x.example",
    reason: "bounced",
    source: "smtp",
    detail: "550 no",
  } as const;
  const ids = { customerId: bob.customerId, invitationId: bob.id };
  expect(await suppressAddress(nines.db, nines.clock, { ...bounce, ...ids })).toEqual({ known: false });
  expect(await suppressAddress(nines.db, nines.clock, { ...bounce, ...ids })).toEqual({ known: true });
  const unsubscribe = async () =>
    client.ask("POST", "/suppressions", { email: "ada@x.example", reason: "unsubscribed" });
  expect(await unsubscribe()).toEqual({ known: false });
  expect(await unsubscribe()).toEqual({ known: true });
  const states = (await listOf(client)).map(({ id, state, reason, bouncedAt }) => ({
    id,
    state,
    reason,
    bounced: Boolean(bouncedAt),
  }));
  expect(states).toContainEqual({ id: ada.id, state: "cancelled", reason: "unsubscribed", bounced: false });
  expect(states).toContainEqual({ id: bob.id, state: "cancelled", reason: "bounced", bounced: true });

  const list = async (query = "") =>
    client.ask<{ items: SuppressedAddress[]; total: number; next: string | null }>(
      "GET",
      `/suppressions${query}`,
    );
  const { items, total } = await list();
  expect(total).toBe(2);
  expect(
    items.map(({ address, reason, source, detail }) => [address, reason, source, detail]),
  ).toContainEqual(["bob@x.example", "bounced", "smtp", "550 no"]);
  expect((await list("?reason=bounced")).items).toHaveLength(1);
  expect((await list("?text=ADA")).items).toMatchObject([{ address: "ada@x.example" }]);
  const page = await list("?limit=1");
  expect((await list(`?limit=1&cursor=${page.next}`)).items[0]!.address).not.toBe(page.items[0]!.address);

  expect((await client.send("DELETE", "/suppressions/ada@x.example")).status).toBe(409);
  expect((await client.send("DELETE", "/suppressions/Bob%40x.example")).status).toBe(204);
  expect((await client.send("DELETE", "/suppressions/bob@x.example")).status).toBe(404);
  await invite({ email: "bob@x.example" });
  // A complaint outweighs a bounce, and a later bounce does not lift it.
  await suppressAddress(nines.db, nines.clock, { ...bounce, reason: "complained" });
  expect(await suppressAddress(nines.db, nines.clock, bounce)).toEqual({ known: true });
  expect((await client.send("DELETE", "/suppressions/bob@x.example")).status).toBe(409);
});

test("a forecast counts who is due, who is held back and why, and who is asked in the days ahead", async () => {
  const { nines, client, surveyId } = await newAsker();
  const before = new Date(nines.clock.now().getTime() - day);
  await nines.pool.query(
    `insert into customers (workspace_id, id, email, created_at, unsubscribed_at, bounced_at, traits)
     select $1, gen_random_uuid(), case when i > 3 then i || '@x.example' end, $2,
       case when i in (4, 5) then $2::timestamptz end, case when i = 6 then $2::timestamptz end,
       jsonb_build_object('plan', case when i <= 50 then 'Pro' else 'Basic' end, 'seats', i)
     from generate_series(1, 100) i`,
    [client.workspaceId, before],
  );
  const some = async (column: string, from: number, to: number) =>
    nines.pool.query(
      column === "complaints"
        ? `insert into complaints (workspace_id, customer_id, id, opened_at, source) select workspace_id, id, id, $2, 'api'
           from customers where workspace_id = $1 and (traits ->> 'seats')::int between $3 and $4`
        : `insert into contacts (workspace_id, customer_id, id, at, kind) select workspace_id, id, id, $2, 'play'
           from customers where workspace_id = $1 and (traits ->> 'seats')::int between $3 and $4`,
      [client.workspaceId, before, from, to],
    );
  await some("complaints", 7, 8);
  await some("contacts", 8, 17);
  const forecast = async (settings: Partial<SurveySettings>) =>
    client.ask<Forecast>("POST", `/surveys/${surveyId}/forecast`, {
      settings: { ...standardSettings, ...settings },
    });
  const once = { rhythm: { kind: "once", at: null }, hours: always } as const;

  const free = await forecast(once);
  expect(free).toEqual({
    customers: 100,
    due: 100,
    heldBack: [
      { reason: "no_address", n: 3 },
      { reason: "unsubscribed", n: 2 },
      { reason: "bounced", n: 1 },
      { reason: "complaint", n: 2 },
      { reason: "rest", n: 9 },
    ],
    asked: 83,
    nextAt: "2026-10-13T08:00:00.000Z",
    nextN: 83,
    expected: null,
  });
  expect(await forecast({ ...once, restDays: 4 })).toMatchObject({ asked: 92, nextN: 83 });
  expect(await forecast({ ...once, perDay: 10 })).toMatchObject({
    asked: 70,
    nextN: 10,
    heldBack: expect.arrayContaining([{ reason: "cap", n: 73 }]) as unknown,
  });
  // From nine to five in UTC, and it is eight; on a Tuesday, so five of the seven days.
  const office = { ...once, hours: standardSettings.hours, perDay: 10 };
  expect(await forecast(office)).toMatchObject({
    asked: 50,
    nextAt: "2026-10-13T09:00:00.000Z",
    nextN: 10,
    heldBack: expect.arrayContaining([{ reason: "hours", n: 83 }]) as unknown,
  });
  const rules = [{ field: "plan", kind: "trait", is: "equal", value: "Pro" } as const];
  expect(await forecast({ ...once, audience: { match: "all", rules } })).toMatchObject({
    customers: 50,
    asked: 33,
  });
  const sampled = await forecast({ ...once, sample: 0.5 });
  expect(sampled.asked).toBe(83 - sampled.heldBack.find(({ reason }) => reason === "not_sampled")!.n);
  expect(await forecast({})).toMatchObject({ customers: 100, due: 0, asked: 0, nextAt: null });

  expect(await client.ask("POST", "/audience/size", { audience: { match: "all", rules } })).toEqual({
    n: 50,
  });
  const { traits } = await client.ask<TraitList>("GET", "/traits");
  expect(traits.map(({ name }) => name)).toEqual(["plan", "seats"]);
  expect(traits[0]!.values).toEqual([
    { value: "Basic", n: 50 },
    { value: "Pro", n: 50 },
  ]);
  expect(traits[1]!.values).toHaveLength(20);
});

test("what a forecast says comes true", async () => {
  const { nines, client, surveyId } = await newAsker();
  await nines.pool.query(
    `insert into customers (workspace_id, id, email, created_at)
     select $1, gen_random_uuid(), i || '@x.example', $2 from generate_series(1, 300) i`,
    [client.workspaceId, new Date(nines.clock.now().getTime() - day)],
  );
  const settings = {
    ...standardSettings,
    rhythm: { kind: "every", days: 30 },
    hours: always,
    sample: 0.8,
  } as const;
  await nines.pool.query("update surveys set settings = $2 where id = $1", [
    surveyId,
    JSON.stringify(settings),
  ]);
  nines.clock.advance(3 * day);
  const forecast = await client.ask<Forecast>("POST", `/surveys/${surveyId}/forecast`, { settings });
  expect(forecast).toMatchObject({ customers: 300, nextAt: "2026-10-16T08:00:00.000Z" });
  expect(forecast.due).toBeGreaterThan(10);
  await askCustomers(nines.resources, audienceSegments);
  for (let hours = 0; hours < 160; hours += 8) {
    nines.clock.advance(8 * 3600 * 1000);
    await askCustomers(nines.resources, audienceSegments);
  }
  // To the end of the seventh day: it began at eight.
  expect((await listOf(client, "?limit=200")).length).toBe(forecast.asked);
});

test("the answers expected follow the workspace's own past, and are not told before thirty invitations", async () => {
  const { nines, client, surveyId } = await newAsker();
  const at = new Date(nines.clock.now().getTime() - 30 * day);
  const insert = async (from: number, to: number) =>
    nines.pool.query(
      `with people as (
         insert into customers (workspace_id, id, email, created_at)
         select $1, gen_random_uuid(), i || '@x.example', $2 from generate_series($4::int, $5::int) i returning id, email
       )
       insert into invitations (workspace_id, customer_id, id, survey_id, version, channel, language, state, created_at,
         send_after, sent_at, expires_at, answered_at)
       select $1, id, id, $3, 1, 'email', 'en', 'sent', $2, $2, $2, $2, case when email like '%0@%' then $2 end from people`,
      [client.workspaceId, at, surveyId, from, to],
    );
  const settings = {
    ...standardSettings,
    rhythm: { kind: "once", at: "2026-10-13T07:00:00Z" },
    hours: always,
  };
  const expected = async () =>
    (await client.ask<Forecast>("POST", `/surveys/${surveyId}/forecast`, { settings })).expected;
  await insert(1, 29);
  expect(await expected()).toBeNull();
  await insert(30, 100);
  const { n, low, high, basis } = (await expected())!;
  expect({ n, basis }).toEqual({ n: 10, basis: 100 });
  // Wilson for 10 of 100 is 5.5 % to 17.4 %; chance among the hundred that are asked makes it wider.
  expect(low).toBeLessThanOrEqual(5);
  expect(high).toBeGreaterThanOrEqual(18);
  expect(high).toBeLessThan(30);
});
