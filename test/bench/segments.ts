import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { refreshStandings } from "../../server/identify/passives/refresh-standings.ts";
import { audienceSegments } from "../../server/identify/segments/audience-segments.ts";
import { compareSegment } from "../../server/identify/segments/compare-segment.ts";
import { createSegment } from "../../server/identify/segments/create-segment.ts";
import { previewFilter } from "../../server/identify/segments/list-members.ts";
import type { SegmentFilter } from "../../server/identify/segments/segment-filter.ts";
import { createHandlers } from "../../server/jobs.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import { spread, table } from "./figures.ts";
import { addEvents, fillCompany, workspace } from "./passives.ts";

const size = Number(process.env.SIZE ?? 1_000_000);
const rounds = Number(process.env.ROUNDS ?? 9);
/** Raw events of each customer. */
const eventsEach = Number(process.env.EVENTS ?? 5);
const clock = new ManualClock("2026-10-13T08:00:00Z");

/** Who is asked for, by the words of the table. */
const filters: Record<string, SegmentFilter> = {
  "everybody, for comparison": { kind: "all", of: [] },
  "passives on Business who cool or are dormant": {
    kind: "all",
    of: [
      { kind: "answer_category", is: "one_of", value: ["passive"] },
      { kind: "trait", trait: "plan", is: "equal", value: "Business" },
      { kind: "engagement_state", is: "one_of", value: ["cooling", "dormant"] },
    ],
  },
  "latest answer is passive": { kind: "answer_category", is: "one_of", value: ["passive"] },
  "plan is Business": { kind: "trait", trait: "plan", is: "equal", value: "Business" },
  "plan is Business, or passive, or revenue at least 900": {
    kind: "any",
    of: [
      { kind: "trait", trait: "plan", is: "equal", value: "Business" },
      { kind: "passive_status", is: "one_of", value: ["stated", "both"] },
      { kind: "revenue", is: "at_least", value: 900 },
    ],
  },
  "latest answer to one survey is a detractor's": {
    kind: "answer_category",
    is: "one_of",
    value: ["detractor"],
    survey: workspace,
  },
  "went from promoter to passive": { kind: "moved", which: "any", from: ["promoter"], to: ["passive"] },
  "used a feature in the last 30 days": {
    kind: "used",
    event: "Invoice Sent",
    is: "at_least",
    value: 1,
    days: 30,
  },
  "used it three times in the last 30 days": {
    kind: "used",
    event: "Invoice Sent",
    is: "at_least",
    value: 3,
    days: 30,
  },
  "never used a feature": { kind: "used", event: "Nothing", is: "at_most", value: 0 },
  "buys at a discount, and not asked in the last 90 days": {
    kind: "all",
    of: [
      { kind: "discount_share", is: "at_least", value: 80 },
      { kind: "asked", is: "at_most", value: 0, days: 90 },
    ],
  },
};

/** How long it takes to say who fits a filter, and to find who entered or left a segment. */
export async function benchSegments(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = openDatabase(postgres.url, { patience: { read: 600_000 } });
  try {
    await migrate(database.pool);
    const log = openLog("error");
    const handlers = createHandlers({ config: readConfig({}), database, clock, log });
    await (await openJobs(database.pool, handlers, log)).stop();
    await fill(database);
    const lines: (string | number)[][] = [];
    for (const [words, filter] of Object.entries(filters))
      lines.push([words, ...(await measure(database, words, filter))]);
    return [
      `${size.toLocaleString("en")} customers with two answers and two invitations each, ${(size * eventsEach).toLocaleString("en")} events; ${rounds} rounds, median (lowest–highest).`,
      "",
      table(
        [
          "who",
          "fit",
          "size and sample, ms",
          "comparing, nobody moved, ms",
          "the first time, s",
          "of 500 customers, ms",
        ],
        lines,
      ),
    ].join("\n");
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill({ db, pool }: OpenDatabase): Promise<void> {
  await fillCompany(pool, size);
  await pool.query(
    `insert into surveys (workspace_id, id, name, question) values ('${workspace}', '${workspace}', 'Bench', '?')`,
  );
  await pool.query(`
    insert into contacts (workspace_id, customer_id, id, at, kind, survey_id, source_id)
    select workspace_id, customer_id, id, sent_at, 'invitation', survey_id, id from invitations`);
  await addEvents(pool, size, eventsEach, 1);
  await refreshStandings(db, clock, workspace);
  await pool.query("vacuum analyze");
}

async function measure(
  { db, reads, pool }: OpenDatabase,
  words: string,
  filter: SegmentFilter,
): Promise<(string | number)[]> {
  const preview: number[] = [];
  const compare: number[] = [];
  const few: number[] = [];
  let fit = 0;
  const id = await createSegment(db, clock, { workspaceId: workspace }, { name: words, filter });
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const first = await timed(() => compareSegment(db, clock, { workspaceId: workspace, id }));
  await pool.query("vacuum analyze segment_members");
  const { rows } = await pool.query<{ id: string }>(
    "select id from customers where get_byte(uuid_send(id), 14) = 7 limit 500",
  );
  const among = rows.map(({ id }) => id);
  for (let round = -1; round < rounds; round++) {
    const times = [
      await timed(async () => {
        ({ n: fit } = await previewFilter(reads, clock, workspace, { filter }));
      }),
      await timed(() => compareSegment(db, clock, { workspaceId: workspace, id })),
      await timed(async () => {
        const fits = await audienceSegments.condition(
          db,
          { workspaceId: workspace, id },
          { now: clock.now(), among },
        );
        await sql`select c.id from customers c where c.id = any (${among}::uuid[]) and ${fits}`.execute(db);
      }),
    ];
    // The first round warms up.
    if (round >= 0) for (const [i, list] of [preview, compare, few].entries()) list.push(times[i]!);
  }
  await pool.query("delete from segment_members");
  process.stderr.write(`${words}: ${fit}, ${spread(preview)} ms, ${spread(compare)} ms, ${spread(few)} ms\n`);
  return [fit.toLocaleString("en"), spread(preview), spread(compare), (first / 1000).toFixed(1), spread(few)];
}
