import * as fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { mergeCustomers } from "../../collect/customers/merge-customers.ts";
import { breadth } from "../../statistics/breadth.ts";
import { decayedAt, decayedCountOf, halfLives } from "../../statistics/decayed-count.ts";
import { newEventRecorder } from "../events/record-events.ts";
import { evaluateEngagement } from "./evaluate-engagement.ts";
import { foldEvents } from "./fold-events.ts";
import { mergeEngagement } from "./merge-engagement.ts";
import { rebuildEngagement } from "./rebuild-engagement.ts";
import { addWeeks, mondayOf, weeksBetween } from "./week.ts";

const day = 86_400_000;
const names = ["Report opened", "Invoice sent", "Signed in", "Mail delivered"] as const;
const people = ["a", "b", "c", "d"] as const;

interface Event {
  messageId: string;
  userId: string;
  name: string;
  at: Date;
}

/** What the tables should hold, from the events one by one. */
function expected(events: Event[], owner: (userId: string) => string) {
  const byCustomer = Map.groupBy(events, ({ userId }) => owner(userId));
  const engagement = [...byCustomer].flatMap(([customerId, all]) => {
    const done = all.filter(({ name }) => name !== "Mail delivered").map(({ at }) => at);
    if (done.length === 0) return [];
    const times = done.map((at) => at.getTime() / day);
    const mondays = done.map(mondayOf).sort();
    // Older weeks are not kept.
    const firstWeek = [mondays[0]!, addWeeks(mondays.at(-1)!, -104)].sort().at(-1)!;
    const kept = done.filter((at) => mondayOf(at) >= firstWeek);
    const weekEvents = Array.from({ length: weeksBetween(firstWeek, mondays.at(-1)!) + 1 }, () => 0);
    const weekDays = weekEvents.map(() => 0);
    for (const at of kept) {
      const week = weeksBetween(firstWeek, mondayOf(at));
      weekEvents[week]!++;
      weekDays[week]! |= 1 << ((at.getUTCDay() + 6) % 7);
    }
    const sorted = done.toSorted((a, b) => a.getTime() - b.getTime());
    return {
      customerId,
      firstAt: sorted[0]!,
      lastAt: sorted.at(-1)!,
      short: decayedCountOf(times, halfLives.short)!.sum,
      long: decayedCountOf(times, halfLives.long)!.sum,
      firstWeek,
      weekEvents,
      weekDays,
    };
  });
  const featureUse = [...byCustomer].flatMap(([customerId, all]) =>
    [...Map.groupBy(all, ({ name }) => name)].map(([name, uses]) => {
      const times = uses.map(({ at }) => at.getTime());
      return {
        customerId,
        name,
        n: uses.length,
        firstAt: new Date(Math.min(...times)),
        lastAt: new Date(Math.max(...times)),
        long: decayedCountOf(
          times.map((at) => at / day),
          halfLives.long,
        )!.sum,
      };
    }),
  );
  const order = (a: { customerId: string; name?: string }, b: { customerId: string; name?: string }) =>
    `${a.customerId} ${a.name}` < `${b.customerId} ${b.name}` ? -1 : 1;
  return { engagement: engagement.sort(order), featureUse: featureUse.sort(order) };
}

const counted = [
  "customerId",
  "firstAt",
  "lastAt",
  "short",
  "long",
  "firstWeek",
  "weekEvents",
  "weekDays",
] as const;

async function stored({ db }: TestApp, workspaceId: string) {
  const engagement = await db
    .selectFrom("engagement")
    .select(counted)
    .where("workspaceId", "=", workspaceId)
    .orderBy("customerId")
    .execute();
  const featureUse = await db
    .selectFrom("featureUse")
    .select(["customerId", "name", "n", "firstAt", "lastAt", "long"])
    .where("workspaceId", "=", workspaceId)
    .orderBy("customerId")
    .orderBy(sql`name collate "C"`)
    .execute();
  return { engagement, featureUse };
}

/** Numbers that were added up in another order differ in their last digits. */
function rounded<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === "number" ? Number(each.toPrecision(9)) : each)),
  ) as Value;
}

/** What is found from what is counted. */
async function found({ db }: TestApp, workspaceId: string) {
  const rows = await db
    .selectFrom("engagement")
    .select([
      "customerId",
      "state",
      "stateSince",
      "usual",
      "usualLow",
      "usualHigh",
      "recent",
      "change",
      "weekStates",
      "breadth",
    ])
    .where("workspaceId", "=", workspaceId)
    .orderBy("customerId")
    .execute();
  const weeks = await db
    .selectFrom("activityWeeks")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .orderBy("week")
    .execute();
  return { rows, weeks };
}

interface Kept {
  firstWeek: string;
  weekEvents: number[];
  firstAt: Date;
}

const anEvent = fc.record({
  person: fc.constantFrom(...people),
  name: fc.constantFrom(...names),
  // Mostly of the last month, some of the last three years.
  minutesAgo: fc.oneof(
    { weight: 5, arbitrary: fc.nat(30 * 1440) },
    { weight: 1, arbitrary: fc.nat(1000 * 1440) },
  ),
  again: fc.boolean(),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.array(anEvent, { minLength: 1, maxLength: 12 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom("fold", "fold thrice at once", "rebuild", "rebuild while folding"),
  },
  {
    weight: 1,
    arbitrary: fc.record({ merge: fc.constantFrom(...people), into: fc.constantFrom(...people) }),
  },
);

test("folding in any order, twice, late, between merges, counts what counting one by one and a rebuild count", async () => {
  const nines = await newTestApp();
  const { db, resources, clock } = nines;
  const now = clock.now().getTime();
  const recorder = newEventRecorder(resources);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const workspaceId = await bareWorkspace(nines);
      await db
        .insertInto("eventNames")
        .values({
          workspaceId,
          name: "Mail delivered",
          countsAs: "nothing",
          decidedAt: clock.now(),
          firstAt: clock.now(),
          lastAt: clock.now(),
        })
        .execute();
      const events: Event[] = [];
      for (const step of steps) {
        if (Array.isArray(step)) {
          const messages = step.map(({ person, name, minutesAgo }) => ({
            type: "track" as const,
            messageId: `m${events.length}-${person}-${minutesAgo}`,
            userId: person,
            name,
            at: new Date(now - minutesAgo * 60_000),
          }));
          const again = messages.filter((_, i) => step[i]!.again);
          const fresh = [...new Map(messages.map((each) => [each.messageId, each])).values()];
          await recorder.record(workspaceId, fresh, { trusted: true });
          if (again.length > 0) await recorder.record(workspaceId, again, { trusted: true });
          events.push(...fresh);
        } else if (step === "fold") await foldEvents(resources, workspaceId);
        else if (step === "fold thrice at once")
          await Promise.all([1, 2, 3].map(async () => foldEvents(resources, workspaceId)));
        else if (step === "rebuild") await rebuildEngagement(resources, workspaceId);
        else if (step === "rebuild while folding")
          await Promise.all([rebuildEngagement(resources, workspaceId), foldEvents(resources, workspaceId)]);
        else await merge(nines, workspaceId, step);
      }
      await foldEvents(resources, workspaceId);
      const owners = await ownersIn(nines, workspaceId);
      const truth = rounded(expected(events, (userId) => owners.get(`id:${userId}`)!));
      expect(rounded(await stored(nines, workspaceId))).toEqual(truth);
      await evaluateEngagement(resources, workspaceId);
      const before = await found(nines, workspaceId);
      await rebuildEngagement(resources, workspaceId);
      expect(rounded(await stored(nines, workspaceId))).toEqual(truth);
      expect(await found(nines, workspaceId)).toEqual(before);
      expect(
        await db.selectFrom("eventFolds").where("workspaceId", "=", workspaceId).selectAll().execute(),
      ).toEqual([]);
    }),
    {
      numRuns: 20,
      examples: [
        [
          [
            [
              { person: "b", name: "Report opened", minutesAgo: 1050241, again: false },
              { person: "a", name: "Report opened", minutesAgo: 0, again: false },
            ],
            "fold",
            [{ person: "b", name: "Report opened", minutesAgo: 0, again: false }],
          ],
        ],
      ],
    },
  );
}, 120_000);

async function ownersIn({ db }: TestApp, workspaceId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("customerKeys")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .execute();
  return new Map(rows.map(({ key, customerId }) => [key, customerId]));
}

async function merge(nines: TestApp, workspaceId: string, { merge, into }: { merge: string; into: string }) {
  const owners = await ownersIn(nines, workspaceId);
  const [from, to] = [owners.get(`id:${merge}`), owners.get(`id:${into}`)];
  if (from === undefined || to === undefined || from === to) return;
  const order = { workspaceId, from, into: to, reason: "api" as const };
  await mergeCustomers(nines.resources, order, { mergeEngagement });
}

test("breadth in SQL is the breadth of the statistics, of features only", async () => {
  const nines = await newTestApp();
  const { resources, clock, db } = nines;
  const workspaceId = await bareWorkspace(nines);
  const use = [
    ["Report opened", 20],
    ["Invoice sent", 5],
    ["Invoice sent", 5],
    ["Signed in", 1],
  ] as const;
  await newEventRecorder(resources).record(
    workspaceId,
    use.map(([name, daysAgo], i) => ({
      type: "track",
      messageId: String(i),
      userId: "a",
      name,
      at: new Date(clock.now().getTime() - daysAgo * day),
    })),
    { trusted: true },
  );
  await foldEvents(resources);
  await db.updateTable("eventNames").set({ countsAs: "feature", decidedAt: clock.now() }).execute();
  await db.updateTable("eventNames").set({ countsAs: "activity" }).where("name", "=", "Signed in").execute();
  await evaluateEngagement(resources, workspaceId);
  const row = await db.selectFrom("engagement").select("breadth").executeTakeFirstOrThrow();
  const left = decayedAt({ sum: 1, at: -20 }, -5, halfLives.long);
  expect(row.breadth).toBe(Number(breadth([left, 2])!.toPrecision(3)));
});

test("more than two years back, the newest 105 weeks are kept, in whatever order events come", async () => {
  const nines = await newTestApp();
  const { resources, clock, db } = nines;
  const recorder = newEventRecorder(resources);
  const monday = mondayOf(clock.now());
  const at = [0, -104, -105, -50, -107].map((weeks) => new Date(`${addWeeks(monday, weeks)}T00:00:00Z`));
  const results: unknown[] = [];
  for (const order of [at, at.toReversed()]) {
    const workspaceId = await bareWorkspace(nines);
    for (const [i, time] of order.entries()) {
      await recorder.record(
        workspaceId,
        [{ type: "track", messageId: String(i), userId: "a", name: "Report opened", at: time }],
        { trusted: true },
      );
      await foldEvents(resources, workspaceId);
    }
    const rows = () =>
      db
        .selectFrom("engagement")
        .select(["firstWeek", "weekEvents", "weekDays", "firstAt"])
        .where("workspaceId", "=", workspaceId)
        .execute();
    results.push(await rows());
    await rebuildEngagement(resources, workspaceId);
    results.push(await rows());
  }
  const [[first], ...others] = results as [[Kept], ...Kept[][]];
  expect(first.firstWeek).toBe(addWeeks(monday, -104));
  expect(first.weekEvents).toHaveLength(105);
  expect(first.weekEvents.reduce((a, b) => a + b)).toBe(3);
  expect(first.firstAt).toEqual(at[4]);
  for (const each of others) expect(each).toEqual([first]);
});

test("events stream in while others fold, rebuild, evaluate and merge, and each counts once", async () => {
  const nines = await newTestApp();
  const { resources, clock } = nines;
  const workspaceId = await bareWorkspace(nines);
  const recorder = newEventRecorder(resources);
  const events: Event[] = [];
  const ended = new AbortController();
  const record = async (writer: number) => {
    for (let i = 0; i < 25; i++) {
      const messages = Array.from({ length: 20 }, (_, j) => ({
        type: "track" as const,
        messageId: `${writer}-${i}-${j}`,
        userId: `u${(i * 7 + j * writer) % 30}`,
        name: names[(i + j) % 3]!,
        at: new Date(clock.now().getTime() - ((i * 977 + j * 131) % 40_000) * 60_000),
      }));
      await recorder.record(workspaceId, messages, { trusted: true });
      events.push(...messages);
    }
  };
  const again = async (work: () => Promise<void>) => {
    while (!ended.signal.aborted) await work();
  };
  let merged = 0;
  const others = [
    again(async () => foldEvents(resources, workspaceId)),
    again(async () => foldEvents(resources)),
    again(async () => rebuildEngagement(resources, workspaceId)),
    again(async () => {
      await merge(nines, workspaceId, { merge: `u${merged % 30}`, into: `u${(merged * 11 + 1) % 30}` });
      await new Promise((done) => setTimeout(done, 20));
      merged++;
    }),
  ];
  await Promise.all([1, 2, 3].map(record)).finally(() => ended.abort());
  await Promise.all(others);
  await foldEvents(resources, workspaceId);
  const owners = await ownersIn(nines, workspaceId);
  const truth = rounded(expected(events, (userId) => owners.get(`id:${userId}`)!));
  expect(new Set(owners.values()).size).toBeLessThan(30);
  expect(rounded(await stored(nines, workspaceId))).toEqual(truth);
}, 60_000);
