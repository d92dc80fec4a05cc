import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import PostalMime from "postal-mime";
import { expect, onTestFinished, test } from "vitest";
import { newWebhookSecret } from "../server/act/webhooks/sign-webhook.ts";
import { newId } from "../server/platform/ids.ts";
import { mail, steps } from "./a-play.ts";
import { mailedSurvey } from "./mailed-survey.ts";
import { newPlayCompany } from "./play-company.ts";

// `KILLS=200` for the long run, over 5,000 customers and two workers at a time.
const kills = Number(process.env.KILLS ?? 3);
const isLong = kills >= 50;
const customers = Number(process.env.CUSTOMERS ?? (isLong ? 5_000 : 100));
const workers = isLong ? 2 : 1;
const day = 24 * 3_600_000;
const betweenKills = 5 * 60_000;
const surveys = 3;
const reminders = { most: 0, afterDays: 5 };
const worker = fileURLToPath(new URL("play-worker.ts", import.meta.url));

/** A receiver of webhooks that counts by their ids. */
async function newReceiver() {
  const got = new Map<string, number>();
  const server = createServer((request, response) => {
    const id = String(request.headers["webhook-id"]);
    request.resume().on("end", () => {
      got.set(id, (got.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const messageIdOf = (raw: Buffer) => /^Message-ID:\s*<([^>]*)>/im.exec(raw.toString("latin1"))?.[1];

test(
  `workers of plays are killed ${kills} times over ${customers} customers: nobody gets a step twice, nobody is lost, each mail says its code, the budget holds against surveys`,
  async () => {
    const receiver = await newReceiver();
    const company = await newPlayCompany({ env: { OUTGOING_PRIVATE: "true", OUTGOING_PORTS: "any" } });
    const { nines, workspaceId, mailServer, addCustomers, addPlay, runs, enrolments } = company;
    const { db, pool, clock } = nines;
    await addCustomers(customers);
    const hook = newId(clock);
    await db
      .insertInto("receivers")
      .values({
        workspaceId,
        id: hook,
        kind: "webhook",
        name: "CRM",
        address: receiver.url,
        secret: newWebhookSecret(),
      })
      .execute();
    const codePool = newId(clock);
    await db
      .insertInto("codePools")
      .values({ workspaceId, id: codePool, name: "Spring", amount: null, currency: null })
      .execute();
    await pool.query(
      `insert into codes (workspace_id, pool_id, id, code)
       select $1, $2, gen_random_uuid(), 'CODE' || i from generate_series(1, $3::int) as i`,
      [workspaceId, codePool, customers],
    );
    const common = { holdout: { share: 0, reason: "a test" }, restDays: 1 };
    const text = { subject: "A code", body: "Take {{ code }}." };
    const first = await addPlay({
      ...common,
      steps: steps(
        { id: "code", kind: "code", pool: codePool, purpose: "thanks" },
        mail("mail", { languages: { en: text } }),
        { id: "hook", kind: "webhook", receiver: hook },
        { id: "wait", kind: "wait", hours: 1 },
        mail("again"),
      ),
    });
    // For the same customers, so that the two compete for the budget.
    const second = await addPlay({ ...common, restDays: 1, steps: steps(mail("other")) });
    // Surveys want it, too: each asks some of them at a moment of its own while workers are killed.
    const start = clock.now();
    await db.updateTable("customers").set({ createdAt: start }).execute();
    for (let i = 0; i < surveys; i++) {
      const at = new Date(start.getTime() + Math.floor((i * kills) / surveys) * betweenKills).toISOString();
      const settings = { rhythm: { kind: "once", at }, sample: 0.15, restDays: 1, reminders } as const;
      await mailedSurvey(nines, workspaceId, { settings });
    }

    const inHands = { mails: new Set<string>(), deliveries: new Set<string>() };
    const done = async () => {
      const { rows } = await pool.query<{ n: number }>(
        "select (select count(*) from step_runs where state = 'done') + (select count(*) from messages where state = 'sent') as n",
      );
      return rows[0]!.n;
    };
    const startWorker = async (): Promise<ChildProcess> => {
      const { PATH } = process.env;
      const env = { PATH, ...company.env, DATABASE_URL: nines.url, NOW: clock.now().toISOString() };
      const child = fork(worker, { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
      await once(child, "message");
      return child;
    };
    const noteHands = async () => {
      const mails = await db.selectFrom("messages").select("id").where("state", "=", "sending").execute();
      for (const { id } of mails) inHands.mails.add(id);
      const told = await db.selectFrom("deliveries").select("id").where("state", "=", "sending").execute();
      for (const { id } of told) inHands.deliveries.add(id);
    };
    const end = async (child: ChildProcess) => {
      const exit = once(child, "exit");
      if (child.kill("SIGKILL")) await exit;
      await noteHands();
    };
    const alive = await Promise.all(Array.from({ length: workers }, startWorker));
    onTestFinished(() => alive.forEach((child) => child.kill("SIGKILL")));
    const chunk = (9 * customers) / (kills + 1);
    for (let kill = 0; kill < kills; kill++) {
      const enough = (await done()) + chunk * Math.random();
      const patience = performance.now() + (isLong ? 1_500 : 4_000);
      while ((await done()) < enough && performance.now() < patience) await wait(5);
      await end(alive.shift()!);
      // By the clock of all others the claims of the dead one have run out; so have those of the living, for whom no time
      // has passed in which to renew them.
      clock.advance(betweenKills);
      for (const child of alive) {
        const set = once(child, "message");
        child.send(clock.now().toISOString());
        await set;
      }
      await noteHands();
      alive.push(await startWorker());
    }
    for (const child of alive.splice(0)) await end(child);
    const askedUnderKills = await db.selectFrom("invitations").select("id").execute();
    for (let i = 0; i < 12; i++) {
      clock.advance(day / 2);
      await company.work();
      await noteHands();
    }
    // Courses of webhooks go on by themselves.
    await expect
      .poll(
        async () =>
          db.selectFrom("deliveries").select("id").where("state", "in", ["due", "sending"]).execute(),
        {
          timeout: 60_000,
        },
      )
      .toEqual([]);

    const entered = [...(await enrolments(first)), ...(await enrolments(second))];
    expect(entered).toHaveLength(2 * customers);
    expect(entered.filter(({ state }) => state !== "done")).toEqual([]);
    const all = [...(await runs(first)), ...(await runs(second))];
    expect(all).toHaveLength(6 * customers);
    expect(all.filter(({ state }) => state !== "done")).toEqual([]);
    // Each mail arrived once, or again with the same Message-ID where a worker had it in its hands.
    const sent = await db.selectFrom("messages").select(["id", "messageId", "state"]).execute();
    expect(sent).toHaveLength(3 * customers);
    const { plays, asks } = Object.groupBy(mailServer.received, ({ raw }) =>
      raw.includes("nps.example/r/") ? "asks" : "plays",
    );
    const received = Map.groupBy(plays!, ({ raw }) => messageIdOf(raw));
    expect(new Set(received.keys())).toEqual(new Set(sent.map(({ messageId }) => messageId)));
    const twice = sent.filter(({ messageId }) => received.get(messageId!)!.length > 1);
    expect(twice.filter(({ id }) => !inHands.mails.has(id))).toEqual([]);
    // So did each delivery, with the same id.
    const told = all.filter(({ kind }) => kind === "webhook");
    expect(told.map(({ result }) => (result as { deliveryId: string }).deliveryId).sort()).toEqual(
      [...receiver.got.keys()].sort(),
    );
    const toldTwice = [...receiver.got].filter(([, times]) => times > 1).map(([id]) => id);
    expect(toldTwice.filter((id) => !inHands.deliveries.has(id))).toEqual([]);
    const deliveries = await db
      .selectFrom("deliveries")
      .select("id")
      .where("state", "=", "delivered")
      .execute();
    expect(deliveries).toHaveLength(customers);
    // Each code is one customer's, and every mail about it says that one.
    const codes = await db
      .selectFrom("incentives as i")
      .innerJoin("customers as c", "c.id", "i.customerId")
      .select(["c.email", "i.code"])
      .execute();
    expect(new Set(codes.map(({ code }) => code)).size).toBe(customers);
    expect(codes).toHaveLength(customers);
    expect(await db.selectFrom("codes").select("id").where("state", "=", "free").execute()).toEqual([]);
    const said = new Map<string, Set<string>>(codes.map(({ email }) => [email!, new Set()]));
    for (const { to, raw } of plays!) {
      const { subject, text = "" } = await PostalMime.parse(raw);
      if (subject === "A code") said.get(to)!.add(/^Take (\w+)\.$/m.exec(text)?.[1] ?? text);
    }
    expect(said).toEqual(new Map(codes.map(({ email, code }) => [email, new Set([code])])));
    // Whoever wants to write spends the budget, and nobody is written to who has not rested.
    const planned = await db.selectFrom("invitations").select(["id", "state", "reason"]).execute();
    const invitations = planned.filter(({ state }) => state === "sent");
    // Workers that are killed send none. Whom a play wrote to while theirs waited for more than a day is spared the ask.
    const spared = planned.filter(({ state }) => state !== "sent");
    expect(spared.filter(({ state, reason }) => state !== "cancelled" || reason !== "rest")).toEqual([]);
    expect(askedUnderKills.length).toBeGreaterThan(0);
    expect(asks).toHaveLength(invitations.length);
    const { rows: contacts } = await pool.query<{ of: string; gap: number | null }>(
      `select source_id as of,
         (extract(epoch from at - lag(at) over (partition by customer_id order by at)) / 86400)::float8 as gap
       from contacts`,
    );
    const mails = all.filter(({ kind }) => kind === "email");
    expect(contacts.map(({ of }) => of).sort()).toEqual(
      [...mails, ...invitations].map(({ id }) => id).sort(),
    );
    expect(contacts.filter(({ gap }) => gap !== null && gap < 1)).toEqual([]);
    if (isLong)
      console.info(
        `${kills} kills, ${customers} customers, ${all.length} steps, ${plays!.length} mails for ${sent.length}, ${twice.length} of them twice of ${inHands.mails.size} in hands; ${receiver.got.size} webhooks, ${toldTwice.length} of them twice of ${inHands.deliveries.size} in hands; ${invitations.length} asked by surveys and ${spared.length} spared, ${askedUnderKills.length} of them planned under kills`,
      );
  },
  120_000 + kills * 30_000,
);
