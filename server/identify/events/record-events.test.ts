import { CompiledQuery } from "kysely";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newLiveSurvey } from "../../../test/live-survey.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import type { EventSource, TrackingMessage } from "./event.ts";
import { purgeEvents } from "./purge-events.ts";
import { newEventRecorder } from "./record-events.ts";

const server: EventSource = { trusted: true };
const page: EventSource = { trusted: false };
const at = (text: string) => new Date(`2026-10-${text}Z`);

/** A recorder in a workspace of its own, and what it has stored. */
async function newRecorder() {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const recorder = newEventRecorder(nines.resources);
  let next = 0;
  const record = (messages: Partial<TrackingMessage>[], source: EventSource = server) =>
    recorder.record(
      workspaceId,
      messages.map((message) => ({
        type: "track",
        messageId: `m${next++}`,
        at: nines.clock.now(),
        ...(message.type === undefined || message.type === "track" ? { name: "Report opened" } : {}),
        ...message,
      })),
      source,
    );
  const customers = () =>
    nines.db
      .selectFrom("customers")
      .selectAll()
      .where("workspaceId", "=", workspaceId)
      .orderBy("externalId")
      .execute();
  const events = () =>
    nines.db.selectFrom("events").selectAll().where("workspaceId", "=", workspaceId).orderBy("at").execute();
  const keys = async () => {
    const rows = await nines.db
      .selectFrom("customerKeys")
      .selectAll()
      .where("workspaceId", "=", workspaceId)
      .execute();
    return Object.fromEntries(rows.map(({ key, customerId }) => [key, customerId]));
  };
  return { ...nines, workspaceId, recorder, record, customers, events, keys };
}

test("an event is stored once, counted by name and day, and makes its customer", async () => {
  const { record, customers, events, runJobs, db } = await newRecorder();
  const message = {
    messageId: "same",
    userId: "42",
    name: "Order Completed",
    properties: { revenue: "25.5", discount: 5, coupon: "AUTUMN", order_id: 7, currency: "eur" },
    context: { ip: "192.0.2.1", library: { name: "test" } },
    at: at("12T08:00:00"),
  };
  expect(await record([message, message])).toEqual(["stored", "known"]);
  expect(await record([{ ...message, at: at("12T09:00:00"), userId: "43" }])).toEqual(["known"]);
  const [event, ...more] = await events();
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    type: "track",
    name: "Order Completed",
    at: at("12T08:00:00"),
    context: { library: { name: "test" } },
  });
  const [customer, ...others] = await customers();
  expect(others).toEqual([]);
  expect(customer).toMatchObject({
    id: event?.customerId,
    externalId: "42",
    verified: true,
    anonymous: false,
  });
  expect(await db.selectFrom("purchases").selectAll().executeTakeFirst()).toMatchObject({
    id: event?.id,
    orderId: "7",
    revenue: 25.5,
    discount: 5,
    coupon: "AUTUMN",
    currency: "EUR",
  });
  await runJobs();
  expect(await db.selectFrom("eventFolds").selectAll().execute()).toEqual([]);
  expect(await db.selectFrom("eventNames").select(["name", "n", "firstAt"]).execute()).toEqual([
    { name: "Order Completed", n: 1, firstAt: at("12T08:00:00") },
  ]);
  expect(await db.selectFrom("eventNameDays").select(["day", "n"]).execute()).toEqual([
    { day: "2026-10-12", n: 1 },
  ]);
});

test("an anonymous past joins whoever it turns out to be, and follows from then on", async () => {
  const { record, customers, events, runJobs, keys } = await newRecorder();
  await record([{ anonymousId: "x" }, { anonymousId: "y" }, { userId: "u" }], page);
  expect(await customers()).toHaveLength(3);
  // One has no id yet and becomes u; the other is merged by the job.
  await record([{ type: "identify", userId: "u", anonymousId: "x" }], page);
  await record([{ userId: "u", anonymousId: "y" }], page);
  await runJobs();
  await record([{ anonymousId: "x" }, { anonymousId: "y" }], page);
  const [customer, ...others] = await customers();
  expect(others).toEqual([]);
  expect(customer).toMatchObject({ externalId: "u", verified: false });
  expect(new Set((await events()).map(({ customerId }) => customerId))).toEqual(new Set([customer?.id]));
  expect(new Set(Object.values(await keys()))).toEqual(new Set([customer?.id]));
});

test("two ids of the company stay two customers, whatever they share; an alias makes them one", async () => {
  const { record, customers, runJobs, keys } = await newRecorder();
  await record([
    { type: "identify", userId: "u1", anonymousId: "x", traits: { email: "Shared@x.example" } },
    { type: "identify", userId: "u2", anonymousId: "x", traits: { email: "shared@x.example" } },
  ]);
  await runJobs();
  const before = await keys();
  expect(before["id:u1"]).not.toBe(before["id:u2"]);
  expect(before["email:shared@x.example"]).toBe(before["id:u1"]);
  expect(before["anonymous:x"]).toBe(before["id:u1"]);
  // A page may not say so.
  await record([{ type: "alias", userId: "u2", previousId: "u1" }], page);
  await runJobs();
  expect(await customers()).toHaveLength(2);
  await record([{ type: "alias", userId: "u2", previousId: "u1" }]);
  await runJobs();
  const [customer, ...others] = await customers();
  expect(others).toEqual([]);
  expect(customer).toMatchObject({ email: "shared@x.example" });
  await record([{ userId: "u1" }, { anonymousId: "u1" }, { userId: "u2" }]);
  await runJobs();
  expect(await customers()).toHaveLength(1);
});

test("a page never moves an address of somebody who is verified", async () => {
  const { record, customers, runJobs } = await newRecorder();
  await record([
    { type: "identify", userId: "u", anonymousId: "server", traits: { email: "ada@x.example", plan: "pro" } },
  ]);
  await record(
    [
      { type: "identify", userId: "u", traits: { email: "eve@x.example", phone: "+49 1", theme: "dark" } },
      { type: "identify", userId: "mallory", traits: { email: "ada@x.example" } },
      // Of somebody with an address more is known than a page may take over.
      { type: "identify", userId: "mallory", anonymousId: "server" },
    ],
    page,
  );
  await runJobs();
  const [mallory, ada] = await customers();
  expect(ada).toMatchObject({
    email: "ada@x.example",
    phone: null,
    traits: { plan: "pro", theme: "dark" },
    verified: true,
  });
  expect(mallory).toMatchObject({ externalId: "mallory", email: "ada@x.example", verified: false });
  // A server's word verifies, and forgets what was only claimed.
  await record([{ type: "identify", userId: "mallory", traits: { name: "Mallory" } }]);
  expect((await customers())[0]).toMatchObject({ name: "Mallory", email: null, verified: true });
});

test("the newest word counts, in whatever order words arrive, and traits keep their type", async () => {
  const { record, customers, db } = await newRecorder();
  const say = (day: string, traits: Record<string, unknown>) =>
    record([{ type: "identify", userId: "u", at: at(`${day}T00:00:00`), traits }]);
  await say("05", { plan: "pro", seats: 5, beta: true, address: { city: "Köln", tags: ["a", "b"] } });
  await say("03", { plan: "free", seats: "3", since: "2020" });
  await say("07", {
    seats: "12",
    beta: "many",
    "": 1,
    __proto__x: 1,
    revenue: "x",
    timezone: "Mars/Base",
    ok: null,
  });
  const [customer] = await customers();
  expect(customer?.traits).toEqual({
    plan: "pro",
    seats: 12,
    beta: true,
    since: "2020",
    "address.city": "Köln",
    "address.tags": "a, b",
    __proto__x: 1,
    ok: null,
  });
  expect(customer?.traitsAt).toMatchObject({ plan: at("05T00:00:00").toISOString() });
  const errors = await db.selectFrom("eventErrors").select(["message", "kept"]).orderBy("message").execute();
  expect(errors.map(({ message }) => message).toSorted()).toEqual([
    'traits.beta: was true and is now "many"; what was there stays. Send it as before, or under another name.',
    'traits.revenue: is "x", and must be a number from 0 on; it was left out.',
    'traits.timezone: is "Mars/Base", and must be a time zone, as Europe/Berlin; it was left out.',
    'traits: "" cannot be the name of a trait; it was left out.',
  ]);
  expect(errors.every(({ kept }) => kept)).toBe(true);
});

test("a group makes an account; its newest word counts too", async () => {
  const { record, customers, db } = await newRecorder();
  await record([
    {
      type: "group",
      userId: "u",
      groupId: "acme",
      traits: { name: "Acme", plan: "team" },
      at: at("05T00:00:00"),
    },
    {
      type: "identify",
      userId: "v",
      traits: { company: { id: "acme", name: "Acme GmbH" } },
      at: at("06T00:00:00"),
    },
  ]);
  await record([
    {
      type: "group",
      userId: "u",
      groupId: "acme",
      traits: { plan: "free", seats: 9 },
      at: at("04T00:00:00"),
    },
    { type: "group", userId: "u", groupId: "other", at: at("03T00:00:00") },
  ]);
  const accounts = await db.selectFrom("accounts").selectAll().orderBy("key").execute();
  expect(accounts).toMatchObject([
    { key: "acme", name: "Acme GmbH", traits: { plan: "team", seats: 9 } },
    { key: "other" },
  ]);
  const people = await customers();
  expect(people.map(({ accountId }) => accountId)).toEqual([accounts[0]?.id, accounts[0]?.id]);
});

test("the same person from two servers at once is one customer", async () => {
  const { resources, workspaceId, customers, runJobs } = await newRecorder();
  const servers = [newEventRecorder(resources), newEventRecorder(resources)];
  const word = (n: number): TrackingMessage[] => [
    {
      type: "identify",
      messageId: `a${n}`,
      userId: `u${n % 10}`,
      anonymousId: `x${n % 30}`,
      traits: { email: `e${n % 10}@x.example` },
      at: at("12T00:00:00"),
    },
    { type: "track", messageId: `b${n}`, anonymousId: `x${n % 30}`, name: "Login", at: at("12T00:00:00") },
  ];
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      servers[n % 2]!.record(
        workspaceId,
        word(n).toSorted(() => (n % 3) - 1),
        server,
      ),
    ),
  );
  await runJobs();
  expect(await customers()).toHaveLength(10);
});

test("names of events are limited, and an event of a month makes its partition", async () => {
  const { record, events, pool, workspaceId } = await newRecorder();
  await pool.query(
    "insert into event_names (workspace_id, name, first_at, last_at) select $1, 'n' || n, now(), now() from generate_series(1, 1999) n",
    [workspaceId],
  );
  const outcomes = await record([
    { userId: "u", name: "a" },
    { userId: "u", name: "b" },
    { userId: "u", name: "n7", at: new Date("2025-02-03") },
  ]);
  expect(outcomes).toMatchObject(["stored", { reason: "too_many_names", values: { name: "b" } }, "stored"]);
  expect((await events()).map(({ name }) => name)).toEqual(["n7", "a"]);
  const { rows } = await pool.query("select count(*) as n from only events_2025_02");
  expect(rows[0].n).toBe(1);
});

test("a survey that waits for an event asks whoever did it, once, also where they were merged meanwhile", async () => {
  const nines = await newRecorder();
  const { record, runJobs, db, workspaceId } = nines;
  const rhythm = { kind: "after", event: "Order Completed", delayHours: 0 } as const;
  await newLiveSurvey(nines, workspaceId, { rhythm, restDays: 0 });
  await record([{ type: "identify", userId: "u", traits: { email: "ada@x.example" } }]);
  const order = { messageId: "order", anonymousId: "x", name: "Order Completed" };
  await record([{ anonymousId: "x", name: "Login" }, order, { userId: "nobody", name: "Order Completed" }]);
  await record([{ type: "identify", userId: "u", anonymousId: "x" }]);
  // The merge is done before the job that asks.
  await db.executeQuery(
    CompiledQuery.raw(
      "update pgboss.job set created_on = now() + interval '1 hour' where name = 'ask-after-events'",
    ),
  );
  await runJobs();
  await record([order]);
  await runJobs();
  const invitations = await db.selectFrom("invitations").select(["recipient", "customerId"]).execute();
  expect(invitations).toMatchObject([{ recipient: "ada@x.example" }]);
});

test("what is past its time goes by whole months, and problems after a day", async () => {
  const { record, resources, db, clock, events, pool } = await newRecorder();
  await record([
    { userId: "u", name: "old", at: new Date("2024-09-10") },
    { userId: "u", name: "new", at: new Date("2024-09-30T23:59:59Z") },
    { userId: "u", name: "new", at: at("12T00:00:00") },
    { type: "identify", userId: "u", traits: { seats: "x" } },
  ]);
  await purgeEvents(resources);
  expect(await events()).toHaveLength(3);
  expect(await db.selectFrom("eventErrors").select("id").execute()).toHaveLength(1);
  clock.set("2026-11-01T00:00:00Z");
  await purgeEvents(resources);
  expect((await events()).map(({ name }) => name)).toEqual(["new"]);
  // These arrived lately, whenever they happened.
  expect(await db.selectFrom("eventIds").select("id").execute()).toHaveLength(4);
  clock.set("2028-12-02T00:00:00Z");
  await record([{ userId: "u", name: "newest" }]);
  await purgeEvents(resources);
  expect(await db.selectFrom("eventIds").select("id").execute()).toHaveLength(1);
  expect(await db.selectFrom("eventErrors").select("id").execute()).toEqual([]);
  const { rows } = await pool.query("select to_regclass('events_2024_09') as gone");
  expect(rows[0].gone).toBeNull();
});

test("a workspace that is gone takes no events", async () => {
  const { recorder } = await newRecorder();
  const message: TrackingMessage = {
    type: "track",
    messageId: "m",
    userId: "u",
    name: "n",
    at: at("12T00:00:00"),
  };
  await expect(recorder.record(crypto.randomUUID(), [message], server)).rejects.toMatchObject({
    code: "not_found",
  });
});
