import { expect, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import {
  addCustomer,
  addPromoters,
  allFeatures,
  answer,
  ask,
  behave,
  buy,
  nameFeatures,
  newCompany,
  now,
  standing,
  type Behaviour,
} from "../../../test/passive-company.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";

test("each rule finds those it is about and says why; nobody is guessed", async () => {
  const nines = await newCompany();
  await nameFeatures(nines);
  await addPromoters(nines, "Team", { days: 5, events: 40 });
  await addPromoters(nines, "Solo", { days: 1, uses: 30 }, 21);
  const team = { traits: { plan: "Team" } };
  const usual = { days: 5, events: 40, features: allFeatures };
  const make = async (name: string, behaviour: Behaviour | undefined, traits: object = team.traits) => {
    const id = await addCustomer(nines, name, { traits });
    if (behaviour) await behave(nines, id, behaviour);
    return id;
  };
  const found = {
    cooling: await make("cooling", { ...usual, state: "cooling", change: -0.42 }),
    dormant: await make("dormant", { ...usual, state: "dormant", change: -1 }),
    basics: await make("basics", { ...usual, features: ["Invoice Sent"] }),
    browsing: await make("browsing", { ...usual, browsed: 25 }),
    discount: await make("discount", usual),
    infrequent: await make("infrequent", { ...usual, days: 1 }),
    minimal: await make("minimal", { ...usual, uses: 40 }),
    // As much as is usual on the smaller plan.
    solo: await make("solo", { ...usual, days: 1, uses: 25 }, { plan: "Solo" }),
    unknown: await make("unknown", { days: 1, events: 1, state: "unknown", change: 0 }),
    nothing: await make("nothing", undefined),
    buyer: await make("buyer", { ...usual, browsed: 25 }),
    left: await make(
      "left",
      { ...usual, state: "dormant", change: -1 },
      { plan: "Team", churnedAt: "2026-09-01" },
    ),
    asked: await make("asked", undefined),
    askedTwice: await make("askedTwice", undefined),
    askedToday: await make("askedToday", undefined),
    visitor: await addCustomer(nines, "visitor", { anonymous: true }),
  };
  await behave(nines, found.visitor, { state: "cooling", change: -0.5 });
  await buy(nines, found.discount, [5, 5, 5]);
  await buy(nines, found.buyer, [0, 0, 0, 5, 0, 0]);
  await ask(nines, found.asked, "2026-09-01T08:00:00Z");
  await ask(nines, found.askedTwice, "2026-06-01T08:00:00Z");
  await ask(nines, found.askedTwice, "2026-09-01T08:00:00Z");
  await ask(nines, found.askedToday, "2026-10-13T07:00:00Z");
  await nines.refresh();

  const rows = await nines.db
    .selectFrom("standings")
    .innerJoin("customers", "customers.id", "customerId")
    .select(["name", "reasons", "status"])
    .execute();
  const reasons = Object.fromEntries(
    rows
      .filter(({ name }) => Object.hasOwn(found, name ?? ""))
      .map(({ name, reasons, status }) => [name, [status, ...reasons].join(" ")]),
  );
  expect(reasons).toEqual({
    cooling: "behavioural declining_use",
    dormant: "behavioural declining_use",
    basics: "behavioural basic_features",
    browsing: "behavioural browsing",
    discount: "behavioural discount_only",
    infrequent: "behavioural infrequent_sessions",
    minimal: "behavioural minimal_use",
    askedTwice: "behavioural scarce_answers",
    asked: "silent",
    solo: "",
    unknown: "",
    nothing: "",
    buyer: "",
    left: "",
    askedToday: "",
    visitor: "",
  });
  expect((await standing(nines, found.left)).gone).toBe(true);
  const valuesOf = async (id: string) => (await standing(nines, id)).reasonValues;
  expect(await valuesOf(found.cooling)).toEqual({
    declining_use: {
      state: "cooling",
      change: -0.42,
      usual: 30,
      recent: 17.4,
      since: "2026-08-03",
      last: "2026-10-12",
    },
  });
  expect(await valuesOf(found.basics)).toEqual({
    basic_features: { used: 1, usual: 4, plan: "Team" },
  });
  expect(await valuesOf(found.infrequent)).toEqual({
    infrequent_sessions: { days: 1, usual: 5, plan: "Team" },
  });
  expect(await valuesOf(found.discount)).toEqual({ discount_only: { purchases: 3, discounted: 3 } });
  expect(await valuesOf(found.browsing)).toEqual({ browsing: { times: 25, days: 90 } });
});

test("an answer, a rule and their end move the status, and since when is kept", async () => {
  const nines = await newCompany();
  const id = await addCustomer(nines, "Ada");
  const step = async (at: string) => {
    nines.clock.set(at);
    await nines.refresh([id]);
    const { status, statusSince, score, previousScore, answers } = await standing(nines, id);
    return [status, statusSince?.toISOString().slice(0, 10) ?? null, score, previousScore, answers];
  };
  expect(await step("2026-10-13T08:00:00Z")).toEqual([null, null, null, null, 0]);
  await answer(nines, id, 9, "2026-03-01T08:00:00Z");
  expect(await step("2026-10-14T08:00:00Z")).toEqual([null, null, 9, null, 1]);
  await answer(nines, id, 7, "2026-10-14T10:00:00Z");
  expect(await step("2026-10-15T08:00:00Z")).toEqual(["stated", "2026-10-14", 7, 9, 2]);
  await behave(nines, id, { state: "cooling", change: -0.3, stateSince: "2026-10-12" });
  expect(await step("2026-10-16T08:00:00Z")).toEqual(["both", "2026-10-16", 7, 9, 2]);
  const before = await standing(nines, id);
  expect(await step("2026-10-17T08:00:00Z")).toEqual(["both", "2026-10-16", 7, 9, 2]);
  // Nothing changed, so nothing was written.
  expect(await standing(nines, id)).toEqual(before);
  await answer(nines, id, 10, "2026-10-18T08:00:00Z");
  expect(await step("2026-10-18T09:00:00Z")).toEqual(["behavioural", "2026-10-18", 10, 7, 3]);
  await nines.db.updateTable("engagement").set({ state: "warming", change: 0.2 }).execute();
  expect(await step("2026-10-19T09:00:00Z")).toEqual([null, null, 10, 7, 3]);
});

test("rules that are off or set otherwise are obeyed; an account's revenue is counted once; the gone are removed", async () => {
  const nines = await newCompany();
  const { db, workspaceId } = nines;
  const accountId = newId(nines.clock);
  await db
    .insertInto("accounts")
    .values({
      workspaceId,
      id: accountId,
      key: "acme",
      name: "Acme",
      traits: JSON.stringify({ revenue: 1200, currency: "EUR", plan: "Team" }),
    })
    .execute();
  const a = await addCustomer(nines, "a", { accountId });
  const b = await addCustomer(nines, "b", { accountId, traits: { plan: "Solo" } });
  const c = await addCustomer(nines, "c", { accountId, traits: { revenue: "90.5", currency: "USD" } });
  const d = await addCustomer(nines, "d", { traits: { revenue: "a lot" } });
  await buy(nines, d, [0, 0]);
  await behave(nines, a, { state: "cooling", change: -0.2 });
  await behave(nines, b, { state: "dormant", change: -1 });
  await behave(nines, c, { state: "cooling", change: -0.6 });
  await db
    .insertInto("passiveRules")
    .values([
      { workspaceId, rule: "declining_use", settings: JSON.stringify({ drop: 0.5 }) },
      { workspaceId, rule: "scarce_answers", enabled: false, settings: "{}" },
      // Of an older Nines: no longer a rule.
      { workspaceId, rule: "moon_phase", settings: "{}" },
    ])
    .execute();
  for (const at of ["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"]) await ask(nines, d, at);
  await nines.refresh();
  const rows = await db
    .selectFrom("standings")
    .innerJoin("customers", "customers.id", "customerId")
    .select(["name", "standings.plan", "revenue", "currency", "countedRevenue", "status"])
    .orderBy("name")
    .execute();
  expect(rows).toEqual([
    { name: "a", plan: "Team", revenue: 1200, currency: "EUR", countedRevenue: 400, status: null },
    { name: "b", plan: "Solo", revenue: 1200, currency: "EUR", countedRevenue: 400, status: "behavioural" },
    { name: "c", plan: "Team", revenue: 90.5, currency: "USD", countedRevenue: 90.5, status: "behavioural" },
    { name: "d", plan: null, revenue: 100, currency: "EUR", countedRevenue: 100, status: "silent" },
  ]);
  await db.deleteFrom("customers").where("id", "in", [a, d]).execute();
  await nines.refresh([a]);
  await nines.refresh();
  expect(await db.selectFrom("standings").select("customerId").orderBy("customerId").execute()).toEqual(
    [b, c].sort().map((customerId) => ({ customerId })),
  );
});

test("answers, sent invitations, imports and the day's first look bring standings up to date by themselves", async () => {
  const nines = await newTestApp({ now });
  const { owner, workspaceId } = await newWorkspace(nines);
  await owner.fetch("POST", "/api/v1/responses", { score: 8, customer: { email: "ada@x.example" } });
  await nines.runJobs();
  const scores = async () =>
    await nines.db
      .selectFrom("standings")
      .select(["score", "status"])
      .where("workspaceId", "=", workspaceId)
      .execute();
  expect(await scores()).toEqual([{ score: 8, status: "stated" }]);
  await nines.db.deleteFrom("standings").execute();
  nines.clock.set("2026-10-14T08:00:00Z");
  await send(nines.db, "refresh-standings", {});
  await nines.runJobs();
  expect(await scores()).toHaveLength(1);
  // Looked at today already.
  await nines.db.deleteFrom("standings").execute();
  await send(nines.db, "refresh-standings", {});
  await nines.runJobs();
  expect(await scores()).toEqual([]);
});
