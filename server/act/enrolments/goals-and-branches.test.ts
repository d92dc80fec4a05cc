import { expect, test } from "vitest";
import { mail, steps } from "../../../test/a-play.ts";
import { mailedSurvey } from "../../../test/mailed-survey.ts";
import { newPlayCompany } from "../../../test/play-company.ts";
import type { TimelineItem } from "../../identify/customers/timeline/timeline.ts";
import { isHeldOut, placeOf } from "../../statistics/assignment.ts";
import { newResponseRecorder } from "../../collect/record-responses.ts";
import type { PlayDefinition } from "../plays/play-definition.ts";
import { isPermanentlyHeldOut } from "../plays/assign-arm.ts";
import { enterPlays } from "./enrol-customers.ts";
import { runSteps } from "./run-steps.ts";
import { newEventWatch } from "./wake-waiting.ts";

type Company = Awaited<ReturnType<typeof newPlayCompany>>;

const everybody = { share: 0, reason: "a test" };
const onPlan = (value: string): PlayDefinition["audience"] => ({
  segment: null,
  filter: { kind: "trait", trait: "plan", is: "equal", value },
  again: null,
});

/** What customers do, now. */
function doing({ nines, workspaceId, surveyId }: Company) {
  const recorder = newResponseRecorder(nines.resources);
  return {
    answer: async (email: string, score: number) => {
      await recorder.record(workspaceId, [
        { score, survey: undefined, customer: { email }, surveyId } as never,
      ]);
      await nines.runJobs();
    },
    use: async (customerId: string, name: string) => {
      await nines.pool.query(
        `insert into events (workspace_id, customer_id, at, id, received_at, type, name)
         values ($1, $2, $3, gen_random_uuid(), $3, 'track', $4)`,
        [workspaceId, customerId, nines.clock.now(), name],
      );
    },
    buy: async (customerId: string) => {
      await nines.pool.query(
        "insert into purchases (workspace_id, customer_id, id, at) values ($1, $2, gen_random_uuid(), $3)",
        [workspaceId, customerId, nines.clock.now()],
      );
    },
    set: async (customerId: string, traits: object) => {
      await nines.pool.query("update customers set traits = traits || $2::jsonb where id = $1", [
        customerId,
        JSON.stringify(traits),
      ]);
    },
  };
}

test("a purchase, a feature or staying is settled in both arms when the days are over, and stops whoever reached it", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, addCustomers, addPlay, work, later, enrolments, runs } = company;
  const { use, buy, set } = doing(company);
  const people = await addCustomers(24);
  const at = nines.clock.now();
  await nines.db
    .insertInto("eventNames")
    .values({ workspaceId, name: "Report Exported", countsAs: "feature", firstAt: at, lastAt: at })
    .execute();
  // Before entering.
  for (const id of people) {
    await use(id, "Report Exported");
    await buy(id);
  }
  const common = {
    days: 30,
    holdout: { share: 0.5, reason: null },
    steps: steps({ id: "wait", kind: "wait", hours: 96 }, { id: "task", kind: "task", title: "Call" }),
  };
  const buying = await addPlay({ ...common, goal: { kind: "purchase" } });
  const using = await addPlay({ ...common, goal: { kind: "feature", feature: "Report Exported" } });
  const staying = await addPlay({ ...common, goal: { kind: "retained" } });
  await work();
  const begun = nines.clock.now();
  const end = new Date(begun.getTime() + 30 * 24 * 3_600_000);
  /** Two of each arm, of each play others. */
  const some = async (playId: string) => {
    const of = (arm: string, entered: Awaited<ReturnType<typeof enrolments>>) =>
      entered.filter((each) => each.arm === arm).map(({ customerId }) => customerId);
    const entered = await enrolments(playId);
    const [treated, holdout] = [of("treated", entered), of("holdout", entered)];
    return { early: [treated[0]!, holdout[0]!], late: [treated[1]!, holdout[1]!] };
  };
  const [buyers, users, leavers] = [await some(buying), await some(using), await some(staying)];
  await later(2);
  for (const id of buyers.early) await buy(id);
  for (const id of users.early) await use(id, "Report Exported");
  for (const id of users.late) await use(id, "Report Opened");
  for (const id of leavers.early) await set(id, { churnedAt: "2026-10-20" });
  await later(3);
  const stopped = async (playId: string) =>
    (await enrolments(playId))
      .filter(({ stoppedBy }) => stoppedBy === "goal")
      .map(({ customerId }) => customerId);
  expect(await stopped(buying)).toContain(buyers.early[0]);
  expect(await stopped(using)).toContain(users.early[0]);
  expect(await stopped(staying)).toEqual([]);
  for (const [playId, [reached]] of [
    [buying, buyers.early],
    [using, users.early],
  ] as const) {
    const tasks = (await runs(playId)).filter(({ kind }) => kind === "task");
    expect(tasks.length).toBeGreaterThan(1);
    expect(tasks.map(({ customerId }) => customerId)).not.toContain(reached);
  }
  await later(24);
  const all = async () =>
    (await Promise.all([buying, using, staying].map((playId) => enrolments(playId)))).flat();
  expect((await all()).filter(({ settledAt }) => settledAt !== null)).toEqual([]);
  // Nobody looks until five days after the end: what happened meanwhile is too late, and leaving then as well.
  nines.clock.advance(4 * 24 * 3_600_000);
  for (const id of buyers.late) await buy(id);
  for (const id of users.late) await use(id, "Report Exported");
  for (const id of leavers.late) await set(id, { churnedAt: "2026-11-14" });
  await nines.runJobs();
  await later(2);
  const reached = async (playId: string) =>
    (await enrolments(playId)).filter((each) => each.reached).map(({ customerId }) => customerId);
  expect((await all()).every(({ settledAt, state }) => settledAt !== null && state !== "active")).toBe(true);
  expect(new Set(await reached(buying))).toEqual(new Set(buyers.early));
  expect(new Set(await reached(using))).toEqual(new Set(users.early));
  expect(new Set(await reached(staying))).toEqual(
    new Set(people.filter((id) => !leavers.early.includes(id))),
  );
  expect((await enrolments(staying)).find((each) => each.reached)?.goalAt).toEqual(end);
});

test("branches and waits go both ways, what happened before a wait ends it, and who is in a play keeps its version", async () => {
  const company = await newPlayCompany();
  const { nines, client, addCustomers, addPlay, editPlay, work, later, enrolments, runs } = company;
  const { answer, use, set } = doing(company);
  const people = await addCustomers(20);
  await answer("p4@example.com", 10);
  nines.clock.advance(60_000);
  const playId = await addPlay({
    holdout: everybody,
    stop: { goal: false, complaint: true, reply: true, higherPriority: true },
    steps: steps(
      {
        id: "listen",
        kind: "wait",
        hours: 240,
        until: { kind: "answer", categories: ["promoter"] },
        next: "vip",
        otherwise: "answered",
      },
      { id: "answered", kind: "branch", when: { kind: "answered" }, next: "answer", otherwise: "share" },
      {
        id: "answer",
        kind: "branch",
        when: { kind: "answer", categories: ["detractor"] },
        next: "vip",
        otherwise: "share",
      },
      { id: "share", kind: "branch", when: { kind: "share", share: 0.5 }, next: "seen", otherwise: "not" },
      {
        id: "vip",
        kind: "branch",
        when: { kind: "customer", filter: { kind: "trait", trait: "vip", is: "equal", value: true } },
        next: "seen",
        otherwise: "not",
      },
      {
        id: "seen",
        kind: "wait",
        hours: 480,
        until: { kind: "event", event: "Report Exported" },
        next: null,
        otherwise: null,
      },
      { id: "not", kind: "task", title: "Call" },
    ),
  });
  const old = (await addCustomers(1, { prefix: "old", plan: "edited" }))[0]!;
  const edited = await addPlay({
    holdout: everybody,
    audience: onPlan("edited"),
    steps: steps({ id: "wait", kind: "wait", hours: 24 }, mail("mail"), {
      id: "long",
      kind: "wait",
      hours: 240,
      until: { kind: "event", event: "Invited" },
    }),
  });
  await work();
  const ways = async (customer: string) =>
    new Set(
      (await runs(playId))
        .filter((run) => run.customerId === customer && run.state === "done")
        .map(({ step, went }) => `${step} ${went}`),
    );

  await later(0.5);
  await use(people[0]!, "Report Exported");
  // Seen by those who look for events, long before they come to where it is waited for.
  for (let i = 0; i < 2; i++) {
    await work();
    nines.clock.advance(600_000);
  }
  await editPlay(edited, {
    start: "mail",
    steps: steps(mail("mail", { languages: { en: { subject: "New", body: "Newly written." } } }), {
      id: "task",
      kind: "task",
      title: "Call",
    }),
  });
  const newcomer = (await addCustomers(1, { prefix: "new", plan: "edited" }))[0]!;
  await set(people[0]!, { vip: true });
  await answer("p0@example.com", 10);
  await answer("p1@example.com", 9);
  await answer("p2@example.com", 3);
  await answer("p3@example.com", 8);
  await later(1);
  // At once, also the wait for what they had done by then.
  expect(await ways(people[0]!)).toEqual(new Set(["listen vip", "vip seen", "seen null"]));
  expect(await ways(people[1]!)).toEqual(new Set(["listen vip", "vip not", "not null"]));
  expect(await ways(people[2]!)).toEqual(new Set([]));
  const got = company.mailServer.received.map(({ to, raw }) => [to, raw.includes("Newly written.")]);
  expect(new Map(got as [string, boolean][])).toEqual(
    new Map([
      ["old0@example.com", false],
      ["new0@example.com", true],
    ]),
  );
  const stepsOf = async (customer: string) =>
    (await runs(edited))
      .filter(({ customerId }) => customerId === customer)
      .map(({ step, version }) => `${version} ${step}`)
      .sort();
  expect(await stepsOf(old)).toEqual(["1 long", "1 mail", "1 wait"]);
  expect(await stepsOf(newcomer)).toEqual(["2 mail", "2 task"]);

  // What happens while a play is paused is not missed, though others were looked after meanwhile.
  await client.ask("POST", `/plays/${edited}/state`, { state: "paused" });
  await use(old, "Invited");
  for (let i = 0; i < 2; i++) {
    await work();
    nines.clock.advance(600_000);
  }
  await client.ask("POST", `/plays/${edited}/state`, { state: "live" });
  await work();
  expect((await enrolments(edited)).map(({ state }) => state)).toEqual(["done", "done"]);

  await later(9);
  expect(await ways(people[2]!)).toEqual(
    new Set(["listen answered", "answered answer", "answer vip", "vip not", "not null"]),
  );
  const byChance = (id: string) =>
    isHeldOut(placeOf(`${playId}/share`, salt, id), 0.5) ? ["share seen"] : ["share not", "not null"];
  const { salt } = await nines.db
    .selectFrom("plays")
    .select("salt")
    .where("id", "=", playId)
    .executeTakeFirstOrThrow();
  expect(await ways(people[3]!)).toEqual(
    new Set(["listen answered", "answered answer", "answer share", ...byChance(people[3]!)]),
  );
  const chances = new Set<string>();
  for (const id of people.slice(4)) {
    expect(await ways(id)).toEqual(new Set(["listen answered", "answered share", ...byChance(id)]));
    chances.add(byChance(id)[0]!);
  }
  expect(chances.size).toBe(2);

  // Nobody looked for events for long; a server that is started then misses none.
  const waits = people.slice(4).find((id) => byChance(id)[0] === "share seen")!;
  await use(waits, "Report Exported");
  nines.clock.advance(2 * 3_600_000);
  await newEventWatch(nines.resources)();
  await runSteps(nines.resources);
  expect(await ways(waits)).toContain("seen null");
});

test("accounts are drawn as a whole and before anything is sent; the permanent holdout is in no arm, and is asked and looked after", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, client, addCustomers, addPlay, work, later, enrolments } = company;
  const { answer } = doing(company);
  const { db, pool } = nines;
  await db.updateTable("actSettings").set({ permanentHoldout: 0.4 }).execute();
  const people = await addCustomers(60);
  const accountOf = async (ids: readonly string[]) =>
    pool.query(
      `with made as (
         insert into accounts (workspace_id, id, key)
         select $1, md5(n::text)::uuid, n::text from generate_series(0, 9) as n on conflict do nothing)
       update customers c set account_id = md5((k.n % 10)::text)::uuid
       from unnest($2::uuid[]) with ordinality as k (id, n) where c.id = k.id`,
      [workspaceId, ids],
    );
  await accountOf(people.slice(10));
  const playId = await addPlay({
    assign: "account",
    holdout: { share: 0.5, reason: null },
    steps: steps(mail("mail"), { id: "ask", kind: "ask", survey: company.surveyId, day: 20 }),
  });
  await enterPlays(nines.resources);
  expect(await db.selectFrom("messages").select("id").execute()).toEqual([]);
  const held = (id: string) =>
    isPermanentlyHeldOut({ id: workspaceId, salt: "permanent", permanentHoldout: 0.4 }, id);
  const check = async (all: readonly string[]) => {
    const entered = await enrolments(playId);
    expect(new Set(entered.map(({ customerId }) => customerId))).toEqual(
      new Set(all.filter((id) => !held(id))),
    );
    const { salt } = await db
      .selectFrom("plays")
      .select("salt")
      .where("id", "=", playId)
      .executeTakeFirstOrThrow();
    const accounts = new Map(
      (await db.selectFrom("customers").select(["id", "accountId"]).execute()).map((row) => [
        row.id,
        row.accountId,
      ]),
    );
    for (const { customerId, unitId, place, arm } of entered) {
      // Without an account: by themselves.
      expect(unitId).toBe(accounts.get(customerId) ?? customerId);
      expect(place).toBe(placeOf(playId, salt, unitId));
      expect(arm).toBe(isHeldOut(place, 0.5) ? "holdout" : "treated");
    }
    return entered;
  };
  expect(new Set((await check(people)).map(({ arm }) => arm)).size).toBe(2);
  await work();
  // Who comes later follows their account.
  const newer = await addCustomers(20, { prefix: "q" });
  await accountOf(newer);
  await later(0.01);
  const entered = await check([...people, ...newer]);
  const treated = entered.filter(({ arm }) => arm === "treated");
  const written = company.mailServer.received.length;
  expect(written).toBe(treated.length);

  const addresses = new Map(
    (await db.selectFrom("customers").select(["id", "email"]).execute()).map(({ id, email }) => [id, email!]),
  );
  const left = people.filter(held);
  expect(left.length).toBeGreaterThan(1);
  await later(20);
  expect(await db.selectFrom("invitations").select("id").where("customerId", "in", left).execute()).toEqual(
    [],
  );
  // Surveys ask them as all others, and their answers are looked after.
  await client.ask("POST", "/invitations", {
    surveyId: company.surveyId,
    channel: "email",
    customer: { email: addresses.get(left[0]!) },
  });
  await work();
  expect(company.mailServer.received.filter(({ to }) => to === addresses.get(left[0]!))).toHaveLength(1);
  await answer(addresses.get(left[1]!)!, 2);
  expect(
    await db.selectFrom("cases").select("openedBy").where("customerId", "=", left[1]!).execute(),
  ).toEqual([{ openedBy: "detractor" }]);
});

test("nobody is lost where a survey or a play is paused for long, where members alone are told, or where clocks differ", async () => {
  const company = await newPlayCompany();
  const { nines, workspaceId, client, addCustomers, addPlay, work, later, enrolments, runs, surveyId } =
    company;
  const asking = (plan: string, days: number, survey = surveyId) =>
    addPlay({
      days,
      holdout: { share: 0.5, reason: null },
      audience: onPlan(plan),
      steps: steps({ id: "wait", kind: "wait", hours: 24 }, { id: "ask", kind: "ask", survey, day: 10 }),
    });
  const of = (plan: string) => addCustomers(8, { prefix: plan, plan });
  const lost = await of("short");
  const erased = (await of("long"))[0]!;
  await of("over");
  const [short, long, over] = [await asking("short", 20), await asking("long", 60), await asking("over", 30)];
  const surveys = [await mailedSurvey(nines, workspaceId), await mailedSurvey(nines, workspaceId)] as const;
  await of("old");
  await of("off");
  const [old, off] = [await asking("old", 30, surveys[0]), await asking("off", 30, surveys[1])];
  const quiet = (await addCustomers(1, { prefix: "quiet", plan: "quiet" }))[0]!;
  await nines.db
    .updateTable("customers")
    .set({ unsubscribedAt: nines.clock.now() })
    .where("id", "=", quiet)
    .execute();
  nines.clock.advance(60_000);
  const telling = await addPlay({
    holdout: everybody,
    audience: onPlan("quiet"),
    steps: steps({ id: "task", kind: "task", title: "Call" }, { id: "wait", kind: "wait", hours: 2_000 }),
  });
  await work();
  expect((await runs(telling)).map(({ step, state }) => `${step} ${state}`)).toEqual([
    "task done",
    "wait due",
  ]);
  // The clock of the server where it is ended is behind that of the worker that looked at it.
  nines.clock.advance(-5_000);
  // Nor does a clock that was set back keep anybody out.
  await addCustomers(1, { prefix: "newer", plan: "long" });
  await client.ask("POST", `/plays/${telling}/state`, { state: "ended" });
  await work();
  expect(await enrolments(telling)).toMatchObject([{ state: "stopped", stoppedBy: "play_ended" }]);
  expect((await runs(telling)).map(({ step, state }) => `${step} ${state}`)).toEqual([
    "task done",
    "wait cancelled",
  ]);
  expect(await enrolments(long)).toHaveLength(9);

  // In the middle of their wait.
  expect((await client.send("DELETE", `/customers/${erased}`)).status).toBe(204);
  await later(5.001);
  await client.ask("POST", `/surveys/${surveyId}/state`, { state: "paused" });
  await client.ask("POST", `/surveys/${surveys[0]}/state`, { state: "archived" });
  await nines.pool.query(
    `update surveys set settings = jsonb_set(settings, '{channels,email}', 'false') where id = $1`,
    [surveys[1]],
  );
  await client.ask("POST", `/plays/${over}/state`, { state: "paused" });
  await later(5);
  const asks = async (playId: string) => [
    ...new Set(
      (await runs(playId))
        .filter(({ kind }) => kind === "ask")
        .map(({ state, reason }) => `${state} ${reason}`),
    ),
  ];
  expect([await asks(short), await asks(long)]).toEqual([["due survey_not_live"], ["due survey_not_live"]]);
  expect([await asks(old), await asks(off)]).toEqual([["skipped survey_not_live"], ["skipped channel_off"]]);
  await later(10);
  expect([await asks(short), await asks(long)]).toEqual([
    ["skipped survey_not_live"],
    ["due survey_not_live"],
  ]);
  expect((await enrolments(short)).filter(({ state }) => state === "active")).toEqual([]);
  await client.ask("POST", `/surveys/${surveyId}/state`, { state: "live" });
  await later(1);
  expect(await asks(long)).toEqual(["done null"]);
  expect((await runs(long)).filter(({ kind }) => kind === "ask")).toHaveLength(8);
  expect(
    (await enrolments(long)).filter(({ state, arm }) => state === "active" && arm === "treated"),
  ).toEqual([]);
  // Paused until its days are over: asked no more, and all go on.
  await later(15);
  await client.ask("POST", `/plays/${over}/state`, { state: "live" });
  await work();
  expect(await asks(over)).toEqual(["skipped too_late"]);
  expect((await enrolments(over)).filter(({ state }) => state === "active")).toEqual([]);
  const { items } = await client.ask<{ items: TimelineItem[] }>(
    "GET",
    `/customers/${lost[0]}/timeline?kind=plays`,
  );
  expect(
    items.filter((item) => item.kind === "play").map(({ what, reason }) => [what, reason]),
  ).toContainEqual(["not_asked", "survey_not_live"]);
});
