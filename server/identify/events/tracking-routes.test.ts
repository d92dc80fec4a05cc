import { gzipSync } from "node:zlib";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { expect, onTestFinished, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { listen } from "../../platform/http/listen.ts";
import { createWriteKey } from "./create-write-key.ts";

const now = "2026-10-13T08:00:00.000Z";

/** A Nines with one key for servers and one for pages. */
async function newNines() {
  const nines = await newTestApp({ now });
  const workspace = await newWorkspace(nines);
  const { workspaceId } = workspace;
  const newKey = (trusted: boolean) =>
    createWriteKey(nines.db, nines.clock, workspaceId, { name: "test", trusted });
  const [server, page] = [await newKey(true), await newKey(false)];
  const send = async (path: string, body: unknown, headers: Record<string, string> = basic(server.key)) => {
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    const response = await nines.app.request(path, {
      method: "POST",
      headers,
      body: (isRaw ? body : JSON.stringify(body)) as string,
    });
    return { status: response.status, body: (await response.json()) as Answer, headers: response.headers };
  };
  const batch = (...messages: unknown[]) => send("/v1/batch", { batch: messages });
  const events = () => nines.db.selectFrom("events").selectAll().orderBy("at").orderBy("name").execute();
  const errors = async () => {
    const rows = await nines.db.selectFrom("eventErrors").selectAll().execute();
    return rows.map(({ message, kept }) => `${kept ? "kept" : "refused"} ${message}`).toSorted();
  };
  return { ...nines, workspace, server, page, send, batch, events, errors };
}

interface Answer {
  success?: true;
  problems?: { path: string; message: string }[];
  error?: { code: string; message: string; details?: { reason?: string; problems?: { path: string }[] } };
}

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });
const track = { type: "track", event: "Login", userId: "u" };

/** Serves the app on a port of its own. */
async function served({ app }: Pick<TestApp, "app">): Promise<string> {
  const listening = await listen(app.fetch, "127.0.0.1", 0);
  onTestFinished(() => listening.close(0));
  return `http://127.0.0.1:${listening.port}`;
}

test("each address takes its message, by header or body, as JSON by whatever name", async () => {
  const { send, page, server, events, db, app } = await newNines();
  const keyed = { ...track, writeKey: page.key, messageId: "1" };
  expect(await send("/v1/track", keyed, { "content-type": "text/plain" })).toMatchObject({
    status: 200,
    body: { success: true },
  });
  for (const [path, message] of Object.entries({
    t: { event: "Login", anonymousId: "x" },
    page: { name: "Prices", anonymousId: "x" },
    p: { anonymousId: "x", properties: { path: "/" } },
    screen: { name: "Home", anonymousId: "x" },
    s: { anonymousId: "x" },
    identify: { userId: 7, traits: { plan: "pro" } },
    i: { userId: "u" },
    group: { userId: "u", groupId: "g" },
    g: { userId: "u", groupId: "g" },
    alias: { userId: "u", previousId: "v" },
    a: { userId: "u", previousId: "v" },
  }))
    expect((await send(`/v1/${path}`, message)).body, path).toEqual({ success: true });
  const packed = gzipSync(JSON.stringify({ batch: [track, { ...track, event: "Logout" }] }));
  const form = { "content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip" };
  expect((await send("/v1/b", packed, { ...basic(server.key), ...form })).status).toBe(200);
  expect((await send("/v1/import", { batch: [{ ...track, timestamp: "2025-01-02" }] })).status).toBe(200);
  expect((await send("/v1/batch", { batch: [] })).status).toBe(200);
  expect((await events()).map(({ type, name }) => `${type} ${name}`).toSorted()).toEqual([
    "page Page",
    "page Prices",
    "screen Home",
    "screen Screen",
    "track Login",
    "track Login",
    "track Login",
    "track Login",
    "track Logout",
  ]);
  const preflight = await app.request("/v1/t", {
    method: "OPTIONS",
    headers: {
      origin: "https://shop.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  const keys = await db.selectFrom("writeKeys").select(["trusted", "lastUsedAt"]).execute();
  expect(keys.every(({ lastUsedAt }) => lastUsedAt?.toISOString() === now)).toBe(true);
});

test("clocks are corrected by the time of sending", async () => {
  const { send, batch, events } = await newNines();
  await send("/v1/batch", {
    sentAt: "2031-05-05T10:00:30Z",
    batch: [{ ...track, timestamp: "2031-05-05T10:00:00Z", event: "half a minute ago" }],
  });
  await batch({ ...track, timestamp: "2026-10-12T08:00:00+02:00", event: "by its own clock" });
  await batch({ ...track, timestamp: "2026-10-13T20:00:00Z", event: "ahead" });
  await batch({
    ...track,
    originalTimestamp: "2026-10-13T07:00:00Z",
    sentAt: "2026-10-13T07:30:00Z",
    event: "rudder",
  });
  expect((await events()).map(({ name, at }) => `${at.toISOString()} ${name}`)).toEqual([
    "2026-10-12T06:00:00.000Z by its own clock",
    "2026-10-13T07:30:00.000Z rudder",
    "2026-10-13T07:59:30.000Z half a minute ago",
    "2026-10-13T08:00:00.000Z ahead",
  ]);
});

test("a request that cannot be read gets one sentence", async () => {
  const { send, server, app, page } = await newNines();
  const said = async (path: string, body: unknown, headers?: Record<string, string>) => {
    const { status, body: answer } = await send(path, body, headers);
    return `${status} ${answer.error?.message}`;
  };
  const gzip = { ...basic(server.key), "content-encoding": "gzip" };
  expect(await said("/v1/track", track, {})).toBe(
    "401 There is no write key: send it as the user name of Basic authentication, or as `writeKey` in the body.",
  );
  expect(await said("/v1/batch", { batch: [track] }, basic("nines_server_wrong"))).toBe(
    "401 This write key is not known; it may have been revoked. Those there are stand in Settings → Write keys.",
  );
  expect(await said("/v1/track", { ...track, writeKey: 7 }, {})).toMatch(/^401 There is no write key/);
  const event = (kilobytes: number) => ({ ...track, properties: { text: "x".repeat(kilobytes * 1024) } });
  expect(await said("/v1/track", event(32))).toBe(
    "400 The message has 33 KB and may have 32; send less in its properties.",
  );
  expect(await said("/v1/batch", { batch: Array.from({ length: 17 }, () => event(30)) })).toBe(
    "400 The request is larger than 500 KB unpacked; send fewer messages at once.",
  );
  const whole = gzipSync(JSON.stringify({ batch: [track] }));
  expect(await said("/v1/batch", whole.subarray(0, 40), gzip)).toBe(
    "400 The body is said to be gzip but cannot be unpacked; pack it whole, or send it as it is.",
  );
  expect(await said("/v1/batch", gzipSync(Buffer.alloc(50_000_000)), gzip)).toBe(
    "400 The request is larger than 500 KB unpacked; send fewer messages at once.",
  );
  expect(await said("/v1/batch", whole, { ...gzip, "content-encoding": "br" })).toBe("200 undefined");
  expect(await said("/v1/batch", "x", { ...gzip, "content-encoding": "br" })).toBe(
    "400 The body is packed in a way that is not known here; use gzip or none.",
  );
  expect(await said("/v1/batch", "")).toBe("400 The body is empty; send JSON.");
  expect(await said("/v1/batch", "event=Login")).toBe("400 The body is not JSON; send a JSON object.");
  expect(await said("/v1/batch", [track])).toBe(
    '400 The body is not a JSON object; send one message, or `{"batch": […]}`.',
  );
  expect(await said("/v1/batch", track)).toBe("400 batch: is null; send a list of messages.");
  expect(await said("/v1/batch", { batch: Array.from({ length: 2501 }, () => ({})) })).toBe(
    "400 batch: has 2501 messages; send at most 2,500 at once.",
  );
  expect(await said("/v1/batch", { batch: [{ ...track, event: 42 }] })).toBe(
    "400 event: is 42; the name of an event is a text.",
  );
  const settings = await app.request(`/v1/projects/${server.key}/settings`);
  expect(settings.status).toBe(404);
  const ok = await app.request(`/v1/projects/${page.key}/settings`);
  expect(await ok.json()).toEqual({
    integrations: { "Segment.io": { apiKey: page.key, apiHost: "localhost:9090/v1", protocol: "http" } },
  });
});

test("each bad message of a batch gets its sentence, and the others are stored", async () => {
  const { batch, events, errors, db, pool } = await newNines();
  const deep = (n: number): object => (n === 0 ? {} : { a: deep(n - 1) });
  const { status, body } = await batch(
    { ...track, event: 42 },
    { ...track, event: " " },
    { ...track, event: "x".repeat(201) },
    { ...track, userId: "a\u0000b" },
    { ...track, userId: "\ud800" },
    { ...track, userId: {} },
    { ...track, userId: "" },
    { ...track, type: "sing" },
    { ...track, timestamp: "yesterday" },
    { ...track, timestamp: "1970-01-01T00:00:00Z" },
    { ...track, timestamp: "2100-01-01T00:00:00Z" },
    { ...track, properties: [1] },
    { ...track, properties: deep(50) },
    "text",
    { type: "group", userId: "u" },
    { type: "alias", userId: "u" },
    {
      ...track,
      event: "Clean\u0000ed",
      properties: { "a\u0000": "b\ud800c\u0000", deep: [{ x: "\u0000" }] },
    },
    JSON.parse('{"type":"track","event":"Proto","userId":"u","properties":{"__proto__":{"x":1},"ok":1}}'),
    JSON.parse(
      '{"type":"identify","userId":"u","traits":{"__proto__":{"x":1},"a":{"__proto__":{"y":1}},"ok":1}}',
    ),
    { ...track, event: "Order Completed", properties: { revenue: "a lot" } },
    { ...track, event: "Fine", properties: { text: String.raw`a \u0000 b` } },
  );
  expect(status).toBe(200);
  expect(body.success).toBe(true);
  expect(body.problems?.map(({ path }) => path)).toEqual(Array.from({ length: 16 }, (_, n) => `batch.${n}`));
  expect(await errors()).toEqual([
    'kept properties.revenue: "a lot" is no number; the purchase was stored without it.',
    "kept properties: held NUL characters, halves of surrogate pairs, or the name __proto__; they were taken out and the rest was stored.",
    'kept traits: "__proto__.x" cannot be the name of a trait; it was left out.',
    'kept traits: "a.__proto__.y" cannot be the name of a trait; it was left out.',
    "refused There is neither a userId nor an anonymousId; send one, to say whose it is.",
    "refused event is missing; send the name of what was done.",
    "refused event: is 42; the name of an event is a text.",
    "refused event: is longer than 200 characters; put what changes into a property.",
    "refused groupId is missing; send the id of the account.",
    'refused message: is "text"; send an object.',
    "refused previousId is missing; send who the customer was called before.",
    "refused properties: has objects in objects more than 40 deep; flatten it.",
    "refused properties: is […]; send an object.",
    'refused timestamp: "1970-01-01T00:00:00Z" is longer ago than events are kept here (25 months).',
    'refused timestamp: "2100-01-01T00:00:00Z" lies in the future; send when it happened.',
    'refused timestamp: "yesterday" is no time; write it as 2026-01-31T09:30:00Z.',
    'refused type: "sing" is none of identify, track, page, screen, group, alias; send one of them.',
    "refused userId: holds a NUL character or half a surrogate pair; send plain text.",
    "refused userId: is {…}; an id is a text.",
  ]);
  const stored = await events();
  expect(stored.map(({ name, properties }) => [name, properties])).toEqual([
    ["Clean ed", { a: "b\ufffdc", deep: [{ x: "" }] }],
    ["Fine", { text: String.raw`a \u0000 b` }],
    ["Order Completed", { revenue: "a lot" }],
    ["Proto", { ok: 1 }],
  ]);
  const customer = await db.selectFrom("customers").select("traits").executeTakeFirstOrThrow();
  expect(customer.traits).toEqual({ ok: 1 });
  expect(({} as { x?: unknown }).x).toBeUndefined();
  // The same sentences in the same hour are counted, not piled up.
  await batch({ ...track, event: 42 }, track);
  const { rows } = await pool.query("select n, at from event_errors where reason = 'not_a_name'");
  expect(rows.map(({ n }) => n)).toEqual([2]);
});

test("of ten thousand names of events two thousand are taken, and the rest said once an hour", async () => {
  const { batch, events, db } = await newNines();
  for (let start = 0; start < 10_000; start += 2_500)
    await batch(
      ...Array.from({ length: 2_500 }, (_, n) => ({
        type: "track",
        userId: "u",
        event: `name ${start + n}`,
      })),
    );
  expect(await events()).toHaveLength(2_000);
  const names = await db
    .selectFrom("eventNames")
    .select((e) => e.fn.countAll<number>().as("n"))
    .executeTakeFirst();
  expect(names?.n).toBe(2_000);
  const errors = await db.selectFrom("eventErrors").selectAll().execute();
  expect(errors).toHaveLength(501);
  expect(errors.reduce((sum, { n }) => sum + n, 0)).toBe(8_000);
});

test("when more events wait than can be stored, senders are told when to come back, and what was refused is not there", async () => {
  const nines = await newNines();
  const host = await served(nines);
  await nines.batch({ ...track, messageId: "first" });
  const blocking = await nines.pool.connect();
  await blocking.query("begin; lock table event_ids");
  const deliver = (n: number) =>
    fetch(`${host}/v1/batch`, {
      method: "POST",
      headers: basic(nines.server.key),
      body: JSON.stringify({
        batch: Array.from({ length: 2_500 }, (_, i) => ({ ...track, messageId: `${n} ${i}` })),
      }),
    });
  const refused: number[] = [];
  const answers = Array.from({ length: 12 }, async (_, n) => {
    const response = await deliver(n);
    if (response.status !== 200) refused.push(n);
    return response;
  });
  // One is in hand and 20,000 events wait; the others come too late.
  await expect.poll(() => refused.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  await blocking.query("rollback");
  blocking.release();
  for (const [n, response] of (await Promise.all(answers)).entries()) {
    if (!refused.includes(n)) continue;
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await response.json()).toMatchObject({
      error: {
        code: "busy",
        message:
          "More events arrive than can be stored right now, and these were not. Send them again in a moment.",
        details: { reason: "queue_full" },
      },
    });
  }
  const stored = async () => (await nines.pool.query("select count(*) as n from events")).rows[0] as unknown;
  expect(await stored()).toEqual({ n: 1 + (12 - refused.length) * 2_500 });
  for (const n of refused) expect((await deliver(n)).status).toBe(200);
  expect(await stored()).toEqual({ n: 1 + 12 * 2_500 });
});

test("the SDKs of Segment and RudderStack for Node deliver, unchanged but for the host", async () => {
  const nines = await newNines();
  const host = await served(nines);
  const segment = new Analytics({ writeKey: nines.server.key, host });
  segment.identify({
    userId: "ada",
    traits: { email: "ada@x.example", plan: "pro", createdAt: new Date("2025-01-01") },
  });
  for (let n = 0; n < 40; n++) segment.track({ userId: "ada", event: "Report opened", properties: { n } });
  segment.page({ anonymousId: "visitor", name: "Prices", properties: { url: "https://x.example/prices" } });
  segment.group({ userId: "ada", groupId: "acme", traits: { name: "Acme" } });
  segment.alias({ userId: "ada", previousId: "visitor" });
  await segment.closeAndFlush();

  const rudder = new RudderAnalytics(nines.server.key, { dataPlaneUrl: host, flushAt: 20 });
  rudder.identify({ userId: "bob", traits: { email: "bob@x.example", seats: 5 } });
  for (let n = 0; n < 30; n++) rudder.track({ userId: "bob", event: "Invoice sent", properties: { n } });
  rudder.screen({ userId: "bob", name: "Home" });
  await rudder.flush();

  await expect.poll(async () => (await nines.events()).length, { timeout: 15_000 }).toBe(40 + 1 + 30 + 1);
  await nines.runJobs();
  const customers = await nines.db.selectFrom("customers").selectAll().orderBy("externalId").execute();
  expect(customers).toMatchObject([
    {
      externalId: "ada",
      email: "ada@x.example",
      traits: { plan: "pro", createdAt: "2025-01-01T00:00:00.000Z" },
    },
    { externalId: "bob", email: "bob@x.example", traits: { seats: 5 } },
  ]);
  const of = async (id: string | undefined) =>
    (await nines.events()).filter(({ customerId }) => customerId === id).length;
  expect(await of(customers[0]?.id)).toBe(41);
  expect(await of(customers[1]?.id)).toBe(31);
  const account = await nines.db.selectFrom("accounts").selectAll().executeTakeFirst();
  expect(account).toMatchObject({ key: "acme", name: "Acme", id: customers[0]?.accountId });
  expect(await nines.errors()).toEqual([]);
}, 60_000);

test("write keys are made, shown and revoked by admins", async () => {
  const { workspace, send } = await newNines();
  const { fetch } = workspace.owner;
  const made = (await (
    await fetch("POST", "/api/v1/write-keys", { name: "Shop", trusted: false })
  ).json()) as {
    id: string;
    key: string;
  };
  const hidden = (await (
    await fetch("POST", "/api/v1/write-keys", { name: "CRM", trusted: true })
  ).json()) as {
    key: string;
  };
  expect((await send("/v1/t", { ...track, writeKey: made.key }, {})).status).toBe(200);
  const { writeKeys } = (await (await fetch("GET", "/api/v1/write-keys")).json()) as {
    writeKeys: { name: string; key: string | null; createdBy: string; lastUsedAt: string | null }[];
  };
  expect(writeKeys.find(({ name }) => name === "Shop")).toMatchObject({
    key: made.key,
    createdBy: "Olga Owner",
  });
  expect(writeKeys.find(({ name }) => name === "CRM")).toMatchObject({ key: null, lastUsedAt: null });
  expect((await send("/v1/t", track, basic(hidden.key))).status).toBe(200);
  expect((await fetch("DELETE", `/api/v1/write-keys/${made.id}`)).status).toBe(204);
  expect((await send("/v1/t", { ...track, writeKey: made.key }, {})).status).toBe(401);
});
