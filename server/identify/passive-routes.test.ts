import { expect, test } from "vitest";
import {
  addCustomer,
  answer,
  ask,
  behave,
  newCompany,
  nameFeatures,
  type Company,
} from "../../test/passive-company.ts";
import type { PassiveCustomer, Passives } from "./passives/passives.ts";
import type { RulePreview } from "./passives/preview-rules.ts";

const v1 = "/api/v1";

async function get<Body>({ owner }: Company, path: string): Promise<Body> {
  const response = await owner.fetch("GET", `${v1}${path}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Body;
}

interface Page {
  items: PassiveCustomer[];
  next: string | null;
  total: number;
}

/** Six passives, three of them cooling, two who are passive by behaviour, two silent, and others. */
async function peopled() {
  const nines = await newCompany();
  const add = async (name: string, revenue: number | null, plan = "Team", currency = "EUR") =>
    addCustomer(nines, name, { traits: { plan, ...(revenue !== null && { revenue, currency }) } });
  const at =
    (score: number, name: string, state: "cooling" | "flat" | "warming" | "dormant", change: number) =>
    async (revenue: number | null, plan?: string, currency?: string) => {
      const id = await add(name, revenue, plan, currency);
      await answer(nines, id, score);
      await behave(nines, id, { state, change });
      return id;
    };
  await at(8, "=Ada", "cooling", -0.5)(300);
  await at(8, "Bo", "cooling", -0.2)(500);
  await at(8, "Cy", "flat", 0.02)(900);
  await at(7, "Di", "dormant", -1)(100);
  await at(7, "Ed", "warming", 3)(null);
  await at(7, "Fay", "flat", 0)(70, "Solo", "USD");
  await at(10, "Gil", "cooling", -0.4)(1000);
  await at(10, "Hal", "flat", 0)(1000);
  const silent = await add("Ivy", 40);
  await ask(nines, silent, "2026-09-01T08:00:00Z");
  const quiet = await add("Jo", 50);
  await ask(nines, quiet, "2026-09-01T08:00:00Z");
  await ask(nines, quiet, "2026-06-01T08:00:00Z");
  await behave(nines, quiet, { state: "warming", change: 0.3 });
  await add("Kim", 5000);
  const left = await addCustomer(nines, "Lou", { traits: { churnedAt: "2026-01-01" } });
  await answer(nines, left, 7);
  await nines.refresh();
  return nines;
}

test("the map counts each customer once, by what they said and do, with revenue in the main currency", async () => {
  const nines = await peopled();
  const map = await get<Passives>(nines, "/passives");
  expect(map).toMatchObject({
    customers: 11,
    respondents: 8,
    passives: 6,
    sevens: 3,
    eights: 3,
    passiveShare: 75,
    statuses: { stated: 3, behavioural: 2, both: 3, silent: 1 },
    currency: "EUR",
    otherCurrencies: 1,
    activityKnown: true,
    refreshing: false,
    plans: [
      { plan: "Team", customers: 8 },
      { plan: "Solo", customers: 1 },
    ],
  });
  expect(map.passiveShareInterval![0]).toBeCloseTo(40.93, 1);
  expect(map.reasons.filter(({ customers }) => customers > 0)).toEqual([
    { rule: "declining_use", customers: 4, stated: 3 },
    { rule: "scarce_answers", customers: 1, stated: 0 },
  ]);
  const cells = Object.fromEntries(
    map.rows.map(({ row, cells }) => [
      row,
      cells
        .filter(({ customers }) => customers > 0)
        .map(({ state, customers, revenue }) => [state, customers, revenue.amount, revenue.customers]),
    ]),
  );
  expect(cells).toEqual({
    "8": [
      ["cooling", 2, 800, 2],
      ["flat", 1, 900, 1],
    ],
    "7": [
      ["dormant", 1, 100, 1],
      ["flat", 1, 0, 0],
      ["warming", 1, 0, 0],
    ],
    others: [["cooling", 1, 1000, 1]],
    silent: [
      ["warming", 1, 50, 1],
      ["unknown", 1, 40, 1],
    ],
  });
  expect(map.rows.map(({ dots }) => dots!.map(({ name }) => name))).toEqual([
    ["=Ada", "Bo", "Cy"],
    ["Di", "Fay", "Ed"],
    ["Gil"],
    ["Jo", "Ivy"],
  ]);
});

test("the list is filtered, sorted and paged, and goes into a file that no spreadsheet takes for formulas", async () => {
  const nines = await peopled();
  const names = async (query: string) => {
    const found: (string | null)[] = [];
    let cursor = "";
    do {
      const page = await get<Page>(
        nines,
        `/passives/customers?limit=2&${query}${cursor && `&cursor=${cursor}`}`,
      );
      found.push(...page.items.map(({ name }) => name));
      cursor = page.next ?? "";
      if (!cursor) expect(page.total).toBe(found.length);
    } while (cursor);
    return found.join(" ");
  };
  expect(await names("")).toBe("Bo =Ada Di Cy Fay Ed Gil Jo Ivy");
  expect(await names("sort=revenue")).toBe("Gil Cy Bo =Ada Di Fay Jo Ivy Ed");
  expect(await names("sort=change")).toMatch(/^Di =Ada Gil Bo Fay Cy Jo Ed Ivy$/);
  expect(await names("row=8&state=cooling")).toBe("Bo =Ada");
  expect(await names("row=others")).toBe("Gil");
  expect(await names("row=silent")).toBe("Jo Ivy");
  expect(await names("status=both")).toBe("Bo =Ada Di");
  expect(await names("reason=scarce_answers")).toBe("Jo");
  expect(await names("plan=Solo")).toBe("Fay");
  const made = await nines.owner.fetch("POST", `${v1}/segments`, {
    name: "Rich",
    filter: { kind: "revenue", is: "above", value: 450 },
  });
  const { id } = (await made.json()) as { id: string };
  expect(await names(`segment=${id}`)).toBe("Bo Cy Gil");

  const { items } = await get<Page>(nines, "/passives/customers?row=8&limit=1");
  expect(items[0]).toMatchObject({
    name: "Bo",
    externalId: "Bo",
    plan: "Team",
    score: 8,
    category: "passive",
    status: "both",
    state: "cooling",
    change: -0.2,
    usual: 30,
    weeks: [30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    revenue: 500,
    currency: "EUR",
    reasons: [{ rule: "declining_use", values: { state: "cooling", change: -0.2 } }],
  });
  const file = await nines.owner.fetch("GET", `${v1}/passives/customers.csv?row=8`);
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="passives-2026-10-13.csv"');
  expect(
    (await file.text())
      .split("\r\n")
      .slice(0, 3)
      .map((line) => line.slice(0, line.lastIndexOf(","))),
  ).toEqual([
    "customer,name,email,account,plan,status,since,score,answered,asked,activity,change in percent,reasons,revenue,currency",
    "Bo,Bo,,,Team,both,2026-10-13,8,2026-09-01,0,cooling,-20,declining_use,500,EUR",
    "'=Ada,'=Ada,,,Team,both,2026-10-13,8,2026-09-01,0,cooling,-50,declining_use,300,EUR",
  ]);
  for (const [query, sentence] of [
    ["cursor=nonsense", /^cursor: is not one of ours; take `next`/],
    ["row=9", /^row: /],
    [`segment=${crypto.randomUUID()}`, /segment/],
  ] as const) {
    const refused = await nines.owner.fetch("GET", `${v1}/passives/customers?${query}`);
    expect(((await refused.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  }
});

test("rules are tried before they are chosen, and choosing them looks at everybody anew", async () => {
  const nines = await peopled();
  await nameFeatures(nines);
  const stricter = {
    declining_use: { settings: { drop: 0.45, dormant: false } },
    scarce_answers: { enabled: false },
  };
  const preview = await nines.owner.fetch("POST", `${v1}/passive-rules/preview`, stricter);
  const tried = (await preview.json()) as RulePreview;
  expect(tried).toMatchObject({ customers: 11, lookedAt: 11, behavioural: { customers: 1, interval: null } });
  expect(tried.rules.map(({ customers }) => customers)).toEqual([1, 0, 0, 0, 0, 0, 0]);
  expect(tried.norms).toEqual([{ plan: "", promoters: 2, days: null, depth: null, features: [] }]);

  const saved = await nines.owner.fetch("PUT", `${v1}/passive-rules`, stricter);
  const { rules, shipped } = (await saved.json()) as {
    rules: Record<string, unknown>;
    shipped: Record<string, unknown>;
  };
  expect(rules["declining_use"]).toEqual({
    enabled: true,
    settings: { drop: 0.45, weeks: 0, dormant: false },
  });
  expect(rules["browsing"]).toEqual(shipped["browsing"]);
  // What is as shipped is not kept.
  expect(await nines.db.selectFrom("passiveRules").select("rule").orderBy("rule").execute()).toEqual([
    { rule: "declining_use" },
    { rule: "scarce_answers" },
  ]);
  expect((await get<Passives>(nines, "/passives")).refreshing).toBe(true);
  await nines.runJobs();
  const map = await get<Passives>(nines, "/passives");
  expect(map.refreshing).toBe(false);
  expect(map.statuses).toEqual({ stated: 5, behavioural: 0, both: 1, silent: 2 });
  await nines.owner.fetch("PUT", `${v1}/passive-rules`, {});
  await nines.runJobs();
  expect((await get<Passives>(nines, "/passives")).statuses).toEqual({
    stated: 3,
    behavioural: 2,
    both: 3,
    silent: 1,
  });

  for (const [body, sentence] of [
    [{ declining_use: { settings: { drop: 5 } } }, "declining_use.settings.drop: at most 0.95."],
    [{ browsing: { settings: { events: [] } } }, "browsing.settings.events: name at least one event."],
    [{ moon_phase: {} }, /moon_phase/],
    [
      { minimal_use: { settings: { share: "much" } } },
      "minimal_use.settings.share: send a share as a number, such as 0.5.",
    ],
  ] as const) {
    const refused = await nines.owner.fetch("PUT", `${v1}/passive-rules`, body);
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  }
});

test("beyond what can be shown one by one, the map has how many there are at each change", async () => {
  const nines = await newCompany();
  const { workspaceId } = nines;
  await nines.pool.query(
    `insert into standings (workspace_id, customer_id, score, category, answers, asked, state, change, status, reason_values)
     select $1, gen_random_uuid(), case when i <= 1999 then 8 end, case when i <= 1999 then 'passive' end, (i <= 1999)::int, 1,
       'flat', (i % 3 - 1) * 0.1, case when i <= 1999 then 'stated' else 'silent' end, '{}'
     from generate_series(1, 2010) as i`,
    [workspaceId],
  );
  const map = await get<Passives>(nines, "/passives");
  const eights = map.rows[0]!;
  expect(eights.dots).toHaveLength(1999);
  const silent = map.rows[3]!;
  expect(silent).toMatchObject({ customers: 11, dots: null });
  expect(silent.bins).toHaveLength(80);
  expect(silent.bins!.reduce((sum, n) => sum + n, 0)).toBe(11);
  expect(silent.bins!.slice(35, 45).filter((n) => n > 0)).toHaveLength(3);
});
