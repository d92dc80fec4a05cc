import { channel } from "node:diagnostics_channel";
import dns from "node:dns";
import { createServer } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type ApiClient, newApiClient } from "../../../test/api-client.ts";
import { insideNames, insideV4, insideV6, namedSpellings } from "../../../test/inside-addresses.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { newWebhookSecret } from "./sign-webhook.ts";

const notPublic = /^(not_public|not_a_url)$/;

/** Addresses that must not be asked, by what is tried with them, with the reason each is refused for. */
function hostileUrls(port: number): { class: string; url: string; reason: RegExp }[] {
  const hosts: Record<string, string[]> = { IPv6: insideV6, names: insideNames };
  for (const [name, addresses] of Object.entries(insideV4)) hosts[name] = addresses;
  for (const address of [
    "127.0.0.1",
    "169.254.169.254",
    "10.0.0.1",
    "192.168.0.1",
    "172.16.0.1",
    "0.0.0.0",
    "100.100.100.200",
    "168.63.129.16",
  ])
    for (const [name, spelled] of Object.entries(namedSpellings(address)))
      (hosts[name] ??= []).push(...spelled);
  const others: [string, string, RegExp][] = [
    ["user and password", `http://example.com@127.0.0.1:${port}/`, /^has_password$/],
    ["user and password", `https://ada:secret@example.com/`, /^has_password$/],
    ["fragment", `http://127.0.0.1:${port}#@example.com/`, notPublic],
    ["backslash", `http://127.0.0.1:${port}\\@example.com/`, notPublic],
    ["schemes", "file:///etc/passwd", /^not_http$/],
    ["schemes", `gopher://127.0.0.1:${port}/_x`, /^not_http$/],
    ["schemes", `ftp://127.0.0.1:${port}/`, /^not_http$/],
    ["schemes", "data:,x", /^not_http$/],
    ["schemes", "javascript:1", /^not_http$/],
    ["nonsense", "http://[::1", /^not_a_url$/],
    ["nonsense", `//127.0.0.1:${port}/`, /^not_a_url$/],
  ];
  return [
    ...Object.entries(hosts).flatMap(([name, some]) =>
      some.map((host, i) => ({
        class: name,
        url: `${i % 2 ? "https" : "http"}://${host}:${port}/hook`,
        reason: notPublic,
      })),
    ),
    ...others.map(([name, url, reason]) => ({ class: name, url, reason })),
  ];
}

/** Where this process tries to connect, besides its database. */
function watchConnections(databaseUrl: string): string[] {
  const database = new URL(databaseUrl).port;
  const tried: string[] = [];
  const watch = (message: unknown) =>
    (message as { socket: Socket }).socket.on("connectionAttempt", (address, port) => {
      if (String(port) !== database) tried.push(`${address} ${port}`);
    });
  const sockets = channel("net.client.socket");
  sockets.subscribe(watch);
  onTestFinished(() => {
    sockets.unsubscribe(watch);
  });
  return tried;
}

/** A machine inside, which says where to go when it is asked for a redirect. */
async function newMachine(redirects: readonly string[] = []) {
  const machine = { port: 0, sockets: 0, asked: 0 };
  const server = createServer((request, response) => {
    machine.asked += 1;
    const n = Number(request.url?.slice(1));
    const status = [301, 302, 303, 307, 308][n % 5]!;
    response.writeHead(status, { location: encodeURI(redirects[n] ?? "") }).end();
  }).listen(0, "127.0.0.1");
  server.on("connection", () => (machine.sockets += 1));
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  machine.port = (server.address() as AddressInfo).port;
  return machine;
}

/** Webhooks and Slack channels, and what they are called by the API. */
const kinds = [
  { kind: "webhook", path: "/webhooks", field: "url", event: "response.recorded" },
  { kind: "slack", path: "/receivers", field: "address", event: "response.detractor" },
] as const;
type Kind = (typeof kinds)[number];

const wish = ({ kind, field, event }: Kind, url: string) => ({
  ...(kind === "slack" && { kind }),
  name: "x",
  [field]: url,
  events: [event],
});

/** As though they had been stored before the rules became stricter. */
async function store(
  { db, clock }: TestApp,
  { workspaceId }: ApiClient,
  { kind, event }: Kind,
  urls: string[],
) {
  const rows = urls.map((address) => ({
    workspaceId,
    id: newId(clock),
    kind,
    name: "x",
    address,
    secret: kind === "webhook" ? newWebhookSecret() : null,
    events: [event],
  }));
  await db.insertInto("receivers").values(rows).execute();
  return rows.map(({ id }) => id);
}

/** Everything that is due, until nothing is in hand any more. */
async function deliver({ db, runJobs }: TestApp) {
  await send(db, "deliver-webhooks", {});
  await runJobs();
  const inHand = () =>
    db.selectFrom("deliveries").select("id").where("state", "=", "sending").limit(1).execute();
  await expect.poll(inHand, { timeout: 20_000 }).toEqual([]);
}

/** What became of each thing that was to be told, with where to. */
const readDeliveries = ({ db }: TestApp) =>
  db
    .selectFrom("deliveries as d")
    .innerJoin("receivers as r", "r.id", "d.receiverId")
    .select(["r.kind", "r.address", "d.event", "d.state", "d.attempts", "d.status", "d.failure"])
    .execute();

const answer = ({ ask }: ApiClient) =>
  ask("POST", "/responses", { id: "a-1", score: 3, customer: { email: "ada@x.example" } });

test("more than 200 addresses that lead inside are refused when made, changed, tested and told: no socket is opened", async () => {
  const nines = await newTestApp({ env: { OUTGOING_PORTS: "any" } });
  const client = await newApiClient(nines);
  const machine = await newMachine();
  const tried = watchConnections(nines.url);
  const hostile = hostileUrls(machine.port);
  expect(new Set(hostile.map(({ url }) => url)).size).toBeGreaterThan(200);

  for (const kind of kinds) {
    const { path, field } = kind;
    const { id } = await client.ask<{ id: string }>("POST", path, wish(kind, "https://example.com/"));
    await Promise.all(
      hostile.flatMap(({ class: name, url, reason }) =>
        [
          () => client.send("POST", path, wish(kind, url)),
          () => client.send("PATCH", `${path}/${id}`, { [field]: url }),
        ].map(async (change) => {
          const response = await change();
          const what = `${kind.kind}, ${name}: ${url}`;
          expect(response.status, what).toBe(422);
          const { error } = (await response.json()) as {
            error: { message: string; details: { problems: { path: string; reason: string }[] } };
          };
          const [problem] = error.details.problems;
          expect(problem?.path, what).toBe(field);
          expect(problem?.reason.replace("url_", ""), what).toMatch(reason);
          expect(error.message, what).toMatch(/private network|is not an address|must begin|must not hold/);
        }),
      ),
    );
    const { address } = await nines.db
      .selectFrom("receivers")
      .select("address")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    expect(address).toBe("https://example.com/");
    await client.send("DELETE", `${path}/${id}`);

    const urls = hostile.map(({ url }) => url);
    const ids = await store(nines, client, kind, urls);
    await Promise.all(ids.map((id) => client.ask("POST", `${path}/${id}/test`)));
  }
  await answer(client);
  await deliver(nines);
  const told = await readDeliveries(nines);
  for (const { kind, event } of kinds)
    for (const what of ["webhook.test", event])
      expect(
        told.filter((each) => each.kind === kind && each.event === what),
        `${kind} ${what}`,
      ).toHaveLength(hostile.length);
  const isBlocked = ({ state, attempts, status, failure }: (typeof told)[number]) =>
    state === "due" &&
    attempts === 1 &&
    status === null &&
    /^(not_public|not_a_url|not_http|has_password)$/.test(failure?.reason ?? "");
  expect(told.filter((each) => !isBlocked(each))).toEqual([]);
  expect([tried, machine.sockets]).toEqual([[], 0]);
});

test("no redirect is followed, wherever it leads: each is noted as the answer that it is", async () => {
  const nines = await newTestApp({ env: { OUTGOING_PRIVATE: "true", OUTGOING_PORTS: "any" } });
  const client = await newApiClient(nines);
  const inside = await newMachine();
  const hostile = hostileUrls(inside.port).map(({ url }) => url);
  const outside = await newMachine(hostile);
  const tried = watchConnections(nines.url);
  for (const kind of kinds)
    await store(
      nines,
      client,
      kind,
      hostile.map((_, i) => `http://127.0.0.1:${outside.port}/${i}`),
    );
  await answer(client);
  await deliver(nines);
  const told = await readDeliveries(nines);
  expect(told).toHaveLength(2 * hostile.length);
  expect(outside.asked).toBe(told.length);
  for (const { address, state, status, failure } of told)
    expect({ address, state, failure }).toEqual({
      address,
      state: "due",
      failure: { reason: "answered", values: { status } },
    });
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([301, 302, 303, 307, 308]));
  expect(inside.sockets).toBe(0);
  expect(new Set(tried)).toEqual(new Set([`127.0.0.1 ${outside.port}`]));
});

test("a name that leads inside when it is told, whatever it led to before, is never connected to", async () => {
  const nines = await newTestApp({ env: { OUTGOING_PORTS: "any" } });
  const client = await newApiClient(nines);
  const machine = await newMachine();
  const tried = watchConnections(nines.url);
  const name = "hooks.example.com";
  const answers = [
    [],
    ["127.0.0.1"],
    ["169.254.169.254"],
    ["::ffff:127.0.0.1"],
    ["::1"],
    ["fd00:ec2::254"],
    ["64:ff9b::a9fe:a9fe"],
    ["1.1.1.1", "10.0.0.1"],
    ["127.0.0.1", "1.1.1.1"],
  ];
  let asked = 0;
  const system = dns.lookup;
  // Of the machine, so that it is asked where Nines asks.
  dns.lookup = ((host: string, options: dns.LookupAllOptions, done: (...all: unknown[]) => void) => {
    if (host !== name) return system(host, options, done);
    const addresses = answers[Math.floor(asked++ / kinds.length)]!;
    if (addresses.length === 0) return done(Object.assign(new Error(), { code: "ENOTFOUND" }));
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as typeof dns.lookup;
  syncBuiltinESMExports();
  onTestFinished(() => {
    dns.lookup = system;
    syncBuiltinESMExports();
  });
  for (const kind of kinds)
    await client.ask("POST", kind.path, wish(kind, `http://${name}:${machine.port}/`));
  expect(asked).toBe(0);
  await answer(client);
  for (let i = 0; i < answers.length; i++) {
    await deliver(nines);
    const told = await readDeliveries(nines);
    expect(told.map(({ attempts, status, failure }) => [attempts, status, failure?.reason])).toEqual(
      kinds.map(() => [i + 1, null, answers[i]!.length === 0 ? "no_such_host" : "not_public"]),
    );
    expect(asked).toBe((i + 1) * kinds.length);
    nines.clock.advance(1000);
    await nines.db.updateTable("deliveries").set({ dueAt: nines.clock.now() }).execute();
  }
  expect([tried, machine.sockets]).toEqual([[], 0]);
});
