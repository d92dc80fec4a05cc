import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { newWorkspace } from "../../test/sign-in.ts";
import { send } from "../platform/jobs/send.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import type { Engagement, WorkspaceEngagement } from "./engagement/engagement.ts";
import { evaluateEngagement } from "./engagement/evaluate-engagement.ts";
import { foldEvents } from "./engagement/fold-events.ts";
import { newEventRecorder } from "./events/record-events.ts";

const day = 86_400_000;
const weeks = 62;

/** A member of a new workspace. */
async function newClient(nines: TestApp) {
  const { workspaceId, owner } = await newWorkspace(nines);
  const fetch = async (method: string, path: string, body?: unknown) =>
    owner.fetch(method, `/api/v1${path}`, body);
  return {
    workspaceId,
    fetch,
    ask: async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
      const response = await fetch(method, path, body);
      expect(response.ok, path).toBe(true);
      return (await response.json()) as Answer;
    },
  };
}

/**
 * A company of 40 customers and 62 weeks until Monday, 18 January 2027. Two weeks of Christmas: most are away. Every
 * eighth does half from October on; every eleventh leaves in November.
 */
async function newCompany() {
  const nines = await newTestApp({ now: "2027-01-18T09:00:00Z" });
  const client = await newClient(nines);
  const random = seededRandom("company");
  const recorder = newEventRecorder(nines.resources);
  const messages = Array.from({ length: 40 }, (_, i) => {
    const usual = 14 + (i % 5) * 4;
    return Array.from({ length: weeks }, (_, week) => {
      const monday = Date.parse("2027-01-18T00:00:00Z") - (weeks - week) * 7 * day;
      const holiday = week === weeks - 4 || week === weeks - 3 ? (i % 4 ? 0.05 : 0.7) : 1;
      const own = i % 8 === 7 && week >= weeks - 14 ? 0.45 : i % 11 === 10 && week >= weeks - 10 ? 0 : 1;
      const event = (name: string, at: number) => ({
        type: "track" as const,
        messageId: crypto.randomUUID(),
        userId: `u${i}`,
        name,
        at: new Date(at),
      });
      // On weekdays, and by day; whoever comes signs in first.
      const used = Array.from({ length: random.poisson(usual * holiday * own) }, () =>
        event(
          ["Report opened", "Invoice sent"][random.categorical([3, 1])]!,
          monday + random.integer(5) * day + (8 + random.integer(10)) * 3_600_000,
        ),
      );
      const days = new Set(used.map(({ at }) => Math.floor(at.getTime() / day) * day));
      return [...used, ...[...days].map((at) => event("Signed in", at + 7 * 3_600_000))];
    }).flat();
  }).flat();
  // The newest first: late events are all the others.
  messages.sort((a, b) => b.at.getTime() - a.at.getTime());
  for (let i = 0; i < messages.length; i += 2_000)
    await recorder.record(client.workspaceId, messages.slice(i, i + 2_000), { trusted: true });
  const idOf = async (userId: string) => {
    const { customerId } = await nines.db
      .selectFrom("customerKeys")
      .select("customerId")
      .where("workspaceId", "=", client.workspaceId)
      .where("key", "=", `id:${userId}`)
      .executeTakeFirstOrThrow();
    return customerId;
  };
  return { nines, client, messages, idOf };
}

test("states are found from events; Christmas makes nobody cool; a member decides what counts, and it is counted anew", async () => {
  const { nines, client, messages, idOf } = await newCompany();
  const { resources, db } = nines;
  const { workspaceId } = client;
  await nines.runJobs();
  // As every hour.
  await send(db, "evaluate-engagement", {});
  await nines.runJobs();

  const summary = await client.ask<WorkspaceEngagement>("GET", "/engagement");
  expect(summary.weeks).toHaveLength(53);
  expect(summary.weeks.at(-1)!.week).toBe("2027-01-11");
  expect(summary.weeks.at(-4)!.rhythm).toBeGreaterThan(0.15);
  expect(summary.weeks.at(-4)!.rhythm).toBeLessThan(0.45);
  expect(summary.weeks.at(-1)!.rhythm).toBeGreaterThan(0.85);
  expect(summary.weeks.reduce((n, { events }) => n + events, 0)).toBeGreaterThan(0.8 * messages.length);
  for (const { week, states } of summary.weeks) {
    const total = Object.values(states).reduce((a, b) => a + b);
    expect(total).toBe(40);
    // Five really cool; three leave. Until October nobody does.
    if (week < "2026-10-12") expect(states.cooling + states.dormant, week).toBeLessThanOrEqual(2);
    expect(states.cooling, week).toBeLessThanOrEqual(7);
    // Ten go on working over Christmas, which is more than their usual share.
    expect(states.warming, week).toBeLessThanOrEqual(week < "2026-12-21" ? 2 : 5);
  }
  const states = await Promise.all(
    Array.from({ length: 40 }, async (_, i) =>
      client.ask<Engagement>("GET", `/customers/${await idOf(`u${i}`)}/engagement`),
    ),
  );
  const gone = states.filter((_, i) => i % 11 === 10 && i % 8 !== 7);
  expect(gone.map(({ state }) => state)).toEqual(gone.map(() => "dormant"));
  const cooled = states.filter((_, i) => i % 8 === 7 && i % 11 !== 10);
  expect(
    cooled.filter(({ weeks }) => weeks.some(({ state }) => state === "cooling")).length,
  ).toBeGreaterThanOrEqual(cooled.length - 1);
  const others = states.filter((_, i) => i % 8 !== 7 && i % 11 !== 10);
  expect(others.filter(({ state }) => state === "cooling" || state === "dormant").length).toBeLessThanOrEqual(
    1,
  );

  const [first] = states;
  expect(first!.weeks).toHaveLength(53);
  expect(first!.thisWeek).toEqual({ week: "2027-01-18", events: 0, days: 0 });
  expect(first!.usual!.level).toBeGreaterThan(8);
  expect(first!.usual!.low).toBeLessThan(first!.usual!.level);
  // The middle 80 % of weeks, Christmas included.
  const within = first!.weeks.filter(
    ({ events, usual }) => usual && events >= usual.low && events <= usual.high,
  );
  expect(within.length / first!.weeks.length).toBeGreaterThan(0.65);
  expect(first!.weeks.at(-1)!.state).toBe(first!.state);
  expect(first!.perWeek!.usual).toBeGreaterThan(8);
  expect(first!.trend).toBeLessThan(0.5);
  expect(first!.features.map(({ name }) => name)).toEqual(["Report opened", "Invoice sent"]);
  expect(first!.breadth).toBeGreaterThan(1.5);
  expect(first!.breadth).toBeLessThan(2);

  const patch = (name: string, countsAs: string | null) =>
    client.ask("PATCH", `/event-names/${encodeURIComponent(name)}`, { countsAs });
  expect(await patch("Report opened", "nothing")).toMatchObject({ countsAs: "nothing", decided: true });
  await nines.runJobs();
  const after = await client.ask<Engagement>("GET", `/customers/${await idOf("u0")}/engagement`);
  const left = messages.filter(({ userId, name }) => userId === "u0" && name !== "Report opened");
  const row = await db
    .selectFrom("engagement")
    .select(["weekEvents"])
    .where("customerId", "=", await idOf("u0"))
    .executeTakeFirstOrThrow();
  expect(row.weekEvents.reduce((a, b) => a + b)).toBe(left.length);
  expect(after.usual!.level).toBeLessThan(0.7 * first!.usual!.level);
  expect(after.features.map(({ name }) => name)).not.toContain("Report opened");
  expect(await patch("Report opened", null)).toMatchObject({ decided: false });
  await nines.runJobs();
  const again = await client.ask<Engagement>("GET", `/customers/${await idOf("u0")}/engagement`);
  expect(again).toEqual(first);

  const missing = await client.fetch("PATCH", "/event-names/Nothing%20like%20it", { countsAs: "feature" });
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({
    error: {
      message: "No event is called “Nothing like it” here; names are written exactly as they are sent.",
    },
  });

  // Nothing has changed, so nothing is written.
  const written = () =>
    db
      .selectFrom("engagement")
      .select(["customerId", "evaluatedOn", "updatedAt"])
      .orderBy("customerId")
      .execute();
  const before = await written();
  nines.clock.advance(day);
  await evaluateEngagement(resources, workspaceId);
  await foldEvents(resources);
  expect(await written()).toEqual(before);
});

test("somebody without events is unknown; nobody at all is not found", async () => {
  const nines = await newTestApp();
  const client = await newClient(nines);
  const { ids } = await client.ask<{ ids: string[] }>("POST", "/customers", { customers: [{ id: "quiet" }] });
  const quiet = await client.ask<Engagement>("GET", `/customers/${ids[0]}/engagement`);
  expect(quiet).toMatchObject({ state: "unknown", weeks: [], features: [], usual: null, perWeek: null });
  expect(await client.ask("GET", "/engagement")).toEqual({ evaluatedAt: null, weeks: [] });
  const nobody = await client.fetch("GET", `/customers/${crypto.randomUUID()}/engagement`);
  expect(nobody.status).toBe(404);
});
