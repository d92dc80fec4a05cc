import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { expect, onTestFinished, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newAsked } from "../../../test/new-asked.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { startMailServer } from "../../../test/start-mail-server.ts";
import { startServer } from "../../main.ts";
import { readConfig } from "../../platform/config.ts";
import { send } from "../../platform/jobs/send.ts";
import { claimDeliveries } from "../webhooks/claim-deliveries.ts";
import { openWebhookDelivery } from "../webhooks/deliver-webhooks.ts";
import { openCase } from "../inbox/open-case.ts";
import { alertDetractors } from "./alert-detractors.ts";

interface Told {
  path: string;
  body: { text?: string; type?: string; data?: { case: { title: string; state: string } } };
  signed: boolean;
  at: number;
}

/** A receiver that answers by path: 200 unless told otherwise, and with 0 not before `release` says what. */
async function newReceiver(status: Record<string, number> = {}) {
  const told: Told[] = [];
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const path = request.url ?? "";
      const signed = request.headers["webhook-signature"] !== undefined;
      told.push({ path, body: JSON.parse(body) as Told["body"], signed, at: performance.now() });
      if (status[path] === 0) held.push(response);
      else response.writeHead(status[path] ?? 200, { location: "/elsewhere" }).end("ok");
    });
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const release = (code: number) => {
    for (const response of held.splice(0)) response.writeHead(code).end("ok");
  };
  const texts = () => told.map(({ body }) => (body.text ?? "").split("\n").slice(0, 2).join("\n"));
  return {
    told,
    texts,
    held,
    release,
    status,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}

async function newNines(env: Record<string, string> = { OUTGOING_PRIVATE: "true", OUTGOING_PORTS: "any" }) {
  const nines = await newTestApp({ env });
  const client = await newApiClient(nines);
  const events = ["response.detractor", "case.opened", "case.closed"];
  const make = async (kind: "email" | "slack", address: string, more: object = {}) => {
    const { id } = await client.ask<{ id: string }>("POST", "/receivers", {
      kind,
      name: `${kind} ${address}`,
      address,
      events,
      ...more,
    });
    return id;
  };
  /** Runs the jobs as they come; a try may still be under way. */
  const run = async () => {
    await send(nines.db, "deliver-webhooks", {});
    await nines.runJobs();
  };
  const settle = async () => {
    await run();
    const inHand = () =>
      nines.db.selectFrom("deliveries").select("id").where("state", "=", "sending").execute();
    await expect.poll(inHand, { timeout: 10_000 }).toEqual([]);
    await nines.runJobs();
  };
  const answer = (score: number, more: object = {}) =>
    client.ask<{ id: string; customerId: string }>("POST", "/responses", {
      score,
      comment: "Invoices <!channel> & <b>more</b>",
      customer: { email: "ada@x.example", name: "Ada <Lovelace>" },
      ...more,
    });
  const mails = () =>
    nines.db.selectFrom("outbox").select(["recipient", "subject", "text"]).orderBy("at").execute();
  return { ...nines, client, make, run, settle, answer, mails };
}

const agent = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
};

/** Opens the page that an invitation links to; what is returned says a score there, and why. */
async function openPage({ app, clock }: Pick<TestApp, "app" | "clock">, token: string) {
  const page = await (await app.request(`/r/${token}/3`, { headers: agent })).text();
  const nonce = /name="nonce" value="([^"]+)"/.exec(page)![1]!;
  clock.advance(5_000);
  return async (score: number, more: object = {}) => {
    const response = await app.request(`/r/${token}`, {
      method: "POST",
      headers: { ...agent, "content-type": "application/json" },
      body: JSON.stringify({ nonce, lang: "en", sign: "input", score, state: "provisional", ...more }),
    });
    expect(((await response.json()) as { outcome: string }).outcome).toMatch(/recorded|changed|same/);
  };
}

const why = (comment: string) => ({ state: "confirmed", comment });

test("a detractor's answer is told at once by e-mail and Slack, in the receiver's language, once", async () => {
  const { make, settle, answer, mails, client, clock, db } = await newNines();
  const slack = await newReceiver();
  await make("slack", `${slack.url}/services/a`);
  await make("email", "Support@x.example", { language: "de" });
  await client.ask("POST", "/webhooks", {
    name: "CRM",
    url: `${slack.url}/crm`,
    events: ["case.opened", "case.closed"],
  });
  await answer(9);
  await settle();
  expect(slack.told).toEqual([]);
  const { customerId } = await answer(3, { id: "a-1" });
  await answer(3, { id: "a-1" });
  await settle();
  await settle();
  const { id: caseId } = await db.selectFrom("cases").select("id").executeTakeFirstOrThrow();
  expect(slack.told.filter(({ path }) => path === "/services/a")).toEqual([
    {
      at: expect.any(Number),
      path: "/services/a",
      signed: false,
      body: {
        text: [
          "*Ada &lt;Lovelace&gt; answered 3*",
          "> Invoices &lt;!channel&gt; &amp; &lt;b&gt;more&lt;/b&gt;",
          "Owner: Olga Owner",
          "A reply is due by Tuesday 17:00.",
          `<http://localhost:9090/acme/inbox?case=${caseId}|Open in Nines>`,
        ].join("\n"),
      },
    },
  ]);
  expect(slack.told.filter(({ path }) => path === "/crm")).toMatchObject([
    {
      signed: true,
      body: { type: "case.opened", data: { case: { title: "Invoices <!channel> & <b>more</b>" } } },
    },
  ]);
  expect(await mails()).toMatchObject([
    { recipient: "support@x.example", subject: "Ada <Lovelace> hat 3 geantwortet" },
  ]);
  expect((await mails())[0]!.text).toContain(`http://localhost:9090/acme/inbox?case=${caseId}`);

  // A case of another origin, and its end; without a customer there is no case, and still an alert.
  const task = {
    workspaceId: client.workspaceId,
    customerId,
    id: crypto.randomUUID(),
    openedBy: "task" as const,
  };
  await openCase(db, { ...task, title: "Call\nthem", now: clock.now() });
  await settle();
  await client.ask("PATCH", `/cases/${task.id}`, { state: "closed" });
  await answer(0, { customer: null });
  await settle();
  expect(slack.texts()).toContainEqual(
    expect.stringMatching(/^\*A case was opened for Ada &lt;Lovelace&gt;: Call them\*\n/),
  );
  const subjects = (await mails()).map(({ subject }) => subject).slice(1);
  expect(subjects).toEqual([
    "Für Ada <Lovelace> wurde ein Fall eröffnet: Call them",
    "Der Fall von Ada <Lovelace> wurde geschlossen: Call them",
    "Jemand hat 0 geantwortet",
  ]);
  expect(slack.told.filter(({ path }) => path === "/crm").map(({ body }) => body.type)).toEqual([
    "case.opened",
    "case.opened",
    "case.closed",
  ]);
});

test("whoever was told of an answer is told once more, in the same thread, when it says why", async () => {
  const mailServer = await startMailServer();
  const { make, settle, answer, client, clock, db, ...nines } = await newNines({
    OUTGOING_PRIVATE: "true",
    OUTGOING_PORTS: "any",
    SMTP_URL: mailServer.url,
    MAIL_FROM: "Nines <nines@acme.example>",
  });
  const slack = await newReceiver();
  const asked = await newAsked(nines.resources, client.workspaceId);
  await make("slack", `${slack.url}/a`);
  await make("email", "support@x.example", { language: "de" });
  const open = async () => {
    const say = await openPage({ ...nines, clock }, (await asked.invite()).token);
    return async (...words: Parameters<typeof say>) => {
      await say(...words);
      await settle();
    };
  };
  const long = `${"Nobody answers my mails. ".repeat(40)}The end.`;

  const say = await open();
  await say(3);
  expect(slack.told).toHaveLength(1);
  expect(mailServer.received).toHaveLength(1);
  await say(3, why("Nobody"));
  clock.advance(9_000);
  await say(3, why(long));
  clock.advance(9_000);
  await settle();
  expect(slack.told).toHaveLength(1);
  clock.advance(2_000);
  await settle();
  await settle();
  expect(slack.told.map(({ body }) => body.text?.split("\n").slice(0, 2))).toEqual([
    ["*Katrin Brandt answered 3*", "Owner: Olga Owner"],
    ["*Katrin Brandt answered 3 and now writes:*", `> ${long}`],
  ]);
  const [first, second] = await Promise.all(mailServer.received.map(({ raw }) => PostalMime.parse(raw)));
  expect(first).toMatchObject({ subject: "Katrin Brandt hat 3 geantwortet" });
  expect(second).toMatchObject({
    subject: "Re: Katrin Brandt hat 3 geantwortet",
    inReplyTo: first!.messageId,
    references: first!.messageId,
    text: expect.stringContaining(`Katrin Brandt hat 3 geantwortet und schreibt jetzt:\n\n${long}`),
  });
  // Once for each answer.
  await say(4, why("Another word"));
  clock.advance(60_000);
  await settle();
  expect([slack.told.length, mailServer.received.length]).toEqual([2, 2]);

  // What is taken back before it is told is not told; a promoter's score is.
  const other = await open();
  await other(2);
  await other(9);
  await other(2, why(""));
  clock.advance(60_000);
  await settle();
  expect(slack.told).toHaveLength(3);
  await other(9, why("I was wrong"));
  clock.advance(60_000);
  await settle();
  expect(slack.told.at(-1)!.body.text).toMatch(
    /^\*Katrin Brandt changed the answer from 2 to 9\*\n> I was wrong\n/,
  );
  expect(mailServer.received).toHaveLength(4);

  // Who has not been told yet is told all of it at once; whoever says nothing new is not heard again.
  slack.status["/a"] = 503;
  const third = await open();
  await third(1);
  expect(slack.told.length).toBe(5);
  slack.status["/a"] = 200;
  await third(1, why("Slow"));
  clock.advance(60_000);
  await settle();
  await answer(8, { id: "high" });
  expect(slack.told.slice(5).map(({ body }) => body.text)).toEqual([
    expect.stringMatching(/^\*Katrin Brandt answered 1\*\n> Slow\n/),
  ]);
  const states = await db.selectFrom("deliveries").select("state").distinct().execute();
  expect(states).toEqual([{ state: "delivered" }]);
});

test("an answer that changes while it is being told is never told after what corrects it", async () => {
  const { make, run, settle, client, clock, db, mails, ...nines } = await newNines();
  const slack = await newReceiver();
  const asked = await newAsked(nines.resources, client.workspaceId);
  const open = async () => openPage({ ...nines, clock }, (await asked.invite()).token);
  const channel = await make("slack", `${slack.url}/a`);
  const later = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settle();
  };

  // The try fails that was under way when the answer changed: the next says the new words, and nothing follows it.
  const say = await open();
  slack.status["/a"] = 503;
  await say(2);
  await settle();
  slack.status["/a"] = 0;
  clock.advance(6_000);
  await run();
  await say(9, why("I was wrong"));
  await run();
  clock.advance(11_000);
  await run();
  expect(slack.held).toHaveLength(1);
  slack.status["/a"] = 200;
  slack.release(503);
  await settle();
  await later(11_000);
  expect(slack.texts()).toHaveLength(2);
  await later(6 * 60_000);
  await later(6 * 60_000);
  expect(slack.texts().slice(2)).toEqual(["*Katrin Brandt changed the answer from 2 to 9*\n> I was wrong"]);

  // It succeeds: the old words were told, and the new ones come after them.
  const other = await open();
  slack.status["/a"] = 0;
  await other(2);
  await run();
  await other(2, why("Slow"));
  await run();
  clock.advance(11_000);
  await run();
  slack.status["/a"] = 200;
  expect(slack.texts().slice(3)).toEqual(["*Katrin Brandt answered 2*\nOwner: Olga Owner"]);
  slack.release(200);
  await settle();
  await settle();
  expect(slack.texts().at(-1)).toBe("*Katrin Brandt answered 2 and now writes:*\n> Slow");

  // A worker dies with both in its hands.
  const address = await make("email", "support@x.example");
  const { token, customerId } = await asked.invite();
  const third = await openPage({ ...nines, clock }, token);
  await third(3);
  const { id } = await db
    .selectFrom("responses")
    .select("id")
    .where("customerId", "=", customerId)
    .executeTakeFirstOrThrow();
  await alertDetractors(
    { ...nines.resources, clock },
    { workspaceId: client.workspaceId, responses: [{ customerId, id }] },
  );
  for (const receiver of [channel, address])
    expect(await claimDeliveries(db, receiver, clock.now())).toHaveLength(1);
  await third(3, why("Nobody answers"));
  await run();
  clock.advance(11_000);
  await run();
  expect([slack.texts().length, (await mails()).length]).toEqual([5, 0]);
  await later(61_000);
  await later(6 * 60_000);
  expect(slack.texts().slice(5)).toEqual(["*Katrin Brandt answered 3*\n> Nobody answers"]);
  expect(await mails()).toMatchObject([
    { subject: "Katrin Brandt answered 3", text: expect.stringContaining("Nobody answers") },
  ]);
});

test("a mail that answers another waits until that one has left", async () => {
  const { make, run, settle, client, clock, db, pool, mails, ...nines } = await newNines();
  const asked = await newAsked(nines.resources, client.workspaceId);
  const address = await make("email", "support@x.example");
  const { token, customerId } = await asked.invite();
  const say = await openPage({ ...nines, clock }, token);
  await say(3);
  const responses = await db
    .selectFrom("responses")
    .select(["id", "customerId"])
    .where("customerId", "=", customerId)
    .execute();
  const resources = { ...nines.resources, clock };
  await alertDetractors(resources, { workspaceId: client.workspaceId, responses });
  await openWebhookDelivery(resources).run();
  // As the queue leaves it when the mail server did not answer.
  const tryAgain = (when: string) =>
    pool.query(`update pgboss.job set start_after = now() + interval '${when}' where name = 'send-mail'`);
  await tryAgain("1 hour");
  await run();
  clock.advance(1_000);
  await say(3, why("Slow"));
  await run();
  for (const milliseconds of [11_000, 31_000]) {
    clock.advance(milliseconds);
    await settle();
  }
  expect(await mails()).toEqual([]);
  const { deliveries } = await client.ask<{ deliveries: { attempts: number; body: string }[] }>(
    "GET",
    `/receivers/${address}/deliveries`,
  );
  expect(deliveries).toMatchObject([
    { state: "due", attempts: 0, body: expect.stringContaining("http://localhost:9090/acme/") },
    { state: "delivered", attempts: 1 },
  ]);
  await tryAgain("0");
  await settle();
  clock.advance(31_000);
  await settle();
  expect((await mails()).map(({ subject }) => subject)).toEqual([
    "Katrin Brandt answered 3",
    "Re: Katrin Brandt answered 3",
  ]);

  // Written down while its receiver was being deleted: nobody is told, and nothing of it is kept.
  const [receiver] = await db.selectFrom("receivers").selectAll().execute();
  expect((await client.send("DELETE", `/receivers/${address}`)).status).toBe(204);
  await db
    .insertInto("deliveries")
    .values({
      workspaceId: client.workspaceId,
      customerId,
      id: crypto.randomUUID(),
      receiverId: receiver!.id,
      event: "response.detractor",
      body: "{}",
      dueAt: clock.now(),
      createdAt: clock.now(),
    })
    .execute();
  await settle();
  expect(await db.selectFrom("deliveries").select("id").execute()).toEqual([]);
});

test("a second alert whose try failed says the newest words, or nothing when they were taken back", async () => {
  const { make, run, settle, client, clock, ...nines } = await newNines();
  const slack = await newReceiver();
  const asked = await newAsked(nines.resources, client.workspaceId);
  await make("slack", `${slack.url}/a`);
  const later = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settle();
  };
  /** Somebody whose 2 was told, and whose second alert was tried in vain. */
  const tellInVain = async (...words: [number, object?]) => {
    const say = await openPage({ ...nines, clock }, (await asked.invite()).token);
    await say(2);
    await settle();
    slack.status["/a"] = 503;
    await say(...words);
    await later(0);
    await later(11_000);
    slack.status["/a"] = 200;
    return say;
  };
  const more = await tellInVain(2, why("Slow"));
  await more(2, why("Slow and dear"));
  await later(1_000);
  expect(slack.texts()).toHaveLength(2);
  await later(11_000);
  expect(slack.texts().slice(2)).toEqual(["*Katrin Brandt answered 2 and now writes:*\n> Slow and dear"]);

  const back = await tellInVain(9);
  await back(2);
  await later(0);
  await later(10 * 60_000);
  expect(slack.texts()).toHaveLength(5);

  // It changes during the second alert's own try, which fails.
  const third = await tellInVain(9);
  slack.status["/a"] = 0;
  clock.advance(6_000);
  await run();
  await third(8);
  await run();
  slack.status["/a"] = 200;
  slack.release(503);
  await settle();
  await later(6 * 60_000);
  await later(6 * 60_000);
  expect(slack.texts().slice(8)).toEqual([
    "*Katrin Brandt changed the answer from 2 to 8*\nOwner: Olga Owner",
  ]);
});

test("a detractor's answer is told within two seconds, with all jobs running as in a Nines that serves", async () => {
  const outgoing = { OUTGOING_PRIVATE: "true", OUTGOING_PORTS: "any" };
  const { make, client, url } = await newNines(outgoing);
  const slack = await newReceiver();
  await make("slack", `${slack.url}/a`);
  const settings = { ...outgoing, DATABASE_URL: url, PORT: "0", LOG_LEVEL: "silent" };
  const nines = await startServer(readConfig(settings));
  onTestFinished(() => nines.close());
  const took: number[] = [];
  for (let n = 1; n <= 5; n++) {
    const answer = await fetch(`${nines.url}/api/v1/responses`, {
      method: "POST",
      headers: { authorization: `Bearer ${client.key}`, "content-type": "application/json" },
      body: JSON.stringify({ score: 2, comment: "Slow", customer: { email: `${n}@x.example` } }),
    });
    const start = performance.now();
    expect(answer.status).toBe(201);
    await expect.poll(() => slack.told.length, { timeout: 20_000, interval: 20 }).toBe(n);
    took.push(slack.told[n - 1]!.at - start);
  }
  const inOrder = took.toSorted((a, b) => a - b).map((each) => Math.round(each));
  console.info(`an alert came after ${inOrder.join(", ")} ms`);
  expect(inOrder[2]).toBeLessThan(2_000);
});

test("receivers are tested, paused, looked after and deleted; what failed is tried again", async () => {
  const { make, settle, answer, client, clock, mails } = await newNines();
  const slack = await newReceiver({ "/redirect": 302, "/gone": 410 });
  const redirect = await make("slack", `${slack.url}/redirect`);
  const gone = await make("slack", `${slack.url}/gone`, { language: "de" });
  const address = await make("email", "team@x.example");
  for (const id of [redirect, gone, address]) await client.ask("POST", `/receivers/${id}/test`);
  await settle();
  const log = async (id: string) => {
    const { deliveries } = await client.ask<{
      deliveries: { id: string; state: string; failure: { reason: string } | null }[];
    }>("GET", `/receivers/${id}/deliveries`);
    return deliveries;
  };
  expect(await log(redirect)).toMatchObject([
    { state: "due", failure: { reason: "answered", values: { status: 302 } } },
  ]);
  expect(await log(address)).toMatchObject([{ state: "delivered", failure: null }]);
  expect(slack.told.some(({ path }) => path === "/elsewhere")).toBe(false);
  expect((await mails()).map(({ subject }) => subject).toSorted()).toEqual([
    "Nines: this address is told",
    `The Slack channel slack ${slack.url}/gone was disabled`,
  ]);
  slack.status["/redirect"] = 200;
  clock.advance(6_000);
  await settle();
  expect(await log(redirect)).toMatchObject([{ state: "delivered" }]);
  await client.send("POST", `/receivers/${redirect}/deliveries/${(await log(redirect))[0]!.id}/replay`);
  await settle();
  expect(slack.told.filter(({ path }) => path === "/redirect")).toHaveLength(3);

  const { receivers } = await client.ask<{ receivers: { id: string }[] }>("GET", "/receivers");
  expect(receivers.find(({ id }) => id === gone)).toMatchObject({
    state: "disabled",
    failure: { reason: "answered", values: { status: 410 }, message: "The receiver answered 410." },
    address: new URL(slack.url).host,
  });
  expect((await client.send("POST", `/receivers/${gone}/test`)).status).toBe(409);
  await client.send("PATCH", `/receivers/${redirect}`, { state: "paused" });
  await client.send("PATCH", `/receivers/${address}`, { address: "other@x.example", events: [] });
  await answer(2);
  await settle();
  expect(slack.told.filter(({ path }) => path === "/redirect")).toHaveLength(3);
  expect(await log(address)).toHaveLength(1);
  expect((await client.send("DELETE", `/receivers/${redirect}`)).status).toBe(204);
  expect((await client.send("GET", `/receivers/${redirect}/deliveries`)).status).toBe(404);
});

test("receivers that nothing can be told to are refused; a Slack address at a port that is not allowed is not told", async () => {
  const { client, settle, answer, db } = await newNines({});
  const inside = await newReceiver();
  const receiver = { kind: "slack", name: "x", events: ["response.detractor"] };
  for (const wrong of [
    { ...receiver, address: "file:///etc/passwd" },
    { ...receiver, address: inside.url },
    { ...receiver, kind: "email", address: "a@b.example, c@d.example" },
    { ...receiver, kind: "email", address: "a@b.example", events: ["everything"] },
  ])
    expect((await client.send("POST", "/receivers", wrong)).status).toBe(422);
  const { id } = await client.ask<{ id: string }>("POST", "/receivers", {
    ...receiver,
    address: "https://hooks.slack.com/services/x",
  });
  await db.updateTable("receivers").set({ address: inside.url }).where("id", "=", id).execute();
  await answer(1);
  await settle();
  expect(await db.selectFrom("deliveries").select(["state", "status", "failure"]).execute()).toMatchObject([
    {
      state: "due",
      status: null,
      failure: { reason: "wrong_port", values: { ports: "80, 443, 8080, 8443" } },
    },
  ]);
  expect(inside.told).toEqual([]);
});
