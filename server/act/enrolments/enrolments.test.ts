import { expect, test } from "vitest";
import { mail, steps } from "../../../test/a-play.ts";
import { newPlayCompany } from "../../../test/play-company.ts";
import { openComplaint } from "../../collect/asking/open-complaint.ts";
import { suppressAddress } from "../../collect/asking/suppress-address.ts";
import { mergeCustomers } from "../../collect/customers/merge-customers.ts";
import { newResponseRecorder } from "../../collect/record-responses.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { placeOf } from "../../statistics/assignment.ts";
import { enrolCustomers, enterPlays } from "./enrol-customers.ts";
import { runSteps } from "./run-steps.ts";

type Company = Awaited<ReturnType<typeof newPlayCompany>>;

const answer = async ({ nines, workspaceId, surveyId }: Company, email: string, score: number) => {
  await newResponseRecorder(nines.resources).record(workspaceId, [
    { score, survey: undefined, customer: { email }, surveyId } as never,
  ]);
  await nines.runJobs();
};

const did = async ({ nines, workspaceId }: Company, customerId: string, name: string) => {
  await nines.pool.query(
    `insert into events (workspace_id, customer_id, at, id, received_at, type, name)
     values ($1, $2, $3, gen_random_uuid(), $3, 'track', $4)`,
    [workspaceId, customerId, nines.clock.now(), name],
  );
};

test("each customer enters once with the arm that the hash gives, and both arms are asked on the same day", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, addCustomers, addPlay, work, later, enrolments, runs, mailServer } = company;
  const people = await addCustomers(24);
  await addCustomers(3, { prefix: "free", plan: "free" });
  const playId = await addPlay({
    holdout: { share: 0.5, reason: null },
    days: 60,
    steps: steps(
      mail("mail"),
      { id: "wait", kind: "wait", hours: 72 },
      { id: "ask", kind: "ask", survey: company.surveyId, day: 30 },
    ),
  });
  // Some by another server, and in another order.
  const other = openDatabase(nines.url, { log: nines.resources.log });
  for (const id of people.slice(0, 8).toReversed())
    await enrolCustomers({ ...nines.resources, database: other }, workspaceId, [id]);
  await other.close();
  // Two workers at once, and again.
  await Promise.all([enterPlays(nines.resources), enterPlays(nines.resources)]);
  await Promise.all([runSteps(nines.resources), runSteps(nines.resources)]);
  await work();
  const entered = await enrolments(playId);
  expect(entered).toHaveLength(24);
  const treated = entered.filter(({ arm }) => arm === "treated");
  const { salt } = await nines.db.selectFrom("plays").select("salt").executeTakeFirstOrThrow();
  expect(entered.map(({ customerId, place, arm }) => ({ customerId, place, arm }))).toEqual(
    entered.map(({ customerId }) => {
      const place = placeOf(playId, salt, customerId);
      return { customerId, place, arm: place < 0.5 ? "holdout" : "treated" };
    }),
  );
  expect(mailServer.received).toHaveLength(treated.length);
  const addressOf = async (ids: string[]) =>
    (await nines.db.selectFrom("customers").select("email").where("id", "in", ids).execute())
      .map(({ email }) => email ?? "")
      .sort();
  expect(mailServer.received.map(({ to }) => to).sort()).toEqual(
    await addressOf(treated.map(({ customerId }) => customerId)),
  );
  await later(4);
  expect((await enrolments(playId)).filter(({ step }) => step === "ask")).toHaveLength(treated.length);
  expect(mailServer.received).toHaveLength(treated.length);
  await later(26);
  // In both arms, at the same moment.
  const invitations = await nines.db.selectFrom("invitations").select(["customerId", "sendAfter"]).execute();
  expect(invitations).toHaveLength(24);
  expect(new Set(invitations.map(({ sendAfter }) => sendAfter.getTime())).size).toBe(1);
  expect(mailServer.received).toHaveLength(treated.length + 24);
  expect((await enrolments(playId)).filter(({ state }) => state === "done")).toHaveLength(treated.length);
  expect((await runs(playId)).every(({ state }) => state === "done")).toBe(true);

  // The result: whoever answers 9 or 10 within the days, in either arm.
  await answer(company, "p0@example.com", 9);
  await answer(company, "p1@example.com", 8);
  await later(30);
  const settled = await enrolments(playId);
  expect(settled.filter(({ reached }) => reached)).toHaveLength(1);
  expect(settled.every(({ settledAt, state }) => settledAt !== null && state !== "active")).toBe(true);
  await work();
  expect(await enrolments(playId)).toEqual(settled);
});

test("waits end by what they wait for, branches go by what happened, and other steps have their effect once", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, addCustomers, addPlay, work, later, enrolments, runs } = company;
  const [ada, bo] = await addCustomers(2);
  const receiver = async (kind: "slack" | "webhook") => {
    const id = newId(nines.clock);
    await nines.db
      .insertInto("receivers")
      .values({ workspaceId, id, kind, name: kind, address: "https://hooks.example/1", secret: null })
      .execute();
    return id;
  };
  const pool = newId(nines.clock);
  await nines.db
    .insertInto("codePools")
    .values({ workspaceId, id: pool, name: "Spring", amount: null, currency: null })
    .execute();
  await nines.db
    .insertInto("codes")
    .values({ workspaceId, poolId: pool, id: newId(nines.clock), code: "ONE" })
    .execute();
  const playId = await addPlay({
    holdout: { share: 0, reason: "a test" },
    stop: { goal: false, complaint: true, reply: true, higherPriority: true },
    steps: steps(
      {
        id: "wait",
        kind: "wait",
        hours: 240,
        until: { kind: "event", event: "Report Exported" },
        next: "used",
        otherwise: "not",
      },
      {
        id: "used",
        kind: "branch",
        when: { kind: "event", event: "Report Exported" },
        next: "code",
        otherwise: null,
      },
      { id: "code", kind: "code", pool, purpose: "thanks", next: "mail" },
      mail("mail", {
        languages: { en: { subject: "A code", body: "Dear {{ customer.firstName }}, take {{ code }}." } },
        next: "told",
      }),
      { id: "told", kind: "webhook", receiver: await receiver("webhook"), next: "leave" },
      { id: "leave", kind: "leave" },
      {
        id: "not",
        kind: "slack",
        receiver: await receiver("slack"),
        text: "{{ customer.name }} did not",
        next: "task",
      },
      { id: "task", kind: "task", title: "Call {{ customer.name }}", next: "answered" },
      {
        id: "answered",
        kind: "branch",
        when: { kind: "answer", categories: ["detractor"] },
        next: null,
        otherwise: null,
      },
    ),
  });
  await work();
  expect((await enrolments(playId)).map(({ step }) => step)).toEqual(["wait", "wait"]);
  await later(1);
  await did(company, ada!, "Report Exported");
  await work();
  const of = async (customer: string) =>
    (await runs(playId))
      .filter(({ customerId }) => customerId === customer)
      .map(({ step, state, went }) => ({ step, state, went }));
  expect(await of(ada!)).toEqual(
    expect.arrayContaining([
      { step: "wait", state: "done", went: "used" },
      { step: "used", state: "done", went: "code" },
      { step: "code", state: "done", went: "mail" },
      { step: "mail", state: "done", went: "told" },
      { step: "told", state: "done", went: "leave" },
      { step: "leave", state: "done", went: null },
    ]),
  );
  expect(
    company.mailServer.received.map(({ to, raw }) => [to, raw.toString().includes("Dear Ada, take ONE.")]),
  ).toEqual([["p0@example.com", true]]);
  expect(
    (await enrolments(playId)).filter(({ state }) => state === "done").map(({ customerId }) => customerId),
  ).toEqual([ada]);
  await answer(company, "p1@example.com", 3);
  await later(10);
  expect(await of(bo!)).toEqual(
    expect.arrayContaining([
      { step: "wait", state: "done", went: "not" },
      { step: "not", state: "done", went: "task" },
      { step: "task", state: "done", went: "answered" },
      { step: "answered", state: "done", went: null },
    ]),
  );
  const told = await nines.db
    .selectFrom("deliveries")
    .select(["customerId", "event", "body"])
    .where("event", "=", "play.step")
    .execute();
  expect(told).toHaveLength(2);
  expect(told.find(({ customerId }) => customerId === bo)?.body).toBe('{"text":"Ada Lovelace did not"}');
  expect(
    await nines.db.selectFrom("cases").select(["title", "openedBy"]).where("openedBy", "=", "task").execute(),
  ).toEqual([{ title: "Call Ada Lovelace", openedBy: "task" }]);
  expect(await nines.db.selectFrom("incentives").select("code").execute()).toEqual([{ code: "ONE" }]);
});

test("a code that no mail told of goes back to its pool, and one that a mail server may have taken does not", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, addCustomers, addPlay, later, work, runs, mailServer } = company;
  const { db, pool, clock } = nines;
  const poolId = newId(clock);
  await db
    .insertInto("codePools")
    .values({ workspaceId, id: poolId, name: "Spring", amount: null, currency: null })
    .execute();
  await pool.query(
    `insert into codes (workspace_id, pool_id, id, code)
     select $1, $2, gen_random_uuid(), 'CODE' || i from generate_series(1, 20) as i`,
    [workspaceId, poolId],
  );
  const free = async () =>
    (await db.selectFrom("codes").select("id").where("state", "=", "free").execute()).length;
  const held = async () =>
    (
      await db
        .selectFrom("incentives as i")
        .innerJoin("customers as c", "c.id", "i.customerId")
        .innerJoin("codes as k", (join) =>
          join.onRef("k.incentiveId", "=", "i.id").on("k.state", "=", "given"),
        )
        .select("c.email")
        .orderBy("c.email")
        .execute()
    ).map(({ email }) => email);
  const text = { subject: "A code", body: "Take {{ code }}." };
  const code = { id: "code", kind: "code", pool: poolId, purpose: "thanks" };
  const common = { holdout: { share: 0, reason: "a test" } };

  // Skipped: nothing in the library fits. It comes back at once, and the step says why.
  await addCustomers(2, { prefix: "skip", plan: "skip" });
  await db
    .insertInto("contentItems")
    .values({
      workspaceId,
      id: newId(clock),
      kind: "product",
      name: "Lamp",
      languages: JSON.stringify({ en: { title: "Lamp", text: "A lamp", link: null } }),
      products: ["lamp"],
      createdAt: clock.now(),
    })
    .execute();
  const skipped = await addPlay({
    ...common,
    audience: {
      segment: null,
      filter: { kind: "trait", trait: "plan", is: "equal", value: "skip" },
      again: null,
    },
    steps: steps(
      code,
      mail("mail", {
        languages: { en: text },
        choose: { by: "browsed", kinds: ["product"], without: "skip" },
      }),
      { id: "later", kind: "wait", hours: 240 },
    ),
  });
  await work();
  expect([await free(), await held()]).toEqual([20, []]);
  expect((await runs(skipped)).filter(({ kind }) => kind === "code")).toMatchObject([
    { state: "skipped", reason: "not_told", result: null },
    { state: "skipped", reason: "not_told", result: null },
  ]);

  // Refused by the mail server, stopped while it waits or while it is given, dropped right before it goes; one is lost on the
  // way, one arrives.
  const people = await addCustomers(6);
  mailServer.behaviour.refuse = (to) =>
    to.startsWith("p0") ? "550 5.1.1 no such user" : to.startsWith("p3") ? "451 4.7.1 later" : undefined;
  await addPlay({
    ...common,
    steps: steps(code, { id: "wait", kind: "wait", hours: 24 }, mail("mail", { languages: { en: text } })),
  });
  await work();
  expect(await held()).toHaveLength(6);
  const unsubscribe = (n: number) =>
    suppressAddress(db, clock, {
      workspaceId,
      customerId: people[n]!,
      email: `p${n}@example.com`,
      detail: null,
      source: "test",
      reason: "unsubscribed",
    });
  await unsubscribe(1);
  await work();
  expect(await held()).toEqual([0, 2, 3, 4, 5].map((n) => `p${n}@example.com`));
  // As by one who did not see yet that the code was being handed out.
  await pool.query("update enrolments set state = 'stopped', stopped_by = 'goal' where customer_id = $1", [
    people[5],
  ]);
  clock.advance(24 * 3_600_000);
  await runSteps(nines.resources);
  await db.updateTable("messages").set({ sendAfter: clock.now() }).execute();
  await db
    .updateTable("customers")
    .set({ unsubscribedAt: clock.now() })
    .where("id", "=", people[2]!)
    .execute();
  await work();
  expect(await held()).toEqual(["p3@example.com", "p4@example.com"]);
  await unsubscribe(3);
  await later(1);
  await later(1);
  expect([await free(), await held()]).toEqual([18, ["p3@example.com", "p4@example.com"]]);
  expect(mailServer.received.map(({ to }) => to)).toEqual(["p4@example.com"]);
});

test("of two mails that tell a code, one that a mail server may have taken keeps it, whichever the other was", async () => {
  const { nines, workspaceId, addCustomers, addPlay, work, mailServer } = await newPlayCompany();
  const { db, clock } = nines;
  const poolId = newId(clock);
  await db.insertInto("codePools").values({ workspaceId, id: poolId, name: "Spring" }).execute();
  await db
    .insertInto("codes")
    .values(["A", "B", "C"].map((code) => ({ workspaceId, poolId, id: newId(clock), code })))
    .execute();
  const [first, second, neither] = await addCustomers(3);
  const texts = (subject: string) => ({ languages: { en: { subject, body: "Take {{ code }}." } } });
  await addPlay({
    holdout: { share: 0, reason: "a test" },
    restDays: 0,
    steps: steps(
      { id: "code", kind: "code", pool: poolId, purpose: "thanks" },
      mail("one", texts("One")),
      mail("two", texts("Two")),
    ),
  });
  await enterPlays(nines.resources);
  await runSteps(nines.resources);
  // All are through the play, with two mails each in the queue, one of which waits.
  const waits = (customerId: string | undefined, subject: string) =>
    db
      .updateTable("messages")
      .set({ sendAfter: new Date(clock.now().getTime() + 60_000) })
      .where("customerId", "=", customerId!)
      .where("subject", "=", subject)
      .execute();
  await waits(first, "Two");
  await waits(second, "One");
  await waits(neither, "Two");
  const held = async () =>
    (await db.selectFrom("incentives").select("customerId").execute()).map(({ customerId }) => customerId);
  mailServer.behaviour.refuse = () => "554 5.7.1 no spam here";
  await work();
  expect(new Set(await held())).toEqual(new Set([first, second, neither]));
  clock.advance(60_000);
  mailServer.behaviour.refuse = (to) => (to.startsWith("p2") ? "554 5.7.1 no spam here" : undefined);
  await work();
  expect(mailServer.received.map(({ to }) => to).toSorted()).toEqual(["p0@example.com", "p1@example.com"]);
  expect(new Set(await held())).toEqual(new Set([first, second]));
  expect(await db.selectFrom("codes").select("state").where("state", "=", "free").execute()).toHaveLength(1);
});

test("who unsubscribes, complains, replies, reaches the goal or enters a higher play leaves; paused plays move nobody", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, addCustomers, addPlay, work, later, enrolments, surveyId } = company;
  const customers = await addCustomers(7);
  const [gone, angry, replied, happy, higher, , other] = customers;
  const waiting = steps({ id: "wait", kind: "wait", hours: 240 }, mail("mail"), {
    id: "ask",
    kind: "ask",
    survey: surveyId,
    day: 20,
  });
  const playId = await addPlay({ holdout: { share: 0, reason: "a test" }, restDays: 5, steps: waiting });
  await work();
  await later(1);
  await suppressAddress(nines.db, nines.clock, {
    workspaceId,
    email: "p0@example.com",
    reason: "unsubscribed",
    source: "api",
  });
  await openComplaint(nines.db, nines.clock, workspaceId, { customerId: angry! });
  const message = { workspaceId, direction: "in", state: "received", subject: "Re", text: "Hello" } as const;
  const at = nines.clock.now();
  await nines.db
    .insertInto("messages")
    .values([
      { ...message, customerId: replied!, id: newId(nines.clock), createdAt: at, sendAfter: at },
      // Out of office.
      {
        ...message,
        customerId: customers[5]!,
        id: newId(nines.clock),
        createdAt: at,
        sendAfter: at,
        reason: "automatic",
      },
    ])
    .execute();
  await answer(company, "p3@example.com", 10);
  await nines.pool.query(`update customers set traits = '{"plan":"pro","vip":true}' where id = $1`, [higher]);
  const vip = await addPlay({
    priority: 9,
    holdout: { share: 0, reason: "a test" },
    audience: {
      segment: null,
      filter: { kind: "trait", trait: "vip", is: "equal", value: true },
      again: null,
    },
    steps: steps(
      { id: "wait", kind: "wait", hours: 24 },
      { id: "ask", kind: "ask", survey: surveyId, day: 3 },
    ),
  });
  await work();
  expect(await enrolments(vip)).toHaveLength(1);
  // Two who are one: the younger enrolment stops.
  await nines.pool.query(
    "update enrolments set entered_at = entered_at + interval '1 minute' where customer_id = $1",
    [other],
  );
  await mergeCustomers(nines.resources, { workspaceId, from: other!, into: customers[5]!, reason: "member" });
  await nines.runJobs();
  await nines.db.updateTable("plays").set({ state: "paused" }).where("id", "=", playId).execute();
  await later(12);
  expect(company.mailServer.received.filter(({ raw }) => raw.includes("Three features"))).toHaveLength(0);
  await nines.db.updateTable("plays").set({ state: "live" }).where("id", "=", playId).execute();
  await work();
  const ended = new Map(
    (await enrolments(playId)).map(({ customerId, stoppedBy, state }) => [customerId + state, stoppedBy]),
  );
  expect(Object.fromEntries(ended)).toEqual({
    [`${gone}stopped`]: "unsubscribed",
    [`${angry}stopped`]: "complaint",
    [`${replied}stopped`]: "replied",
    [`${happy}stopped`]: "goal",
    [`${higher}stopped`]: "higher_priority",
    [`${customers[5]}active`]: null,
    [`${customers[5]}stopped`]: "merged",
  });
  expect(
    company.mailServer.received.filter(({ raw }) => raw.includes("Three features")).map(({ to }) => to),
  ).toEqual(["p5@example.com"]);
  // Whoever left early is asked on their day all the same, but for those who want no mail or have complained.
  await later(40);
  const asked = await nines.db
    .selectFrom("invitations")
    .select("customerId")
    .where("customerId", "in", [gone!, angry!, replied!, happy!])
    .execute();
  expect(asked).toHaveLength(2);
  expect(new Set(asked.map(({ customerId }) => customerId))).toEqual(new Set([replied, happy]));
  await nines.db
    .updateTable("plays")
    .set({ state: "ended", endedAt: nines.clock.now() })
    .where("id", "=", playId)
    .execute();
  await work();
  expect((await enrolments(playId)).filter(({ state }) => state === "active")).toEqual([]);
});

test("the contact budget holds across surveys and plays, and customers enter again after their days", async () => {
  const company = await newPlayCompany({ restDays: 30 });
  const { nines, addCustomers, addPlay, work, later, enrolments, surveyId, mailServer } = company;
  await addCustomers(6);
  const twoMails = steps(mail("one"), mail("two"), { id: "ask", kind: "ask", survey: surveyId, day: 40 });
  const first = await addPlay({
    holdout: { share: 0, reason: "a test" },
    restDays: 10,
    audience: {
      segment: null,
      filter: { kind: "trait", trait: "plan", is: "equal", value: "pro" },
      again: { afterDays: 60 },
    },
    steps: twoMails,
  });
  await addPlay({ holdout: { share: 0, reason: "a test" }, restDays: 10, steps: steps(mail("other")) });
  await work();
  for (let i = 0; i < 11; i++) await later(5);
  const { rows } = await nines.pool.query<{ days: number; kinds: string }>(
    `select min(gap) as days, string_agg(distinct kind, ' ' order by kind) as kinds from (
       select kind, extract(epoch from at - lag(at) over (partition by customer_id order by at))::float8 / 86400 as gap
       from contacts) g`,
  );
  expect(rows[0]!.days).toBeGreaterThanOrEqual(10);
  expect(rows[0]!.kinds).toBe("invitation play");
  // One and two of the first play, one of the other, one ask.
  expect(mailServer.received).toHaveLength(6 * 4);
  await later(5);
  const entries = (await enrolments(first)).map(({ entry }) => entry);
  expect(entries.sort((a, b) => a - b)).toEqual([...Array<number>(6).fill(1), ...Array<number>(6).fill(2)]);
  await work();
});

test("a play that ends asks nobody any more: what waits to be sent is taken back, and reminders too", async () => {
  const { nines, client, addCustomers, addPlay, work, later, surveyId, mailServer } = await newPlayCompany();
  await addCustomers(2);
  const playId = await addPlay({ steps: steps({ id: "ask", kind: "ask", survey: surveyId, day: 1 }) });
  mailServer.behaviour.refuse = (to) => (to.startsWith("p0") ? "451 4.7.1 later" : undefined);
  await work();
  await later(1);
  const remindAt = new Date(nines.clock.now().getTime() + 3_600_000);
  await nines.db.updateTable("invitations").set({ remindAt }).where("state", "=", "sent").execute();
  expect((await client.send("POST", `/plays/${playId}/state`, { state: "ended" })).ok).toBe(true);
  await work();
  mailServer.behaviour.refuse = () => undefined;
  await later(1);
  expect(mailServer.received.map(({ to }) => to)).toEqual(["p1@example.com"]);
  expect(
    await nines.db
      .selectFrom("invitations")
      .select(["state", "reason", "remindAt"])
      .orderBy("state")
      .execute(),
  ).toEqual([
    { state: "cancelled", reason: "play_ended", remindAt: null },
    { state: "sent", reason: null, remindAt: null },
  ]);
});
