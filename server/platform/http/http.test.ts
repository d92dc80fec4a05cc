import { connect } from "node:net";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import * as fc from "fast-check";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newApiClient } from "../../../test/api-client.ts";
import { fetchWith, newWorkspace } from "../../../test/sign-in.ts";
import { createApiKey } from "../accounts/create-api-key.ts";
import { limitBodies } from "./limit-bodies.ts";
import { openRequestLimits } from "./limit-requests.ts";
import { openMetrics } from "./metrics.ts";
import { respondToErrors } from "./respond-to-errors.ts";
import { type Env, newRouter } from "./router.ts";
import { serveWeb } from "./serve-web.ts";
import { watchRequests } from "./watch-requests.ts";

/** The app on a real port. */
async function serve({ fetch }: Pick<TestApp["app"], "fetch">): Promise<string> {
  const listener = getRequestListener(fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; requestId: string };
  };
  return { status: response.status, ...error };
}

test("a sane request id is kept, any other is replaced, and errors carry it", async () => {
  const { app } = await newTestApp();
  const ask = (id: string) => app.request("/api/v1/nothing", { headers: { "x-request-id": id } });
  const kept = await ask("trace:4bf92f35-77b3");
  expect(kept.headers.get("x-request-id")).toBe("trace:4bf92f35-77b3");
  expect((await errorOf(kept)).requestId).toBe("trace:4bf92f35-77b3");
  for (const id of ["a b", '"}{"admin":true', "x".repeat(65), ""])
    expect((await ask(id)).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("nothing at an address, a wrong method, OPTIONS and HEAD are answered in order", async () => {
  const { app } = await newTestApp();
  const ask = (method: string, path: string) => app.request(path, { method });
  expect(await errorOf(await ask("GET", "/api/v1/nothing"))).toMatchObject({
    status: 404,
    code: "not_found",
  });
  expect(await errorOf(await ask("GET", "/api"))).toMatchObject({ status: 404 });
  const wrong = await ask("PUT", "/api/v1/members/1");
  expect(wrong.headers.get("allow")).toBe("DELETE, PATCH");
  expect(await errorOf(wrong)).toMatchObject({
    status: 405,
    code: "wrong_method",
    message: "This address takes DELETE, PATCH, not PUT.",
  });
  const options = await ask("OPTIONS", "/api/v1/responses");
  expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, POST"]);
  expect(options.headers.get("access-control-allow-origin")).toBeNull();
  const head = await ask("HEAD", "/api/v1/session");
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test.each([
  ["{", "application/json", 400, "The request could not be read; send well-formed JSON."],
  ["{}", "text/plain", 400, "The body must be JSON; say so by the header `Content-Type: application/json`."],
  ["{}", "application/json", 422, "email: is missing; send text."],
  ["[]", "application/json", 422, "The body must be an object, not a list."],
  ["null", "application/json", 422, "The body must be an object, not null."],
])("the body %s as %s is refused with a sentence", async (body, type, status, message) => {
  const { app } = await newTestApp();
  const response = await app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  expect(await errorOf(response)).toMatchObject({ status, message });
});

test("no answer of another site can be read, framed or kept", async () => {
  const { app } = await newTestApp();
  const response = await app.request("/api/v1/session", { headers: { origin: "https://evil.example" } });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
});

test("a body beyond 1 MB is refused, declared or in chunks; the upload of imports has no limit", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const { key } = await createApiKey(nines.db, nines.clock, acme.workspaceId, {
    name: "k",
    scopes: ["responses:write", "imports:write"],
  });
  const url = await serve(nines.app);
  const authorization = `Bearer ${key}`;
  const big = JSON.stringify({ score: 9, comment: "x".repeat(1024 * 1024) });
  const json = { authorization, "content-type": "application/json" };
  const declared = await fetch(`${url}/api/v1/responses`, { method: "POST", headers: json, body: big });
  expect(await errorOf(declared)).toMatchObject({ status: 413, code: "too_large" });
  const chunked = await fetch(`${url}/api/v1/responses`, {
    method: "POST",
    headers: json,
    body: ReadableStream.from(Array.from({ length: 20 }, () => Buffer.alloc(100_000, " "))),
    duplex: "half",
  });
  expect(await errorOf(chunked)).toMatchObject({ status: 413 });
  const csv = `email,score\n${"someone@example.com,9\n".repeat(100_000)}`;
  const upload = await fetch(`${url}/api/v1/imports?name=big.csv`, {
    method: "POST",
    headers: { authorization, "content-type": "text/csv" },
    body: csv,
  });
  expect(upload.status).toBe(201);
});

test("a body with both a length and chunks is refused by the parser", async () => {
  const nines = await newTestApp();
  const url = new URL(await serve(nines.app));
  const answer = await new Promise<string>((done) => {
    const socket = connect(Number(url.port), "127.0.0.1");
    let text = "";
    socket.on("data", (data) => (text += String(data)));
    socket.on("close", () => done(text));
    socket.end(
      "POST /api/v1/responses HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    );
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test("requests are counted by key, by person and by address, and refused with the seconds to wait", async () => {
  const limit = openRequestLimits({ key: 3, person: 2, address: 1 });
  for (const id of ["a", "a", "a", "b"]) await limit("key", id);
  await expect(limit("key", "a")).rejects.toMatchObject({
    code: "too_many",
    options: { retryAfterSeconds: 10 },
  });
  await limit("person", "a");
  await limit("person", "a");
  await expect(limit("person", "a")).rejects.toThrow(/^Too many requests\. Wait 10 seconds/);
  await limit("address", "a");
  await expect(limit("address", "a")).rejects.toThrow(/Too many requests/);
});

test("the log has the pattern of an address, never what stands in it", async () => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => lines.push(line) });
  const { resources } = await newTestApp();
  const metrics = openMetrics(resources.database);
  const app = new Hono<Env>();
  app.use(watchRequests({ config: { baseUrl: "http://localhost" }, log, metrics }));
  app.onError(respondToErrors(log));
  app.get("/people/:email", () => {
    throw new Error("boom");
  });
  const response = await app.request("/people/ada@example.com?name=Ada", { headers: { cookie: "a=secret" } });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("boom");
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toContain('"route":"/people/:email"');
    expect(line).not.toMatch(/ada|Ada|secret/);
  }
  expect(await metrics.read()).toContain(
    'http_request_duration_seconds_count{method="GET",route="/people/:email",status="500"} 1',
  );
});

test("metrics are for this machine or for whoever has the token", async () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
  const open = await newTestApp();
  const ask = async (nines: TestApp, address: string, headers: Record<string, string> = {}) =>
    (await nines.app.request("/metrics", { headers }, from(address))).status;
  for (const local of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) expect(await ask(open, local)).toBe(200);
  for (const remote of ["203.0.113.7", "10.0.0.1", "::ffff:10.0.0.1", "1127.0.0.1"])
    expect(await ask(open, remote)).toBe(403);
  expect(await ask(open, "127.0.0.1", { "x-forwarded-for": "203.0.113.7" })).toBe(403);

  const token = "0123456789abcdef";
  const closed = await newTestApp({ env: { METRICS_TOKEN: token } });
  expect(await ask(closed, "127.0.0.1")).toBe(401);
  expect(await ask(closed, "203.0.113.7", { authorization: `Bearer ${token}x` })).toBe(401);
  expect(await ask(closed, "203.0.113.7", { authorization: `Bearer ${token}` })).toBe(200);

  const proxied = await newTestApp({ env: { TRUST_PROXY: "true" } });
  expect(await ask(proxied, "127.0.0.1", { "x-forwarded-for": "203.0.113.7" })).toBe(403);
  expect(await ask(proxied, "127.0.0.1")).toBe(200);
});

test("metrics say how long requests took, how many responses there are, and what jobs wait", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  await acme.owner.fetch("POST", "/api/v1/responses", [{ score: 9 }, { score: 7 }]);
  const response = await nines.app.request(
    "/metrics",
    {},
    { incoming: { socket: { remoteAddress: "::1" } } },
  );
  expect(response.headers.get("content-type")).toContain("version=0.0.4");
  const text = await response.text();
  expect(text).toContain(
    'http_request_duration_seconds_count{method="POST",route="/api/v1/responses",status="201"} 1',
  );
  expect(text).toMatch(/^nines_responses 2$/m);
  expect(text).toMatch(/^nines_jobs\{job="response-recorded",state="queued"\} \d+$/m);
  expect(text).toContain("process_resident_memory_bytes");
});

test("ready means that the database answers with this version's schema", async () => {
  const nines = await newTestApp();
  const ask = (path: string) => nines.app.request(path);
  expect((await ask("/healthz")).status).toBe(200);
  expect((await ask("/readyz")).status).toBe(200);
  await nines.pool.query("delete from schema_migrations where number = 1");
  expect(await errorOf(await ask("/readyz"))).toMatchObject({
    status: 503,
    message: "The database still has to be migrated.",
  });
  await nines.pool.query("drop table schema_migrations");
  expect(await errorOf(await ask("/readyz"))).toMatchObject({
    status: 503,
    message: "The database cannot be reached.",
  });
  expect((await ask("/healthz")).status).toBe(200);
});

test("a database that does not answer within two seconds is not ready", async () => {
  const nines = await newTestApp();
  const blocker = await nines.pool.connect();
  await blocker.query("begin; lock table schema_migrations in access exclusive mode");
  const response = await nines.app.request("/readyz");
  await blocker.query("rollback");
  blocker.release();
  expect(await errorOf(response)).toMatchObject({
    status: 503,
    message: "The database did not answer within 2 seconds.",
  });
});

test("the interface: assets are kept for ever, pages are asked again, nothing outside the folder is served", async () => {
  const root = await mkdtemp(join(tmpdir(), "nines-web-"));
  const folder = join(root, "web");
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(join(root, "secret.txt"), "secret");
  await writeFile(join(folder, "index.html"), `<!doctype html><title>Nines</title>${" ".repeat(2000)}`);
  await writeFile(join(folder, "mail-frame.html"), "<!doctype html><title>E-mail</title>");
  await writeFile(join(folder, "assets/index-abc123.js"), "console.log('hello');".repeat(200));
  const app = newRouter();
  app.onError(respondToErrors(pino({ level: "silent" })));
  app.get("/*", serveWeb(folder));
  const url = await serve(app);

  const page = await fetch(`${url}/acme/overview?wave=all`);
  expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-cache"]);
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'self'; .*frame-ancestors 'none'$/,
  );
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
  expect(await page.text()).toContain("<title>Nines</title>");
  const again = await fetch(`${url}/`, { headers: { "if-none-match": page.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);

  // The one page that our own pages may frame: styles in elements, as mails have them, and nothing that runs.
  const frame = await fetch(`${url}/mail-frame.html`);
  const policy = frame.headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline';.* frame-ancestors 'self'; sandbox/);
  expect(policy).not.toMatch(/script|allow-scripts/);

  const asset = await fetch(`${url}/assets/index-abc123.js`, { headers: { "accept-encoding": "br" } });
  expect(Object.fromEntries(asset.headers)).toMatchObject({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": "text/javascript; charset=utf-8",
    "content-encoding": "br",
  });
  expect(await asset.text()).toContain("console.log('hello');");

  for (const path of ["/assets/none.js", "/api/v1/nothing", "/.env", "/assets/.hidden.js"])
    expect((await fetch(url + path)).status, path).toBe(404);
  for (const path of [
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%00",
    "/%ff",
  ])
    expect(await (await fetch(url + path)).text(), path).not.toContain("secret");
});

test("before the pages are built, the address says how to build them", async () => {
  const app = newRouter();
  app.get("/*", serveWeb(join(tmpdir(), "nines-no-such-folder")));
  const response = await app.request("/");
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("npm start")]);
});

test("the description of the API names every route, who may use it, and the shape of errors", async () => {
  const { app } = await newTestApp();
  const response = await app.request("/api/v1/openapi.json");
  const document = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; security: object[]; summary: string }>>;
    components: { schemas: Record<string, object>; securitySchemes: object };
  };
  expect(document.openapi).toBe("3.1.0");
  expect(document.paths["/api/v1/responses"]?.["post"]).toMatchObject({
    operationId: "postResponses",
    security: [{ apiKey: ["responses:write"] }, { session: [] }],
  });
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.components.schemas["Error"]).toBeDefined();
});

test("hostile headers and bodies are refused, never a failure of ours", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const bodies: unknown[] = [
    JSON.parse('{"__proto__":{"admin":true},"name":"x"}'),
    { name: "\u0000" },
    { name: "\ud800" },
    { name: { $ne: null } },
    { name: ["x"] },
    { name: 1e308 },
    { name: "x".repeat(100_000) },
    Array.from({ length: 1000 }, () => []),
  ];
  for (const body of bodies) {
    for (const [method, path] of [
      ["PATCH", "/api/v1/workspace"],
      ["POST", "/api/v1/workspaces"],
      ["POST", "/api/v1/api-keys"],
      ["POST", "/api/v1/member-invitations"],
    ] as const) {
      const response = await acme.owner.fetch(method, path, body);
      expect(response.status, `${method} ${path} ${JSON.stringify(body).slice(0, 60)}`).toBeLessThan(500);
    }
  }
  for (const slug of ["\u00e9", "' or 1=1 --", "a".repeat(5000), "null"]) {
    const response = await acme.owner.fetch("GET", "/api/v1/workspace", undefined, { "x-workspace": slug });
    expect(response.status, slug).toBe(403);
  }
  for (const id of ["1", "%00", "..%2f..", "' or 1=1 --", "00000000-0000-0000-0000-00000000000g"]) {
    const response = await acme.owner.fetch("GET", `/api/v1/outbox/${encodeURIComponent(id)}`);
    expect(response.status, id).toBe(422);
  }
  const anonymous = fetchWith(nines, {});
  for (const token of ["%00", "%ff", "a".repeat(101), "' or 1=1 --", "a[]=b"]) {
    const response = await anonymous("GET", `/api/v1/member-invitations/by-token/${token}`);
    expect([404, 422, 400], token).toContain(response.status);
  }
});

const cursorOf = (text: string) => Buffer.from(text).toString("base64url");
const noId = "00000000-0000-7000-8000-000000000000";

test.each([
  ["/score?from=0000-01-01", "from: is before 1970, and answers are stored from 1970 on."],
  ["/score?to=1969-12-31", "to: is before 1970, and answers are stored from 1970 on."],
  ["/responses?from=0000-01-01", "from: is before 1970, and answers are stored from 1970 on."],
  ["/responses?to=2026-02-30", "to: is no day; write it as 2026-01-31."],
  ["/overview?wave=0000-Q1", 'wave: "0000-Q1" is no wave; write it as 2026-Q3, or all.'],
  ...[
    `9999-99-99T99:99:99.999999Z ${noId}`,
    `0000-01-01T00:00:00.000000Z ${noId}`,
    `2026-02-30T00:00:00.000000Z ${noId}`,
    "2026-01-01T00:00:00.000000Z ------------------------------------",
  ].map((text) => [
    `/responses?cursor=${cursorOf(text)}`,
    "cursor: is not one of ours; take `next` of the page before.",
  ]),
])("%s is refused with a sentence", async (path, message) => {
  const nines = await newTestApp();
  const { send } = await newApiClient(nines);
  await send("POST", "/responses", { score: 9 });
  expect(await errorOf(await send("GET", path))).toMatchObject({ status: 422, code: "bad_input", message });
});

test("whatever stands in the address of a score, overview or response, it is answered or refused", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  await acme.owner.fetch("POST", "/api/v1/responses", { score: 9, comment: "x", language: "en" });
  const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));
  const date = fc.tuple(digits(4), digits(2), digits(2)).map((parts) => parts.join("-"));
  const uuid = fc.oneof(fc.uuid(), fc.stringMatching(/^[0-9a-f-]{36}$/));
  const time = fc.tuple(date, digits(2), digits(2), digits(2), digits(6));
  const cursor = fc
    .tuple(time, uuid)
    .map(([[day, h, m, s, us], id]) => cursorOf(`${day}T${h}:${m}:${s}.${us}Z ${id}`));
  const wave = fc.tuple(digits(4), digits(1)).map(([year, quarter]) => `${year}-Q${quarter}`);
  const anything = fc.string({ unit: "binary", maxLength: 20 });
  const number = fc.oneof(fc.integer(), fc.double()).map(String);
  const value = fc.oneof(date, uuid, cursor, wave, anything, number);
  // Each value mostly where it belongs, so that it gets as far as it can.
  const values: Record<string, fc.Arbitrary<string>> = {
    survey: fc.oneof(uuid, value),
    from: fc.oneof(date, value),
    to: fc.oneof(date, value),
    cursor: fc.oneof(cursor, value),
    wave: fc.oneof(wave, value),
    customer: fc.oneof(uuid, value),
    text: anything,
    language: anything,
    channel: anything,
    score: fc.oneof(digits(1), value),
    category: fc.oneof(fc.constant("passive"), value),
    limit: fc.oneof(number, value),
    by: fc.oneof(fc.constant("channel"), value),
  };
  const routes = ["score", "overview", "surveys", "responses", "responses/facets", `responses/${noId}`];
  // With one or two parameters most get past the first check.
  const few = fc
    .shuffledSubarray(Object.keys(values), { minLength: 1, maxLength: 2 })
    .chain((names) =>
      fc.tuple(...names.map((name) => values[name]!.map((value) => [name, value] as [string, string]))),
    );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), few, async (route, parameters) => {
      const address = `/api/v1/${route}?${new URLSearchParams(parameters).toString()}`;
      const { status } = await acme.owner.fetch("GET", address);
      expect([200, 400, 404, 422], address).toContain(status);
    }),
    { numRuns: 400 },
  );
});

test("a value that only the database finds wrong is refused and noted, not called our failure", async () => {
  const nines = await newTestApp();
  const app = newRouter();
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  app.onError(respondToErrors(log));
  app.get("/", async (c) => c.json((await nines.pool.query("select $1::date", ["0000-01-01"])).rows));
  expect(await errorOf(await app.request("/"))).toMatchObject({ status: 422, code: "bad_input" });
  expect(lines.join()).toContain("a value got past the checks");
});

test("limitBodies leaves requests without a body alone", async () => {
  const app = newRouter();
  app.use(limitBodies({ most: 10, streams: [] }));
  app.get("/", (c) => c.text("ok"));
  expect((await app.request("/")).status).toBe(200);
});
