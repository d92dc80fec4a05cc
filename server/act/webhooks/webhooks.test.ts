import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test, vi } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { createHandlers } from "../../jobs.ts";
import { send } from "../../platform/jobs/send.ts";
import { openJobs } from "../../platform/jobs/work.ts";
import { announceResponses } from "./announce-responses.ts";
import { newWebhookSecret, signWebhook } from "./sign-webhook.ts";

interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

/** A receiver that answers by path; 204 unless told otherwise. */
async function newReceiver(answers: Record<string, (response: ServerResponse) => void> = {}) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const path = request.url ?? "";
      got.push({ path, headers: request.headers, body, at: performance.now() });
      const answer = answers[path];
      if (answer) answer(response);
      else response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, answers, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const open = { OUTGOING_PRIVATE: "true", OUTGOING_PORTS: "any" };
const events = ["response.recorded", "response.changed"];

async function newNines(env: Record<string, string> = open) {
  const nines = await newTestApp({ env });
  const client = await newApiClient(nines);
  const make = (url: string, name = "CRM") =>
    client.ask<{ id: string; secret: string }>("POST", "/webhooks", { name, url, events });
  const log = async (id: string) => {
    const { deliveries } = await client.ask<{ deliveries: Logged[] }>("GET", `/webhooks/${id}/deliveries`);
    return deliveries;
  };
  const answer = (id: string, score = 3) =>
    client.ask<{ id: string; customerId: string }>("POST", "/responses", {
      id,
      score,
      comment: "Invoices",
      customer: { email: "ada@x.example" },
    });
  /** Runs the jobs, and waits for receivers that take longer than the job does. */
  const settle = async () => {
    await send(nines.db, "deliver-webhooks", {});
    await nines.runJobs();
    const inHand = () =>
      nines.db.selectFrom("deliveries").select("id").where("state", "=", "sending").execute();
    await expect.poll(inHand, { timeout: 10_000 }).toEqual([]);
  };
  return { ...nines, client, make, log, answer, settle };
}

interface Logged {
  id: string;
  event: string;
  state: string;
  attempts: number;
  status: number | null;
  failure: { reason: string; message: string } | null;
  dueAt: string;
}

/** As a receiver checks it by its own means, and as the library of Standard Webhooks does, which must say the same. */
function isSigned({ headers, body }: Got, secret: string, now: Date): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  const expected = "v1," + createHmac("sha256", key).update(signed, "utf8").digest("base64");
  const isOurs = String(headers["webhook-signature"]).split(" ").includes(expected);
  vi.useFakeTimers({ now, toFake: ["Date"] });
  try {
    expect(isVerified(secret, body, headers as Record<string, string>)).toBe(isOurs);
    expect(isVerified(secret, `${body} `, headers as Record<string, string>)).toBe(false);
  } finally {
    vi.useRealTimers();
  }
  return isOurs;
}

function isVerified(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

test("signs as the libraries of Standard Webhooks do", () => {
  const headers = signWebhook(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    seconds: 1_614_265_330,
    body: '{"test": 2432232314}',
  });
  expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  expect(newWebhookSecret()).toMatch(/^whsec_[\w+/]{43}=$/);
});

test("an answer is told once, signed; a rotated secret and the one before it both sign for a day", async () => {
  const { client, make, answer, settle, clock, log } = await newNines();
  const receiver = await newReceiver();
  const { id, secret } = await make(`${receiver.url}/crm`);
  const recorded = await answer("a-1");
  await answer("a-1");
  await settle();
  await settle();
  const told = receiver.got[0]!;
  expect(receiver.got).toHaveLength(1);
  expect(isSigned(told, secret, clock.now())).toBe(true);
  expect(told.headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(told.body.length),
  });
  expect(Number(told.headers["webhook-timestamp"])).toBe(clock.now().getTime() / 1000);
  expect(JSON.parse(told.body)).toMatchObject({
    type: "response.recorded",
    timestamp: clock.now().toISOString(),
    data: {
      id: recorded.id,
      score: 3,
      category: "detractor",
      comment: "Invoices",
      customer: { email: "ada@x.example" },
    },
  });
  expect(await log(id)).toMatchObject([
    { id: told.headers["webhook-id"], state: "delivered", status: 204, attempts: 1 },
  ]);

  const { secret: newer } = await client.ask<{ secret: string }>("POST", `/webhooks/${id}/secret`);
  await client.ask("POST", `/webhooks/${id}/test`);
  await settle();
  expect([secret, newer].map((each) => isSigned(receiver.got[1]!, each, clock.now()))).toEqual([true, true]);
  clock.advance(25 * 3_600_000);
  await client.send("POST", `/webhooks/${id}/deliveries/${String(told.headers["webhook-id"])}/replay`);
  await settle();
  const again = receiver.got[2]!;
  expect([secret, newer].map((each) => isSigned(again, each, clock.now()))).toEqual([false, true]);
  expect([again.headers["webhook-id"], again.body]).toEqual([told.headers["webhook-id"], told.body]);
  const shown = JSON.stringify(await client.ask("GET", "/webhooks"));
  expect(shown).not.toContain("whsec_");

  expect((await client.send("PATCH", `/webhooks/${id}`, { state: "paused" })).status).toBe(204);
  expect((await client.send("POST", `/webhooks/${id}/test`)).status).toBe(409);
  await answer("a-2");
  await settle();
  expect(receiver.got).toHaveLength(3);
  expect((await client.send("DELETE", `/webhooks/${id}`)).status).toBe(204);
  expect((await client.send("GET", `/webhooks/${id}/deliveries`)).status).toBe(404);
});

test("an answer that is changed is told as a change, each time", async () => {
  const { resources, db, make, answer, settle, clock, client } = await newNines();
  const receiver = await newReceiver();
  await make(receiver.url);
  const { id, customerId } = await answer("a-1");
  await settle();
  for (const score of [9, 3]) {
    clock.advance(60_000);
    await db.updateTable("responses").set({ score, changedAt: clock.now() }).where("id", "=", id).execute();
    const news = { workspaceId: client.workspaceId, responses: [{ customerId, id }], isChange: true };
    await announceResponses(resources, news);
    await announceResponses(resources, news);
    await settle();
  }
  const types = receiver.got.map(({ body }) => JSON.parse(body) as { type: string; data: { score: number } });
  expect(types.map(({ type, data }) => [type, data.score])).toEqual([
    ["response.recorded", 3],
    ["response.changed", 9],
    ["response.changed", 3],
  ]);
});

test("failures are tried again on the Standard's schedule, then given up; after days the webhook is disabled", async () => {
  const { client, make, answer, settle, clock, log, db } = await newNines();
  const receiver = await newReceiver({
    "/500": (response) => response.writeHead(500).end("secret of the receiver"),
    "/410": (response) => response.writeHead(410).end(),
    "/302": (response) => response.writeHead(302, { location: "/elsewhere" }).end(),
    "/429": (response) => response.writeHead(429, { "retry-after": "7200" }).end(),
  });
  const ids: Record<string, string> = {};
  for (const path of ["/500", "/410", "/302", "/429"]) ids[path] = (await make(receiver.url + path)).id;
  await answer("a-1");
  await settle();
  const state = async (path: string) => (await log(ids[path]!))[0]!;
  const due = async (path: string) => Date.parse((await state(path)).dueAt) - clock.now().getTime();
  expect(await state("/410")).toMatchObject({ state: "failed", status: 410 });
  expect(await state("/302")).toMatchObject({
    state: "due",
    status: 302,
    failure: { reason: "answered", values: { status: 302 }, message: "The receiver answered 302." },
  });
  expect(await due("/429")).toBe(7_200_000);
  const pauses: number[] = [];
  while ((await state("/500")).state === "due") {
    const pause = await due("/500");
    pauses.push(pause / 1000);
    clock.advance(pause);
    await settle();
  }
  const wanted = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
  expect(pauses).toHaveLength(wanted.length);
  for (const [i, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(wanted[i]!);
    expect(pause).toBeLessThanOrEqual(wanted[i]! * 1.1 + 0.001);
  }
  expect(await state("/500")).toMatchObject({ state: "failed", attempts: 10 });
  const attempts = receiver.got.filter(({ path }) => path === "/500");
  expect(new Set(attempts.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(attempts.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(10);
  expect(receiver.got.some(({ path }) => path === "/elsewhere")).toBe(false);

  await db.updateTable("people").set({ language: "de-AT" }).execute();
  clock.advance(3 * 24 * 3_600_000);
  await answer("a-2");
  await settle();
  const { webhooks } = await client.ask<{ webhooks: { id: string; state: string }[] }>("GET", "/webhooks");
  const states = Object.fromEntries(webhooks.map((each) => [each.id, each.state]));
  expect(states[ids["/410"]!]).toBe("disabled");
  expect(states[ids["/500"]!]).toBe("disabled");
  const mails = await db.selectFrom("outbox").select(["subject", "text"]).execute();
  expect(mails.length).toBeGreaterThanOrEqual(2);
  expect(mails[0]!.subject).toBe("The webhook CRM was disabled");
  expect(mails[0]!.text).toContain("Last: The receiver answered 410.");
  expect(mails.map(({ subject }) => subject)).toContain("Der Webhook CRM wurde abgeschaltet");
  expect(mails.map(({ text }) => text).join()).toContain(
    "Zuletzt gemeldet: Der Empfänger antwortete mit 500.",
  );
  expect(JSON.stringify(mails)).not.toContain("secret of");

  receiver.answers["/500"] = (response) => response.writeHead(200).end();
  await client.send("PATCH", `/webhooks/${ids["/500"]!}`, { state: "active" });
  await client.send("POST", `/webhooks/${ids["/500"]!}/deliveries/${(await state("/500")).id}/replay`);
  await settle();
  expect(await state("/500")).toMatchObject({ state: "delivered", status: 200 });
});

test("receivers that hang do not keep others waiting", async () => {
  const { make, answer, runJobs } = await newNines();
  const receiver = await newReceiver({ "/hang": () => {} });
  await make(`${receiver.url}/good`);
  const good = () => receiver.got.filter(({ path }) => path === "/good");
  let answers = 0;
  /** The quickest of three, because other work on this machine delays too. */
  const measure = async () => {
    const took: number[] = [];
    for (let n = 0; n < 3; n++) {
      await answer(`a-${answers++}`);
      const start = performance.now();
      await runJobs();
      await expect.poll(() => good().length, { timeout: 5000, interval: 5 }).toBe(answers);
      took.push(good().at(-1)!.at - start);
    }
    return Math.min(...took);
  };
  const alone = await measure();
  for (let n = 0; n < 10; n++) await make(`${receiver.url}/hang`);
  expect((await measure()) - alone).toBeLessThan(1000);
});

test("what is being told is told once: sent again, its customer merged, and the process stopped meanwhile", async () => {
  const { resources, pool, db, client, make, answer, settle, clock, log } = await newNines();
  const held: ServerResponse[] = [];
  const receiver = await newReceiver({ "/crm": (response) => held.push(response) });
  const { id } = await make(`${receiver.url}/crm`);
  const working = await openJobs(pool, createHandlers(resources), resources.log);
  await working.work();
  const { customerId } = await answer("a-1");
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(1);
  const [delivery] = await log(id);
  const again = await client.send("POST", `/webhooks/${id}/deliveries/${delivery!.id}/replay`);
  expect(again.status).toBe(202);
  await client.ask("POST", "/customers", { customers: [{ email: "bob@x.example" }] });
  const bob = await db
    .selectFrom("customers")
    .select("id")
    .where("email", "=", "bob@x.example")
    .executeTakeFirstOrThrow();
  await client.ask("POST", `/customers/${bob.id}/merge`, { from: customerId });
  const stopped = working.stop();
  setTimeout(() => held[0]!.writeHead(200).end(), 1_500);
  await stopped;
  expect(await log(id)).toMatchObject([{ state: "delivered", attempts: 1, status: 200 }]);
  clock.advance(61_000);
  await settle();
  expect(receiver.got).toHaveLength(1);
});

test("who becomes passive is told of once in 30 days", async () => {
  const { client, db, answer, settle, clock } = await newNines();
  const receiver = await newReceiver();
  const told = ["customer.passive_started"];
  clock.advance(60_000);
  await client.ask("POST", "/webhooks", { name: "CRM", url: `${receiver.url}/crm`, events: told });
  for (const score of [7, 3, 8]) {
    clock.advance(60_000);
    await answer(`passive-${score}`, score);
    await settle();
  }
  expect(receiver.got.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    {
      type: "customer.passive_started",
      data: { status: "stated", score: 7, customer: { email: "ada@x.example" } },
    },
  ]);
  expect(await db.selectFrom("deliveries").select("id").execute()).toHaveLength(1);
});
