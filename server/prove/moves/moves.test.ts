import { sql } from "kysely";
import { expect, test } from "vitest";
import * as company from "../../../test/passive-company.ts";
import { addCustomer, answer, ask, type Company } from "../../../test/passive-company.ts";
import { isPermanentlyHeldOut } from "../../act/plays/assign-arm.ts";
import { rebuildScoreDays } from "../../collect/rebuild-score-days.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { countedMoves } from "./count-moves.ts";
import type { MovedCustomer, Moves } from "./moves.ts";

const v1 = "/api/v1";
const spring = "2026-05-02T08:00:00Z";
const autumn = "2026-08-02T08:00:00Z";

async function get<Body>({ owner }: Company, path: string, status = 200): Promise<Body> {
  const response = await owner.fetch("GET", `${v1}${path}`);
  expect(response.status, await response.clone().text()).toBe(status);
  return (await response.json()) as Body;
}

/** A company with the survey that its answers are to; once all is stored, days and standings follow. */
async function newCompany() {
  const nines = await company.newCompany();
  const { db, workspaceId } = nines;
  await db
    .insertInto("surveys")
    .values({ workspaceId, id: workspaceId, name: "NPS", question: "?", settings: "{}" })
    .execute();
  const refresh = async () => {
    await rebuildScoreDays(db, workspaceId);
    await nines.refresh();
  };
  return { ...nines, refresh };
}

interface Page {
  items: MovedCustomer[];
  next: string | null;
}

/** One who answered so in spring, and so, or not at all, in autumn. */
async function moves(nines: Company, name: string, before: number | null, after: number | null, traits = {}) {
  const id = await addCustomer(nines, name, { traits });
  if (before === null) await ask(nines, id, spring);
  else await answer(nines, id, before, spring);
  if (after === null) await ask(nines, id, autumn);
  else await answer(nines, id, after, autumn);
  return id;
}

/** 34 passives of spring (one of whom answered twice, one of whom has left), and some others. */
async function peopled() {
  const nines = await newCompany();
  for (let i = 0; i < 12; i++) await moves(nines, `Up ${i}`, 8, 9, { revenue: 100 + i });
  for (let i = 0; i < 8; i++) await moves(nines, `Same ${i}`, 7, 8);
  for (let i = 0; i < 4; i++) await moves(nines, `Down ${i}`, 7, 3);
  for (let i = 0; i < 8; i++) await moves(nines, `Quiet ${i}`, 8, null);
  const twice = await moves(nines, "Twice", 7, 6);
  await answer(nines, twice, 8, "2026-08-03T08:00:00Z");
  await answer(nines, twice, 0, "2026-04-30T23:59:59Z");
  await moves(nines, "=Left", 8, 9, { churnedAt: "2026-09-30", revenue: 5000, currency: "EUR" });
  await moves(nines, "Silent twice", null, null);
  await moves(nines, "Woke", null, 10);
  await moves(nines, "Fan", 10, 10);
  const fresh = await addCustomer(nines, "Fresh");
  await answer(nines, fresh, 4, autumn);
  const notAgain = await addCustomer(nines, "Not again");
  await answer(nines, notAgain, 9, spring);
  await nines.refresh();
  return nines;
}

const cell = (rows: Moves["together"], from: string, to: string) =>
  rows.find(({ category }) => category === from)?.cells.find(({ category }) => category === to);

test("moves are counted once for each customer, with the silent and the gone, in shares of 30 and more only", async () => {
  const nines = await peopled();
  const all = await get<Moves>(nines, "/moves");
  expect(all.from).toMatchObject({ id: "2026-Q2", name: "Q2 2026", from: "2026-04-01", to: "2026-06-30" });
  expect(all.to?.id).toBe("2026-Q3");
  expect(all).toMatchObject({ customers: 37, silentBoth: 1, notAskedAgain: 1, newlyAsked: 1, open: false });
  const passives = all.together.find(({ category }) => category === "passive");
  expect(passives).toMatchObject({ n: 34, enough: true });
  expect(passives?.cells.map(({ count }) => count)).toEqual([12, 9, 4, 8, 1]);
  // Wilson's interval of 12 of 34, by prop.test(12, 34, correct = FALSE) of R.
  const up = cell(all.together, "passive", "promoter");
  expect(up?.share).toBeCloseTo(35.29, 2);
  expect(up?.interval?.map((end) => Math.round(end * 100) / 100)).toEqual([21.49, 52.09]);
  expect(cell(all.together, "silent", "promoter")).toMatchObject({ count: 1, share: null, interval: null });
  expect(cell(all.apart, "passive7", "passive8")?.count).toBe(9);
  expect(cell(all.apart, "passive8", "promoter")?.count).toBe(12);
  expect(all.sameCustomers).toBeNull();
  expect(all.holdout).toBeNull();
  expect(all.chance).toEqual([]);

  const same = await get<Moves>(nines, "/moves?from=2026-05-01..2026-05-31&to=2026-08-01..2026-08-02");
  expect(cell(same.together, "passive", "detractor")?.count).toBe(5);
  expect(same.from).toEqual({
    id: "2026-05-01..2026-05-31",
    name: null,
    from: "2026-05-01",
    to: "2026-05-31",
  });
});

test("a cell shows its customers, the highest revenue first, by pages and as a file", async () => {
  const nines = await peopled();
  const first = await get<Page>(nines, "/moves/customers?before=passive&limit=10");
  expect(first.items.map(({ name }) => name).slice(0, 3)).toEqual(["=Left", "Up 11", "Up 10"]);
  expect(first.items[0]).toMatchObject({
    before: "passive8",
    beforeScore: 8,
    after: "gone",
    afterScore: null,
  });
  expect(first.next).not.toBeNull();
  const walk = async (limit: number, cursor = ""): Promise<string[]> => {
    const { items, next } = await get<Page>(nines, `/moves/customers?limit=${limit}${cursor}`);
    const ids = items.map(({ id }) => id);
    return next === null ? ids : [...ids, ...(await walk(limit, `&cursor=${next}`))];
  };
  const all = await walk(200);
  expect(new Set(all).size).toBe(37);
  // Through those of the highest revenue first and those without a revenue at the end.
  expect(await walk(7)).toEqual(all);
  const down = await get<Page>(nines, "/moves/customers?before=passive7&after=detractor");
  expect(down.items).toHaveLength(4);
  const file = await nines.owner.fetch("GET", `${v1}/moves/customers.csv?before=passive&after=gone`);
  expect(file.headers.get("content-disposition")).toContain("moves-2026-Q2-2026-Q3.csv");
  const [head, line, end] = (await file.text()).split("\r\n");
  expect(head).toMatch(/^customer,name,.*before,score before,after/);
  expect(line).toContain("'=Left");
  expect(line).toContain("passive8,8,gone,,");
  expect(end).toBe("");
});

test("beside each row stands what chance does, and those whom no play contacts", async () => {
  const nines = await newCompany();
  const { workspaceId, db } = nines;
  const salt = "w";
  await db
    .insertInto("actSettings")
    .values({ workspaceId, permanentHoldout: 0.5, permanentSalt: salt })
    .execute();
  const ids: string[] = [];
  for (let i = 0; i < 90; i++) ids.push(await moves(nines, `P ${i}`, 7 + (i % 2), [9, 8, 3][i % 3]!));
  await nines.refresh();
  const before = await get<Moves>(nines, "/moves");
  expect(before.holdout).toBeNull();
  const at = new Date(autumn);
  const entered = { workspaceId, customerId: ids[0]!, id: crypto.randomUUID(), playId: crypto.randomUUID() };
  await db
    .insertInto("enrolments")
    .values({
      ...entered,
      version: 1,
      unitId: ids[0]!,
      place: 0.5,
      arm: "treated",
      enteredAt: at,
      resultDue: at,
    })
    .execute();
  const { holdout, chance, sameCustomers } = await get<Moves>(nines, "/moves");
  const workspace = { id: workspaceId, salt, permanentHoldout: 0.5 };
  const held = ids.filter((id) => isPermanentlyHeldOut(workspace, id));
  expect(held.length).toBeGreaterThan(29);
  expect(holdout).toMatchObject({ share: 0.5, customers: held.length });
  const [row] = holdout!.rows;
  expect(row).toMatchObject({ category: "passive", n: 90 - held.length, heldOut: held.length });
  const up = held.filter((id) => ids.indexOf(id) % 3 === 0).length;
  expect(row!.cells[0]).toMatchObject({ category: "promoter", heldOut: { count: up } });
  expect(row!.cells[0]!.difference).toBeCloseTo(100 * ((30 - up) / (90 - held.length) - up / held.length), 8);
  // Nobody answered anything but 7 and 8, so by chance all would again.
  expect(chance).toMatchObject([{ category: "passive", n: 90 }]);
  expect(chance[0]!.cells.map(({ expected }) => expected.map(Math.round))).toEqual([
    [0, 0],
    [100, 100],
    [0, 0],
  ]);
  expect(sameCustomers).toMatchObject({ n: 90, before: 0, after: 0, distinguishable: false });
});

test("where counting takes long, numbers are kept for a while, then shown once more and counted meanwhile", async () => {
  const nines = await peopled();
  const { db, clock, workspaceId } = nines;
  // As a count that took ten seconds leaves it: three passives who became promoters, whatever is stored.
  const groups = JSON.stringify([{ before: 8, after: 9, heldOut: false, n: 3 }]);
  const choice = "2026-04-01 2026-06-30 2026-07-01 2026-09-30  ";
  const keep = async (seconds: number) => {
    const countedAt = clock.now();
    await db
      .insertInto("moveCounts")
      .values({ workspaceId, surveyId: workspaceId, choice, countedAt, seconds, groups })
      .execute();
    return countedAt.toISOString();
  };
  const look = async () => {
    const { customers, countedAt, counting } = await get<Moves>(nines, "/moves");
    return [customers, countedAt, counting];
  };
  const countedAt = await keep(10);
  clock.advance(16 * 60_000);
  expect(await look()).toEqual([3, countedAt, false]);
  clock.advance(60_000);
  expect(await look()).toEqual([3, countedAt, true]);
  expect(await look()).toEqual([3, countedAt, true]);
  expect(await waitingCounts(nines)).toBe(1);
  await nines.runJobs();
  // These few are counted at once.
  expect(await look()).toEqual([37, null, false]);
  // What is old is counted anew at once, where that is quick enough.
  await keep(10);
  clock.advance(3_600_000);
  expect(await look()).toEqual([37, null, false]);
  expect(await db.selectFrom("moveCounts").selectAll().execute()).toEqual([]);
});

test("the first count that takes longer than a page waits is refused and goes on without the page", async () => {
  const nines = await peopled();
  const { db, clock, url, workspaceId } = nines;
  const database = openDatabase(url, { connections: 2, patience: { read: 300 } });
  const from = { from: "2026-04-01", to: "2026-06-30" };
  const span = { workspaceId, surveyId: workspaceId, from, to: { from: "2026-07-01", to: "2026-09-30" } };
  try {
    await db.transaction().execute(async (locked) => {
      await sql`lock table responses in access exclusive mode`.execute(locked);
      await expect(countedMoves({ database, clock }, span, null)).rejects.toMatchObject({
        options: { reason: "counting", retryAfterSeconds: 60 },
      });
    });
  } finally {
    await database.close();
  }
  expect(await waitingCounts(nines)).toBe(1);
  await nines.runJobs();
  expect(await get<Moves>(nines, "/moves")).toMatchObject({ customers: 37, counting: false });
});

async function waitingCounts({ db, workspaceId }: Company): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pgboss.job where name = 'count-moves' and data ->> 'workspaceId' = ${workspaceId}`.execute(
    db,
  );
  return rows[0]!.n;
}

test("what is no period, or no two of them, is said in a sentence", async () => {
  const nines = await newCompany();
  const none = await get<Moves>(nines, "/moves");
  expect(none).toMatchObject({ from: null, to: null, together: [], customers: 0 });
  const refused = async (query: string, status: number) =>
    (await get<{ error: { message: string } }>(nines, `/moves${query}`, status)).error.message;
  expect(await refused("?from=spring", 422)).toMatch(/^from: "spring" is no period; write a wave as 2026-Q3/);
  expect(await refused("?to=2026-05-02..2026-05-01", 422)).toMatch(/ends before it begins/);
  expect(await refused("?from=2026-Q3&to=2026-Q2", 422)).toMatch(/choose a later one/);
  expect(await refused("/customers", 404)).toMatch(/no two waves with answers yet/);
  await moves(nines, "Ada", 8, 9);
  await nines.refresh();
  expect(await refused("/customers?cursor=x", 422)).toMatch(/^cursor: is not one of this list/);
  expect(await refused("/customers?before=lukewarm", 422)).toContain("before");
});
