import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { askByMail, type Asked, mailedSurvey, sendJobs } from "../../../test/mailed-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { startMailServer } from "../../../test/start-mail-server.ts";
import { queueDueInvitations } from "./queue-due-invitations.ts";

// `LARGE=1` for the long run; some hundred show that the test works.
const n = process.env.LARGE ? 10_000 : 300;
const kills = process.env.LARGE ? 6 : 2;
const hour = 3_600_000;
const worker = fileURLToPath(new URL("../../../test/mail-worker.ts", import.meta.url));

test(
  `${n} invitations while everything fails: each arrives once, but for those in the hands of a worker that is killed`,
  async () => {
    const mailServer = await startMailServer();
    const env = {
      SMTP_URL: mailServer.url,
      MAIL_FROM: "ask@larkfield.example",
      BASE_URL: "https://nps.example",
    };
    const nines = await newTestApp({ env });
    const workspaceId = await bareWorkspace(nines);
    const surveyId = await mailedSurvey(nines, workspaceId, { settings: { openDays: 30 } });
    const asked = await askByMail(nines, { workspaceId, surveyId, n });
    const go = async () => {
      await queueDueInvitations(nines.resources);
      await nines.runJobs();
    };

    // The server is down: nothing is sent, and no invitation is charged with a try.
    await mailServer.stop();
    await sendJobs(nines, workspaceId, asked);
    await nines.runJobs();
    expect(await countStates(nines)).toEqual({ queued: n });
    expect(await nines.db.selectFrom("invitations").select("id").where("attempts", ">", 0).execute()).toEqual(
      [],
    );

    // It is back, slow, and the worker is killed again and again.
    await mailServer.start();
    mailServer.behaviour.slow = 3;
    const inHands = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      nines.clock.advance(hour);
      const enough = mailServer.received.length + n / (kills * 6);
      await killWhileSending(nines, env, { workspaceId, invitations: asked }, async () => {
        while (mailServer.received.length < enough) await wait(1);
      });
      const { rows } = await nines.pool.query<{ recipient: string }>(
        "select recipient from invitations where state = 'sending'",
      );
      for (const { recipient } of rows) inHands.add(recipient);
    }
    expect(inHands.size).toBeGreaterThan(0);
    mailServer.behaviour.slow = 0;

    // It refuses, for now and for good, and hangs up in the middle of messages.
    const kindOf = (address: string) => Number(/\d+/.exec(address)?.[0]) % 7;
    const wasCut = new Set<string>();
    mailServer.behaviour.refuse = (address) =>
      ({ 1: "451 4.3.2 try again", 2: "550 5.7.1 refused by policy", 3: "550 5.1.1 user unknown" })[
        kindOf(address)
      ];
    mailServer.behaviour.hangUp = (address) =>
      kindOf(address) === 4 && wasCut.size < wasCut.add(address).size;
    for (let round = 0; round < 3; round++) {
      nines.clock.advance(hour);
      await go();
    }
    expect(wasCut.size).toBeGreaterThan(0);
    // An aborted run leaves nothing half done.
    delete mailServer.behaviour.hangUp;
    mailServer.behaviour.refuse = (address) =>
      ({ 2: "550 5.7.1 refused by policy", 3: "550 5.1.1 user unknown" })[kindOf(address)];
    for (let round = 0; round < 30 && (await isOpen(nines)); round++) {
      nines.clock.advance(hour);
      await go();
    }

    const times = Map.groupBy(mailServer.received, ({ to }) => to);
    const recipients = await nines.db
      .selectFrom("invitations")
      .select(["recipient", "state", "reason"])
      .execute();
    expect(recipients).toHaveLength(n);
    for (const { recipient, state, reason } of recipients) {
      const received = times.get(recipient!) ?? [];
      const said = `${recipient}: ${state} ${reason}, received ${received.length}×`;
      if (state === "failed") {
        // Before the server began to refuse, a worker may have been killed with it in its hands.
        if (!inHands.has(recipient!)) expect(received, said).toHaveLength(0);
        expect([2, 3], said).toContain(kindOf(recipient!));
        expect(reason, said).toBe(kindOf(recipient!) === 2 ? "recipient_refused" : "no_such_address");
        continue;
      }
      expect(state, said).toBe("sent");
      if (inHands.has(recipient!)) expect(received.length, said).toBeGreaterThanOrEqual(1);
      else expect(received, said).toHaveLength(1);
      // Whoever gets two can tell: it is the same message.
      const ids = new Set(
        received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString("latin1"))?.[1]),
      );
      expect(ids.size, said).toBe(1);
    }
    const gone = recipients.filter(({ reason }) => reason === "no_such_address");
    expect(gone.length).toBeGreaterThan(0);
    expect(await nines.db.selectFrom("suppressions").select("key").execute()).toHaveLength(gone.length);
  },
  process.env.LARGE ? 1_200_000 : 180_000,
);

test("a run that is told to stop gives back what it has not sent", async () => {
  const mailServer = await startMailServer({ slow: 20 });
  const nines = await newTestApp({ env: { SMTP_URL: mailServer.url } });
  const workspaceId = await bareWorkspace(nines);
  const surveyId = await mailedSurvey(nines, workspaceId);
  await sendJobs(nines, workspaceId, await askByMail(nines, { workspaceId, surveyId, n: 40 }));
  const { openInvitationDelivery } = await import("./send-invitations.ts");
  const { rows } = await nines.pool.query<{ data: never }>(
    "delete from pgboss.job where name = 'send-invitations' returning data",
  );
  const stop = new AbortController();
  const run = openInvitationDelivery(nines.resources)([rows[0]!.data], stop.signal);
  while (mailServer.received.length < 12) await wait(1);
  stop.abort();
  await run;
  const states = await countStates(nines);
  expect(states.sending).toBeUndefined();
  expect(states.sent).toBe(mailServer.received.length);
  expect(states.queued).toBe(40 - mailServer.received.length);
  nines.clock.advance(10_000);
  await queueDueInvitations(nines.resources);
  await nines.runJobs();
  expect(await countStates(nines)).toEqual({ sent: 40 });
  expect(new Set(mailServer.received.map(({ to }) => to)).size).toBe(40);
  expect(mailServer.received).toHaveLength(40);
});

test("two workers with the same job send each message once; a paused survey sends nothing until it goes on", async () => {
  const mailServer = await startMailServer();
  const nines = await newTestApp({ env: { SMTP_URL: mailServer.url } });
  const workspaceId = await bareWorkspace(nines);
  const surveyId = await mailedSurvey(nines, workspaceId);
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 100 });
  const setState = (state: "live" | "paused") =>
    nines.db.updateTable("surveys").set({ state }).where("id", "=", surveyId).execute();
  await setState("paused");
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  nines.clock.advance(hour);
  expect(await queueDueInvitations(nines.resources)).toBe(0);
  expect(await countStates(nines)).toEqual({ queued: 100 });
  await setState("live");
  const { openInvitationDelivery } = await import("./send-invitations.ts");
  const job = { workspaceId, invitations: asked };
  const signal = new AbortController().signal;
  await Promise.all([1, 2].map(() => openInvitationDelivery(nines.resources)([job, job], signal)));
  expect(await countStates(nines)).toEqual({ sent: 100 });
  expect(mailServer.received).toHaveLength(100);
});

async function countStates({ pool }: TestApp): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; n: number }>(
    "select state, count(*) as n from invitations group by state order by state",
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

async function isOpen(nines: TestApp): Promise<boolean> {
  const { queued = 0, sending = 0 } = await countStates(nines);
  return queued + sending > 0;
}

/** A worker process begins with the job, and is killed with SIGKILL at some moment. */
async function killWhileSending(
  nines: TestApp,
  env: Record<string, string>,
  job: { workspaceId: string; invitations: Asked[] },
  moment: () => Promise<void>,
): Promise<void> {
  const child = fork(worker, {
    env: { PATH: process.env.PATH, ...env, DATABASE_URL: nines.url, NOW: nines.clock.now().toISOString() },
  });
  try {
    await once(child, "message");
    child.send(job);
    await moment();
  } finally {
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }
  // What it had sent to the database last is done or undone when its connections are gone.
  const others =
    "select 1 from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()";
  while ((await nines.pool.query(others)).rowCount) await wait(20);
}
