import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../test/api-client.ts";
import { newTestApp } from "../../test/new-test-app.ts";
import { type Recorded, type Response, scoresOf } from "./response.ts";

interface Page {
  items: Response[];
  next: string | null;
  total: number | null;
  totalIsExact: boolean;
}

const path = (query: Record<string, string | number | undefined>) =>
  `/responses?${new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()}`;

async function allPages(
  { ask }: ApiClient,
  query: Record<string, string | number | undefined>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask<Page>("GET", path({ ...query, cursor }));
    pages.push(page);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

const anyAnswer = fc.record({
  score: fc.integer({ min: 0, max: 10 }),
  // Few moments, so that many answers share one; microseconds come by the database alone.
  at: fc.integer({ min: 0, max: 40 }).map((hour) => new Date(Date.UTC(2026, 8, 28, 3 * hour)).toISOString()),
  comment: fc.constantFrom(
    undefined,
    "Too slow",
    "100% good",
    "under_score",
    String.raw`back\slash`,
    "TOO good",
  ),
  language: fc.constantFrom(undefined, "en", "de"),
  channel: fc.constantFrom("email", "link"),
});

const anyFilter = fc.record(
  {
    category: fc.subarray(["detractor", "passive", "promoter"], { minLength: 1 }).map((all) => all.join(",")),
    score: fc.subarray([0, 6, 7, 8, 9, 10], { minLength: 1 }).map((all) => all.join(",")),
    from: fc.constantFrom("2026-09-28", "2026-09-29", "2026-10-01"),
    to: fc.constantFrom("2026-09-28", "2026-09-30", "2026-10-02"),
    language: fc.constantFrom("en", "de", "fr"),
    channel: fc.constantFrom("email", "link"),
    text: fc.constantFrom("too", "100%", "_", "\\", "%"),
    survey: fc.constantFrom(0, 1),
  },
  { requiredKeys: [] },
);

test("the pages of any filter together are what plain JavaScript finds, in order, and the total says how many", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const surveyIds = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
  for (const id of surveyIds)
    await nines.db
      .insertInto("surveys")
      .values({ workspaceId: client.workspaceId, id, name: id, question: "?" })
      .execute();
  const answers = fc.sample(anyAnswer, { numRuns: 400, seed: 7 });
  await client.ask(
    "POST",
    "/responses",
    answers.map((answer, i) => Object.assign(answer, { surveyId: surveyIds[i % 2] })),
  );
  await nines.runJobs();
  const { rows: everything } = await nines.pool.query<Record<string, string> & { score: number; at: Date }>(
    "select id, score, at, comment, language, channel, survey_id from responses order by at desc, id desc",
  );

  await fc.assert(
    fc.asyncProperty(anyFilter, fc.integer({ min: 7, max: 200 }), async (filter, limit) => {
      const survey = filter.survey === undefined ? undefined : surveyIds[filter.survey];
      const { category, score, from, to, language, channel, text } = filter;
      const scores = category?.split(",").flatMap((each) => scoresOf(each as "passive"));
      const expected = everything.filter(
        (row) =>
          (!scores || scores.includes(row.score)) &&
          (!score || score.split(",").map(Number).includes(row.score)) &&
          (!from || row.at.toISOString().slice(0, 10) >= from) &&
          (!to || row.at.toISOString().slice(0, 10) <= to) &&
          (!language || row.language === language) &&
          (!channel || row.channel === channel) &&
          (!text || row.comment?.toLowerCase().includes(text)) &&
          (!survey || row.survey_id === survey),
      );
      const pages = await allPages(client, { ...filter, survey, limit });
      expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(expected.map(({ id }) => id));
      expect(pages[0]).toMatchObject({ total: expected.length, totalIsExact: true });
    }),
    { numRuns: 60 },
  );
});

test("answers that arrive while somebody turns the pages neither repeat nor hide others", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const record = (ids: string[], at: string) =>
    client.ask(
      "POST",
      "/responses",
      ids.map((id) => ({ id, score: 5, at })),
    );
  await record(["a", "b", "c", "d"], "2026-10-01");
  const first = await client.ask<Page>("GET", path({ limit: 2 }));
  await record(["new"], "2026-10-02");
  await record(["old"], "2026-09-01");
  const second = await client.ask<Page>("GET", path({ limit: 10, cursor: first.next! }));
  const seen = [...first.items, ...second.items].map(({ sourceId }) => sourceId);
  expect(new Set(seen)).toEqual(new Set(["a", "b", "c", "d", "old"]));
  expect(seen).toHaveLength(5);
});

test("a total that would take long to count is given as a lower bound", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  await client.ask("POST", "/responses", { score: 9 });
  await nines.pool.query(`
    insert into responses (workspace_id, customer_id, id, survey_id, score, comment, channel, at)
    select workspace_id, gen_random_uuid(), gen_random_uuid(), survey_id, 9, 'fine', 'api', at
    from responses, generate_series(1, 10001)`);
  const page = await client.ask<Page>("GET", path({ text: "fine", limit: 1 }));
  expect(page).toMatchObject({ total: 10_000, totalIsExact: false });
});

test("a cursor that is not ours, and a filter that makes no sense, are refused with a sentence", async () => {
  const nines = await newTestApp();
  const { send } = await newApiClient(nines);
  for (const [query, sentence] of [
    [{ cursor: "x" }, "cursor: is not one of ours; take `next` of the page before."],
    [{ score: "7,8.5" }, "score: is no list of scores; write it as 7,8."],
    [{ category: "fan" }, "category.0: is none of detractor, passive, promoter."],
    [{ from: "2026-02-30" }, "from: is no day; write it as 2026-01-31."],
  ] as const) {
    const refused = await send("GET", path(query));
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: { message: sentence } });
  }
});

test("facets and surveys say how many answers they have", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  await client.ask("POST", "/responses", [
    { score: 9, language: "en", channel: "link", at: "2026-03-01" },
    { score: 1, language: "en" },
    { score: 7, language: "de", at: "2025-12-31T23:59:59Z" },
  ]);
  expect(await client.ask("GET", "/responses/facets")).toEqual({
    languages: [
      { value: "en", n: 2 },
      { value: "de", n: 1 },
    ],
    channels: [
      { value: "api", n: 2 },
      { value: "link", n: 1 },
    ],
  });
  expect(await client.ask("GET", "/surveys")).toMatchObject({
    surveys: [{ state: "live", n: 3, first: "2025-12-31", last: "2026-10-13" }],
  });
});

test("one workspace sees nothing of another's responses", async () => {
  const nines = await newTestApp();
  const mine = await newApiClient(nines);
  const other = await newApiClient(nines, { name: "Other", email: "owner@other.example" });
  const recorded = await mine.ask<Recorded>("POST", "/responses", {
    id: "a",
    score: 9,
    customer: { email: "a@example.com" },
  });
  expect(await other.ask("GET", "/responses")).toMatchObject({ items: [], total: 0 });
  expect((await other.send("GET", `/responses/${recorded.id}?customer=${recorded.customerId}`)).status).toBe(
    404,
  );
  const theirs = await other.ask("POST", "/responses", {
    id: "a",
    score: 1,
    customer: { email: "a@example.com" },
  });
  expect(theirs).toMatchObject({ known: false });
  expect(theirs.customerId).not.toBe(recorded.customerId);
});
