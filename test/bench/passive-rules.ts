import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newResponseRecorder } from "../../server/collect/record-responses.ts";
import { evaluateEngagement } from "../../server/identify/engagement/evaluate-engagement.ts";
import { foldEvents } from "../../server/identify/engagement/fold-events.ts";
import { newEventRecorder } from "../../server/identify/events/record-events.ts";
import { refreshStandings } from "../../server/identify/passives/refresh-standings.ts";
import type { RuleName } from "../../server/identify/passives/rule.ts";
import { createHandlers } from "../../server/jobs.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { newId } from "../../server/platform/ids.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import { simulateBehaviour } from "../../server/simulate/behaviour/simulate-behaviour.ts";
import type { TrueKind } from "../../server/simulate/behaviour/truth.ts";
import { nameEvents } from "../../server/simulate/name-events.ts";
import { simulateCompany } from "../../server/simulate/simulate-company.ts";
import { storeBehaviour } from "../../server/simulate/store-behaviour.ts";
import { storeCompany } from "../../server/simulate/store-company.ts";
import { median, table } from "./figures.ts";
import { describeRules, type Judged } from "./passive-rules-report.ts";

const seeds = Number(process.env.SEEDS ?? 5);
const customers = Number(process.env.CUSTOMERS ?? 3_400);
const now = new Date("2027-03-15T06:00:00Z");
const firstMonday = new Date("2026-11-23T06:00:00Z");
const week = 7 * 24 * 3600 * 1000;

/**
 * What the rules find on simulated companies, stored and judged as real ones, against what is true of their customers;
 * and who is called cooling week by week over Christmas.
 */
export async function benchPassiveRules(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = openDatabase(postgres.url);
  try {
    await migrate(database.pool);
    const log = openLog("warn");
    const resources = { config: readConfig({}), database, clock: new ManualClock(now), log };
    await openJobs(database.pool, createHandlers(resources), log).then(async (jobs) => jobs.stop());
    const judged: Judged[] = [];
    const weeks: Week[][] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const result = await judgeCompany(database, seed);
      judged.push(...result.judged);
      weeks.push(result.weeks);
    }
    return [
      `${seeds} companies of ${customers.toLocaleString("en")} customers; shares with 95 % intervals (Wilson).`,
      describeRules(judged),
      describeWeeks(weeks),
    ].join("\n\n");
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Week {
  monday: string;
  known: number;
  cooling: number;
  dormant: number;
  declining: number;
  begun: number;
  falselyBegun: number;
}

async function judgeCompany(
  database: OpenDatabase,
  seed: number,
): Promise<{ judged: Judged[]; weeks: Week[] }> {
  const clock = new ManualClock(now);
  const resources = { database, clock };
  const workspaceId = newId(clock);
  await database.pool.query("insert into workspaces (id, name, slug) values ($1::uuid, 'Bench', $1::text)", [
    workspaceId,
  ]);
  const company = simulateCompany({
    now,
    seed: `company ${seed}`,
    customers,
    comments: false,
    stories: false,
  });
  const behaviour = simulateBehaviour(company, { now, seed: `behaviour ${seed}` });
  await storeCompany(resources, newResponseRecorder(resources), workspaceId, company);
  await nameEvents(database.db, workspaceId, now);
  const ids = await customerIds(database, workspaceId);
  const recorder = newEventRecorder(resources);
  const events = [...behaviour.events()];
  const weeks: Week[] = [];
  let stored = 0;
  for (let monday = firstMonday.getTime(); monday <= now.getTime(); monday += week) {
    const end = events.findIndex(({ at }, index) => index >= stored && at.getTime() >= monday);
    const upTo = end < 0 ? events.length : end;
    await storeBehaviour(recorder, workspaceId, events.slice(stored, upTo));
    stored = upTo;
    clock.set(new Date(monday));
    await foldEvents(resources, workspaceId);
    await evaluateEngagement(resources, workspaceId);
    const truth = behaviour.truthAt(new Date(monday - week));
    weeks.push(
      await lookAtWeek(
        database,
        workspaceId,
        new Date(monday - week),
        (id) => truth.get(ids.get(id)!)!.kinds,
      ),
    );
  }
  await refreshStandings(database.db, clock, workspaceId);
  const orders = new Set(events.filter(({ name }) => name === "Order Completed").map(({ userId }) => userId));
  const truths = behaviour.truthAt(new Date(now.getTime() - week));
  const { rows } = await database.pool.query<{
    id: string;
    reasons: RuleName[];
    status: string;
    usual: number;
  }>(
    `select s.customer_id as id, s.reasons, s.status, e.usual from standings s
     left join engagement e on e.customer_id = s.customer_id where s.workspace_id = $1`,
    [workspaceId],
  );
  const judged = rows.flatMap(({ id, reasons, status, usual }): Judged[] => {
    const name = ids.get(id);
    if (!name) return [];
    const truth = truths.get(name)!;
    // Who buys at a discount only, and has not bought, is no buyer yet.
    const kinds = new Set([...truth.kinds].filter((kind) => kind !== "discount" || orders.has(name)));
    return [{ reasons, status, usual, kinds, weeks: truth.weeks, change: truth.change }];
  });
  return { judged, weeks };
}

/** The customers of a workspace: their ids at Larkfield by ours. */
async function customerIds({ db }: OpenDatabase, workspaceId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("customers")
    .select(["id", "externalId"])
    .where("workspaceId", "=", workspaceId)
    .where("externalId", "is not", null)
    .execute();
  return new Map(rows.map(({ id, externalId }) => [id, externalId!]));
}

/** Who is called cooling after this week, and who of them has just begun to be. */
async function lookAtWeek(
  { db }: OpenDatabase,
  workspaceId: string,
  monday: Date,
  kindsOf: (customerId: string) => ReadonlySet<TrueKind>,
): Promise<Week> {
  const rows = await db
    .selectFrom("engagement")
    .select(["customerId", "state", "stateSince"])
    .where("workspaceId", "=", workspaceId)
    .where("state", "!=", "unknown")
    .execute();
  const name = monday.toISOString().slice(0, 10);
  const cooling = rows.filter(({ state }) => state === "cooling");
  const begun = cooling.filter(({ stateSince }) => stateSince === name);
  const isTrue = ({ customerId }: { customerId: string }) => {
    const kinds = kindsOf(customerId);
    return kinds.has("declining") || kinds.has("gone");
  };
  return {
    monday: name,
    known: rows.length,
    cooling: cooling.length,
    dormant: rows.filter(({ state }) => state === "dormant").length,
    declining: rows.filter(isTrue).length,
    begun: begun.length,
    falselyBegun: begun.filter((each) => !isTrue(each)).length,
  };
}

function describeWeeks(weeks: Week[][]): string {
  const share = (part: (week: Week) => number, at: number) => {
    const shares = weeks.map((each) => (100 * part(each[at]!)) / each[at]!.known);
    return `${median(shares).toFixed(1)} (${Math.min(...shares).toFixed(1)}–${Math.max(...shares).toFixed(1)})`;
  };
  const sum = (part: (week: Week) => number, at: number) =>
    weeks.reduce((total, each) => total + part(each[at]!), 0);
  const head = [
    "week from Monday",
    "called cooling, %",
    "dormant, %",
    "truly less or gone, %",
    "began to be cooling",
    "of these wrongly",
  ];
  const lines = weeks[0]!.map(({ monday }, at) => [
    monday,
    share((each) => each.cooling, at),
    share((each) => each.dormant, at),
    share((each) => each.declining, at),
    sum((each) => each.begun, at),
    sum((each) => each.falselyBegun, at),
  ]);
  return `Week by week over Christmas, of the customers whose usual level is known; median of the companies (least–most), counts of all together.\n\n${table(head, lines)}`;
}
