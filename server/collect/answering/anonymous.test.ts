import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { newAsked } from "../../../test/new-asked.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { createApp } from "../../app.ts";

const address = "203.0.113.77";
const agent = "Mozilla/5.0 (CanaryAgent zq4711) Chrome/140.0 Safari/537.36";

test("after anonymous answers nothing tells who gave them, from where, with what, or when in the day", async () => {
  const nines = await newTestApp({ env: { TRUST_PROXY: "true" }, now: "2026-10-13T14:37:21.123Z" });
  const { workspaceId } = await newWorkspace(nines);
  const asked = await newAsked(nines.resources, workspaceId, {
    anonymous: true,
    settings: { link: { askEmail: true, traits: ["plan"] } },
  });
  const invited = await asked.invite("katrin@brandt.example");
  const { app, lines } = withLog(nines);
  const before = await dump(nines);

  const headers = {
    "user-agent": agent,
    "x-forwarded-for": address,
    cookie: "canary=cookie-zq4711",
    referer: "https://intranet.example/canary-zq4711",
    "x-request-id": "canary-zq4711",
  };
  const sent: string[] = [];
  const answer = async (path: string, bodies: object[]) => {
    const page = await (await app.request(path, { headers })).text();
    const nonce = /name="nonce" value="([^"]+)"/.exec(page)![1]!;
    sent.push(nonce);
    nines.clock.advance(61_000);
    const outcomes = [];
    for (const body of bodies) {
      const response = await app.request(path.replace(/\/8$/, ""), {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ nonce, lang: "en", sign: "input", state: "provisional", ...body }),
      });
      outcomes.push(((await response.json()) as { outcome: string }).outcome);
    }
    return outcomes;
  };
  const confirmed = {
    state: "confirmed",
    comment: "A sentence",
    email: "katrin@brandt.example",
    mayContact: true,
  };
  const link = `/s/${asked.surveyId}`;
  expect(
    await answer(link, [{ score: 8 }, { score: 8 }, { score: 9, ...confirmed }, { score: 9, ...confirmed }]),
  ).toEqual(["recorded", "same", "changed", "same"]);
  expect(
    await answer(link, [
      { score: 3, ...confirmed },
      { score: 4, ...confirmed },
    ]),
  ).toEqual(["recorded", "changed"]);
  expect(await answer(link, [{ score: 8, nonce: "forged" }])).toEqual(["aside"]);
  // Even by a link that names somebody, which no mail of an anonymous survey carries.
  expect(await answer(`/r/${invited.token}/8`, [{ score: 7, ...confirmed }])).toEqual(["recorded"]);

  const added = newRows(before, await dump(nines));
  const tables = [...new Set(added.map(({ table }) => table))].toSorted();
  expect(tables).toEqual([
    "customers",
    "pgboss.job",
    "response_changes",
    "responses",
    "score_changes",
    "set_asides",
  ]);
  const text = JSON.stringify(added);
  const canaries = [
    address,
    "203.0.113",
    "Canary",
    "zq4711",
    "katrin",
    "brandt",
    invited.customerId,
    invited.id,
    invited.token,
  ];
  for (const canary of [...canaries, ...sent]) {
    expect(text.toLowerCase()).not.toContain(canary.toLowerCase());
  }
  // Every time is the start or the end of a day.
  for (const [time] of text.matchAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^"]*/g))
    expect(time).toMatch(/^2026-(10-1[34]|10-2\d|11-\d\d)T00:00:00/);
  // Ids of version 7 and 8 hold a time or follow from something that is kept.
  const own = new Set([workspaceId, asked.surveyId]);
  const ids = added
    .filter(({ table }) => table !== "pgboss.job")
    .flatMap(({ row }) => JSON.stringify(row).match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [])
    .filter((id) => !own.has(id));
  for (const id of ids) expect(id[14]).toBe("4");
  for (const { table, row } of added.filter((each) => each.table === "pgboss.job"))
    expect([table, row.data]).toEqual([table, { workspaceId, responses: [] }]);
  const logged = lines.join("\n");
  expect(logged).toContain("request");
  for (const id of [
    ...canaries.filter((canary) => canary !== "zq4711" && canary !== "Canary"),
    asked.surveyId,
    ...ids,
    ...sent,
  ])
    expect(logged).not.toContain(id);

  // Counted all the same, on the day they were given.
  const { rows } = await nines.pool.query<{ day: string; counts: number[] }>(
    "select day, counts from score_changes where attribute = ''",
  );
  const counts = rows.reduce(
    (sum, row) => sum.map((n, i) => n + row.counts[i]!),
    Array(11).fill(0) as number[],
  );
  expect(counts).toEqual([0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0]);
  expect(new Set(rows.map(({ day }) => day))).toEqual(new Set(["2026-10-13"]));
});

/** The same Nines with an app whose log can be read, every line of it. */
function withLog(nines: TestApp) {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { app: createApp({ ...nines.resources, log: pino({ level: "trace" }, stream) }), lines };
}

interface Row {
  table: string;
  row: Record<string, unknown>;
}

/** Every row of every table, ours and the queue's. */
async function dump({ pool }: TestApp): Promise<Row[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select case table_schema when 'public' then table_name else table_schema || '.' || table_name end as name
     from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const dumped: Row[] = [];
  for (const { name } of tables) {
    // When the queue itself was last looked after; no job is in there.
    if (/^pgboss\.(version|queue)/.test(name)) continue;
    const { rows } = await pool.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from only ${name} t`,
    );
    for (const { row } of rows) dumped.push({ table: name.replace(/^pgboss\.job.*/, "pgboss.job"), row });
  }
  return dumped;
}

function newRows(before: Row[], after: Row[]): Row[] {
  const old = new Set(before.map((row) => JSON.stringify(row)));
  return after.filter((row) => !old.has(JSON.stringify(row)));
}
