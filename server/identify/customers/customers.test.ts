import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../../test/api-client.ts";
import { newLiveSurvey } from "../../../test/live-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import type { Recorded } from "../../collect/response.ts";
import type { Customer, ListedCustomer } from "./customer.ts";
import type { TimelineItem } from "./timeline/timeline.ts";

type Page<Item> = { items: Item[]; next: string | null; total: number; totalIsExact: boolean };

async function newNines() {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  return { nines, ...client, surveyId: await newLiveSurvey(nines, client.workspaceId) };
}

/** All items of a list, page by page. */
async function readAll<Item>({ ask }: Pick<ApiClient, "ask">, path: string, limit: number): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<Item> = await ask(
      "GET",
      `${path}${path.includes("?") ? "&" : "?"}limit=${limit}${more}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

/** Events as they are stored: some of each name on each day, an hour apart. */
async function act(
  { pool }: TestApp,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
  days: Record<string, readonly string[]>,
) {
  for (const [day, names] of Object.entries(days))
    await pool.query(
      `insert into events (workspace_id, customer_id, at, id, received_at, type, name)
       select $1, $2, $3::timestamptz + n * interval '1 hour', gen_random_uuid(), now(), 'track', name
       from unnest($4::text[]) with ordinality as e (name, n)`,
      [workspaceId, customerId, `${day}T06:00:00Z`, names],
    );
}

test("customers are listed, searched, filtered and sorted, page by page; what is wrong gets a sentence", async () => {
  const { nines, ask, send } = await newNines();
  const answer = async (score: number, customer: object) => {
    nines.clock.advance(1_000);
    return (await ask<Recorded>("POST", "/responses", { score, customer })).customerId;
  };
  const acme = { id: "acme", name: "Acme Works" };
  const ids = [
    await answer(8, {
      id: "c-1",
      name: "Ada",
      email: "ada@example.com",
      account: acme,
      traits: { revenue: 900 },
    }),
    await answer(3, { id: "c-2", name: "bob", traits: { revenue: 20 } }),
    await answer(9, { email: "eve_1@example.com" }),
    await answer(7, { id: "c-4", name: "Zoë", account: acme }),
  ];
  await ask("POST", "/responses", { score: 1 });
  nines.clock.advance(1_000);
  const made = await ask<{ ids: string[] }>("POST", "/customers", {
    customers: [{ id: "c-5", phone: "+49 30 5" }],
  });
  await ask("POST", "/suppressions", { email: "eve_1@example.com", reason: "unsubscribed" });
  const complaint = await ask<{ id: string }>("POST", "/complaints", { customerId: ids[1], note: "Late" });
  await nines.pool.query("update customers set verified = false where external_id = 'c-2'");
  await nines.runJobs();

  const list = (query: string) => readAll<ListedCustomer>({ ask }, `/customers${query}`, 2);
  const named = async (query: string) =>
    (await list(query)).map(({ name, email, externalId }) => name ?? email ?? externalId);
  expect(await named("?sort=name")).toEqual(["Ada", "c-5", "eve_1@example.com", "Zoë"]);
  expect(await named("?sort=name&who=all&text=o")).toEqual(["Ada", "bob", "eve_1@example.com", "Zoë"]);
  expect(await named("")).toEqual(["c-5", "Zoë", "eve_1@example.com", "Ada"]);
  expect(await named("?sort=score")).toEqual(["Zoë", "Ada", "eve_1@example.com", "c-5"]);
  expect(await named("?sort=revenue&who=all")).toEqual(expect.arrayContaining(["Ada", "bob"]));
  expect((await named("?sort=revenue")).slice(0, 1)).toEqual(["Ada"]);
  for (const sort of ["answered", "active", "change"])
    expect((await named(`?sort=${sort}&who=all`)).length).toBe(6);
  expect(await named("?text=acme%20w")).toEqual(["Zoë", "Ada"]);
  expect(await named("?text=eve_1")).toEqual(["eve_1@example.com"]);
  expect(await named("?text=%25")).toEqual([]);
  expect(await named(`?text=${ids[0]!}`)).toEqual(["Ada"]);
  expect(await named("?text=5&sort=name")).toEqual(["c-5"]);
  expect(await named("?status=stated,both&category=passive")).toEqual(["Zoë", "Ada"]);
  expect(await named("?state=unknown&mark=unsubscribed")).toEqual(["eve_1@example.com"]);
  expect(await named("?mark=complaint")).toEqual([]);
  expect(await named("?who=unverified")).toEqual(["bob"]);
  const everybody = await ask<Page<ListedCustomer>>("GET", "/customers?who=all&limit=1");
  expect(everybody).toMatchObject({ total: 6, totalIsExact: true });
  const [ada] = await list("?text=ada");
  expect(ada).toMatchObject({
    score: 8,
    status: "stated",
    revenue: 900,
    account: { name: "Acme Works" },
    marks: [],
  });
  const segment = await ask<{ id: string }>("POST", "/segments", {
    name: "No address",
    filter: { kind: "contact", is: "one_of", value: ["no_address"] },
  });
  expect(await named(`?segment=${segment.id}&sort=name`)).toEqual(["c-5", "Zoë"]);

  const csv = await (await send("POST", "/customers/export", { who: "all", text: "@" })).text();
  expect(csv.split("\n")).toHaveLength(4);
  expect(csv).toContain(",Ada,ada@example.com,Acme Works,");
  const one = await (await send("POST", "/customers/export", { ids: [ids[3], ids[1]] })).text();
  expect(one.trimEnd().split("\n")).toHaveLength(2);

  for (const [query, sentence] of [
    ["?sort=age", /sort/],
    ["?status=warm", /status\.0: is none of stated, behavioural, both, silent/],
    ["?cursor=nonsense", /is not one of this list/],
    [`?cursor=${Buffer.from('["name","a","b"]').toString("base64url")}`, /is not one of this list/],
    ["?segment=5", /is not the id of a segment/],
  ] as const) {
    const refused = await send("GET", `/customers${query}`);
    expect(refused.status, query).toBe(422);
    expect(((await refused.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  }

  // To some of them at once.
  expect(await ask("POST", "/customers/bulk", { do: "unsubscribe", ids: [...ids, made.ids[0]] })).toEqual({
    n: 2,
  });
  expect(await ask("POST", "/customers/bulk", { do: "close_complaints", ids })).toEqual({ n: 1 });
  const row = await nines.db.selectFrom("complaints").selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ id: complaint.id, closedAt: nines.clock.now() });
  expect(await ask("POST", "/customers/erase", { ids: [ids[1], ids[1], ids[3]] })).toEqual({ n: 2 });
  expect(await named("?who=all&sort=name&text=c")).toEqual(["Ada", "c-5", "eve_1@example.com"]);
});

test("a customer's page: facts, keys, answers by wave, what promoters of their plan use; under the id of before a merge too", async () => {
  const { nines, ask, send, workspaceId } = await newNines();
  const { pool } = nines;
  const acme = { id: "acme", name: "Acme" };
  const person = { id: "c-1", email: "ada@example.com", name: "Ada", account: acme, traits: { plan: "pro" } };
  const answers = [
    await ask<Recorded>("POST", "/responses", {
      id: "q1",
      score: 7,
      at: "2026-03-02T10:00:00Z",
      customer: person,
    }),
    await ask<Recorded>("POST", "/responses", {
      id: "q3",
      score: 8,
      at: "2026-08-02T10:00:00Z",
      customer: person,
    }),
  ];
  const { customerId } = answers[0]!;
  const other = await ask<Recorded>("POST", "/responses", {
    score: 6,
    customer: { email: "a.lovelace@example.com" },
  });
  await ask("POST", "/complaints", { customerId, note: "Too slow" });
  const figures = {
    promoters: 24,
    days: 3,
    events: 9,
    features: { Export: 0.75, Budgets: 0.5, Rare: 0.2, Reports: 0.9 },
  };
  await nines.runJobs();
  await pool.query("update passive_norms set figures = figures || $1, measured_at = now()", [figures]);
  await pool.query(
    `insert into feature_use (workspace_id, customer_id, name, n, first_at, last_at, long)
     values ($1, $2, 'Reports', 3, '2026-01-01', '2026-10-10', 1), ($1, $2, 'Budgets', 3, '2026-01-01', '2026-05-10', 1)`,
    [workspaceId, customerId],
  );
  await pool.query(`update customers set traits_at = '{"plan":"2026-04-01T00:00:00.000Z"}' where id = $1`, [
    customerId,
  ]);
  const merged = await ask("POST", `/customers/${customerId}/merge`, { from: other.customerId });
  expect(merged).toEqual({ id: customerId, merged: true });
  expect(await ask("POST", `/customers/${customerId}/merge`, { from: other.customerId })).toMatchObject({
    merged: false,
  });

  const customer = await ask<Customer>("GET", `/customers/${other.customerId}`);
  expect(customer).toMatchObject({
    id: customerId,
    name: "Ada",
    email: "ada@example.com",
    account: { key: "acme", name: "Acme", customers: 1 },
    traits: [{ name: "plan", value: "pro", at: "2026-04-01T00:00:00.000Z" }],
    complaints: [{ note: "Too slow" }],
    promoters: {
      plan: null,
      n: 24,
      features: [
        { name: "Export", share: 0.75 },
        { name: "Budgets", share: 0.5 },
      ],
    },
  });
  expect(customer.keys).toEqual([
    { kind: "email", value: "a.lovelace@example.com" },
    { kind: "email", value: "ada@example.com" },
    { kind: "id", value: "c-1" },
  ]);
  expect(customer.answers.map(({ wave, score }) => [wave, score])).toEqual([
    ["2026-Q4", 6],
    ["2026-Q3", 8],
    ["2026-Q1", 7],
  ]);
  await nines.runJobs();
  expect((await ask<Customer>("GET", `/customers/${customerId}`)).standing).toMatchObject({
    score: 6,
    answers: 3,
  });

  expect((await send("DELETE", `/customers/${other.customerId}`)).status).toBe(204);
  for (const path of [`/customers/${customerId}`, `/customers/${customerId}/timeline`]) {
    const refused = await send("GET", path);
    expect(refused.status).toBe(404);
  }
});

test("the timeline has everything once, newest first, whatever the size of its pages", async () => {
  const { nines, ask, send, workspaceId, surveyId } = await newNines();
  const { pool } = nines;
  const person = { id: "c-1", email: "ada@example.com" };
  const { customerId } = await ask<Recorded>("POST", "/responses", {
    score: 7,
    at: "2026-02-01T10:00:00Z",
    comment: "Fine",
    customer: person,
  });
  await ask("POST", "/responses", { score: 9, at: "2026-05-01T10:00:00Z", customer: person });
  const other = await ask<Recorded>("POST", "/responses", {
    score: 2,
    at: "2026-01-05T10:00:00Z",
    customer: { email: "a@example.com" },
  });
  await ask("POST", "/invitations", { surveyId, customer: person, channel: "api" });
  const complaint = await ask<{ id: string }>("POST", "/complaints", { customerId, note: "Slow" });
  await ask("POST", `/complaints/${complaint.id}/close?customer=${customerId}`);
  await ask("POST", `/customers/${customerId}/merge`, { from: other.customerId });
  await ask("POST", "/suppressions", { email: "a@example.com", reason: "unsubscribed" });
  const own = { workspaceId, customerId };
  await act(nines, own, {
    "2026-05-01": ["Opened", "Opened", "Exported", "Opened", "Opened"],
    "2026-04-30": ["Opened"],
    "2025-11-02": ["Signed up"],
  });
  await pool.query(
    `insert into purchases (workspace_id, customer_id, id, at, revenue, currency, coupon)
     values ($1, $2, gen_random_uuid(), '2026-05-01T10:00:00.000900Z', 120, 'EUR', 'MAY')`,
    [workspaceId, customerId],
  );
  await pool.query(
    `insert into feature_use (workspace_id, customer_id, name, n, first_at, last_at, long)
     values ($1, $2, 'Exported', 1, '2026-05-01T09:00:00Z', '2026-05-01T09:00:00Z', 1)`,
    [workspaceId, customerId],
  );
  await pool.query(
    `insert into event_names (workspace_id, name, counts_as, first_at, last_at) values ($1, 'Exported', 'feature', now(), now())`,
    [workspaceId],
  );
  await pool.query("update workspaces set time_zone = 'Asia/Tokyo'");

  const path = `/customers/${customerId}/timeline`;
  const all = await readAll<TimelineItem>({ ask }, path, 200);
  const kinds =
    "answer answer answer complaint complaint created invitation merge purchase suppression visit visit visit";
  expect(all.map(({ kind }) => kind).toSorted()).toEqual(kinds.split(" "));
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  for (const limit of [1, 2, 3, 5]) expect(await readAll<TimelineItem>({ ask }, path, limit)).toEqual(all);
  const answers = all.filter((item) => item.kind === "answer");
  expect(answers.map(({ score, previousScore }) => [score, previousScore])).toEqual([
    [9, 7],
    [7, 2],
    [2, null],
  ]);
  const visits = all.filter((item) => item.kind === "visit");
  expect(visits).toMatchObject([
    {
      day: "2026-05-01",
      n: 5,
      names: 2,
      events: [
        { name: "Opened", n: 4 },
        { name: "Exported", n: 1 },
      ],
      firsts: ["Exported"],
      at: "2026-05-01T11:00:00.000Z",
    },
    { day: "2026-04-30", n: 1 },
    { day: "2025-11-02", n: 1, firsts: [] },
  ]);
  const some = await readAll<TimelineItem>({ ask }, `${path}?kind=visits,purchases`, 2);
  expect(some.map(({ kind }) => kind)).toEqual(["visit", "purchase", "visit", "visit"]);
  expect((await send("GET", `${path}?kind=dreams`)).status).toBe(422);
  expect((await send("GET", `${path}?cursor=x`)).status).toBe(422);
});
