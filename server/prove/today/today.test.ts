import { expect, test } from "vitest";
import { mailedSurvey } from "../../../test/mailed-survey.ts";
import { addCustomer, answer, behave, type Company, newCompany } from "../../../test/passive-company.ts";
import { type Browser, newWorkspace } from "../../../test/sign-in.ts";
import { many, storePlay } from "../../../test/store-play.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Case } from "../../act/inbox/case.ts";
import type { Forecast } from "../../collect/asking/forecast.ts";
import type { PassiveCustomer } from "../../identify/passives/passives.ts";
import type { PlayResult } from "../results/play-result.ts";
import type { TodayItem } from "./today.ts";

const hour = 3_600_000;

async function ask<Body>({ fetch }: Browser, path: string, method = "GET", body?: object): Promise<Body> {
  const response = await fetch(method, `/api/v1${path}`, body);
  expect(response.ok, await response.clone().text()).toBe(true);
  return (await response.json()) as Body;
}

const today = async (member: Browser) => (await ask<{ items: TodayItem[] }>(member, "/today")).items;

/** Four detractors, one of them late; six passives of whom some began to cool; three plays; two surveys. */
async function busyCompany() {
  const nines = await newCompany();
  const { owner, clock, workspaceId, db } = nines;
  const answered = async (name: string, score: number) => {
    const customer = { email: `${name}@x.example`, name, account: { id: name, name: `${name} Ltd` } };
    const made = await ask<{ customerId: string }>(owner, "/responses", "POST", {
      id: name,
      score,
      customer,
    });
    await nines.runJobs();
    return made.customerId;
  };
  await answered("early", 1);
  clock.advance(50 * hour);
  await answered("next", 3);
  clock.advance(hour);
  await answered("third", 6);
  await answered("done", 0);
  const { items } = await ask<{ items: Case[] }>(owner, "/cases?state=open");
  const done = items.find(({ customer }) => customer.name === "done")!;
  await ask(owner, `/cases/${done.id}`, "PATCH", { state: "closed" });
  const title = "Call about the contract";
  await ask(owner, "/cases", "POST", { customerId: await answered("calm", 8), title });
  // Another one of customers who are in the list already, one of them late.
  for (const name of ["early", "third"]) {
    const { customer } = items.find((each) => each.customer.name === name)!;
    await ask(owner, "/cases", "POST", { customerId: customer.id, title });
  }

  await passives(nines);
  const win = { plan: { treated: 300, holdout: 300 }, name: "Show me more" };
  const promoters = { entered: 60, reached: true, score: 9 };
  const others = { entered: 60, score: 7 };
  const enrolled = [
    ...many(90, { arm: "treated", ...promoters }),
    ...many(210, { arm: "treated", ...others }),
    ...many(60, { arm: "holdout", ...promoters }),
    ...many(240, { arm: "holdout", ...others }),
  ] as const;
  const play = await storePlay(nines, workspaceId, { ...win, enrolled });
  const decided = await storePlay(nines, workspaceId, { ...win, name: "Decided", enrolled });
  await storePlay(nines, workspaceId, { name: "Too few", enrolled: enrolled.slice(0, 20) });
  await send(db, "measure-plays", {});
  await nines.runJobs();
  const kept = await owner.fetch("POST", `/api/v1/plays/${decided}/decision`, { decision: "keep" });
  expect(kept.status).toBe(204);

  const rhythm = { kind: "once", at: null } as const;
  const survey = await mailedSurvey(nines, workspaceId, { settings: { rhythm, restDays: 0 } });
  await mailedSurvey(nines, workspaceId, { settings: { rhythm: { kind: "manual" } } });
  return { ...nines, play, survey };
}

/** By their answer and by behaviour, cooling since the last whole week, the one before, and longer. */
async function passives(nines: Company): Promise<void> {
  const cooling = async (
    name: string,
    stateSince: string,
    { score, state = "cooling", left }: { score?: number; state?: "cooling" | "dormant"; left?: string } = {},
  ) => {
    const traits = { plan: "Team", revenue: 1_200, currency: "EUR", ...(left && { churnedAt: left }) };
    const id = await addCustomer(nines, name, { traits });
    if (score !== undefined) await answer(nines, id, score);
    // Unless an account of theirs says something else, declining use makes them passive by behaviour.
    await behave(nines, id, { state, change: -0.5, stateSince });
  };
  await cooling("last whole week", "2026-10-05", { score: 8 });
  await cooling("Monday before that", "2026-09-28", { score: 7 });
  await cooling("Sunday before", "2026-09-27", { score: 7 });
  await cooling("promoter", "2026-10-05", { score: 10 });
  await cooling("by behaviour", "2026-10-05");
  await cooling("stopped", "2026-10-05", { score: 8, state: "dormant" });
  await cooling("left", "2026-10-05", { score: 8, left: "2026-10-01" });
  await nines.refresh();
}

test("today says who waits, who cools, what to decide and whom surveys ask, each as its page lists them", async () => {
  const { owner, play, survey, ...nines } = await busyCompany();
  const items = await today(owner);
  const of = <Kind extends TodayItem["kind"]>(kind: Kind) => {
    const found = items.filter((item): item is Extract<TodayItem, { kind: Kind }> => item.kind === kind);
    expect(found, kind).toHaveLength(1);
    return found[0]!;
  };
  // The deadline that has passed, then the next batch, then what has none.
  expect(items.map(({ kind }) => kind)).toEqual(["reply", "check", "decide", "review"]);

  const cases = await ask<{ items: Case[]; counts: { open: number; late: number } }>(
    owner,
    "/cases?state=open",
  );
  const [longest] = cases.items;
  const reply = of("reply");
  expect(reply).toMatchObject({ customers: 4, cases: 6, detractors: 3, late: 1, deadline: longest!.dueAt });
  expect(reply).toMatchObject({ cases: cases.counts.open, late: cases.counts.late });
  expect(cases.items).toHaveLength(reply.cases);
  const whose = (some: readonly Case[]) => new Set(some.map(({ customer }) => customer.id)).size;
  expect(whose(cases.items)).toBe(reply.customers);
  expect(whose(cases.items.filter(({ score }) => score !== null && score <= 6))).toBe(reply.detractors);
  expect(reply.longest).toMatchObject({
    caseId: longest!.id,
    name: "early Ltd",
    openedAt: longest!.openedAt,
    dueAt: longest!.dueAt,
  });

  const review = of("review");
  expect(review).toMatchObject({ since: "2026-09-28", customers: 2, revenue: 2_400, currency: "EUR" });
  const listed = await ask<{ total: number; items: PassiveCustomer[] }>(
    owner,
    `/passives/customers?row=answered&state=cooling&stateSince=${review.since}&sort=revenue`,
  );
  expect(listed.total).toBe(review.customers);
  expect(new Set(listed.items.map(({ name }) => name))).toEqual(
    new Set(["last whole week", "Monday before that"]),
  );
  const basic = ({ reasons }: PassiveCustomer) => reasons.some(({ rule }) => rule === "basic_features");
  expect(listed.items.filter(basic)).toHaveLength(review.basic);

  const decide = of("decide");
  const { difference, ready } = await ask<PlayResult>(owner, `/plays/${play}/result`);
  expect(ready).toBe(true);
  expect(decide).toMatchObject({ play: { id: play, name: "Show me more" }, verdict: "keep" });
  // docs/methods/deciding.md: 90 and 60 of 300 each.
  expect(decide.difference!.points).toBeCloseTo(10);
  expect(decide.difference!.interval[0]).toBeCloseTo(100 * difference!.low);
  expect(decide.difference!.interval[1]).toBeCloseTo(100 * difference!.high);

  const check = of("check");
  const { settings } = await nines.db
    .selectFrom("surveys")
    .select("settings")
    .where("id", "=", survey)
    .executeTakeFirstOrThrow();
  const forecast = await ask<Forecast>(owner, `/surveys/${survey}/forecast`, "POST", { settings });
  const held = forecast.heldBack.reduce((sum, { n }) => sum + n, 0);
  expect(forecast).toMatchObject({ asked: 5, heldBack: [{ reason: "no_address" }] });
  expect(check).toMatchObject({
    survey: { id: survey, name: "By mail" },
    deadline: forecast.nextAt,
    asked: forecast.asked,
    next: { at: forecast.nextAt, customers: forecast.nextN },
    heldBack: { customers: held, most: "no_address" },
  });

  // Nothing of it is another workspace's, which has nothing to do.
  const other = await newWorkspace(nines, { name: "Other", email: "other@other.example" });
  expect(await today(other.owner)).toEqual([]);
});
