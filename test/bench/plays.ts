import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enterPlays } from "../../server/act/enrolments/enrol-customers.ts";
import { runSteps } from "../../server/act/enrolments/run-steps.ts";
import { newWebhookSecret } from "../../server/act/webhooks/sign-webhook.ts";
import { newDefinition, type PlayDefinition } from "../../server/act/plays/play-definition.ts";
import { createHandlers } from "../../server/jobs.ts";
import { ManualClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { openDatabase } from "../../server/platform/database/open.ts";
import { newId } from "../../server/platform/ids.ts";
import { openJobs } from "../../server/platform/jobs/work.ts";
import { openLog } from "../../server/platform/log.ts";
import type { Resources } from "../../server/platform/resources.ts";
import { mail, steps } from "../a-play.ts";
import { bareWorkspace } from "../bare-workspace.ts";
import { mailedSurvey } from "../mailed-survey.ts";
import { spread, table } from "./figures.ts";

const size = Number(process.env.SIZE ?? 100_000);
const moved = Number(process.env.MOVED ?? Math.min(10_000, size));
const rounds = Number(process.env.ROUNDS ?? 3);

/** Customers who enter a play at once, and customers moved through one step of each kind. */
export async function benchPlays(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = openDatabase(postgres.url);
  const clock = new ManualClock("2026-10-13T08:00:00Z");
  const log = openLog("warn");
  const resources = { config: readConfig({}), database, clock, log };
  try {
    await migrate(database.pool);
    await openJobs(database.pool, createHandlers(resources), log).then(async (jobs) => jobs.stop());
    const workspaceId = await bareWorkspace({ ...database, clock });
    await fill(resources, workspaceId);
    const bench = await prepare(resources, workspaceId);
    return [
      `${size.toLocaleString("en")} customers; steps of ${moved.toLocaleString("en")} of them; ${rounds} rounds, median (lowest–highest).`,
      "",
      table(["what", "customers a second"], await bench.measure()),
    ].join("\n");
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill({ database: { db, pool } }: Resources, workspaceId: string): Promise<void> {
  await pool.query(
    `with made as (
       insert into customers (workspace_id, id, email, name, language, traits)
       select $1, gen_random_uuid(), 'p' || i || '@example.com', 'Ada Lovelace', 'en', jsonb_build_object('part', i % ($3::int / $4::int))
       from generate_series(0, $2::int - 1) as i returning id, email)
     insert into customer_keys (workspace_id, key, customer_id) select $1, 'email:' || email, id from made`,
    [workspaceId, size, size, moved],
  );
  await db
    .insertInto("actSettings")
    .values({ workspaceId, permanentHoldout: 0.05, permanentSalt: "permanent", inbox: "{}" })
    .execute();
  await pool.query("vacuum analyze");
}

async function prepare(resources: Resources & { clock: ManualClock }, workspaceId: string) {
  const { database, clock } = resources;
  const { db, pool } = database;
  const survey = await mailedSurvey({ db, clock }, workspaceId, { settings: { restDays: 0 } });
  const hook = newId(clock);
  await db
    .insertInto("receivers")
    .values({
      workspaceId,
      id: hook,
      kind: "webhook",
      name: "CRM",
      address: "https://crm.example",
      secret: newWebhookSecret(),
    })
    .execute();
  const codes = newId(clock);
  await db
    .insertInto("codePools")
    .values({ workspaceId, id: codes, name: "Spring", amount: null, currency: null })
    .execute();
  await pool.query(
    `insert into codes (workspace_id, pool_id, id, code) select $1, $2, gen_random_uuid(), 'CODE' || i
     from generate_series(1, $3::int) as i`,
    [workspaceId, codes, (rounds + 1) * moved],
  );
  const part = { kind: "trait", trait: "part", is: "equal", value: 0 } as const;
  const everybody = { kind: "trait", trait: "part", is: "set" } as const;
  const play = async (other: Partial<PlayDefinition>) => {
    const id = newId(clock);
    const definition: PlayDefinition = {
      ...newDefinition(size),
      audience: { segment: null, filter: part, again: null },
      holdout: { share: 0, reason: "a bench" },
      hours: { from: "00:00", to: "00:00", weekends: true },
      restDays: 0,
      start: other.steps?.[0]?.id ?? null,
      ...other,
    };
    await db
      .insertInto("plays")
      .values({ workspaceId, id, name: "Tips", state: "live", version: 1, salt: "s", liveSince: clock.now() })
      .execute();
    await db
      .insertInto("playVersions")
      .values({
        workspaceId,
        playId: id,
        number: 1,
        definition: JSON.stringify(definition),
        publishedAt: clock.now(),
      })
      .execute();
    return id;
  };
  const count = async (sql: string, id: string) => {
    const { rows } = await pool.query<{ n: string }>(sql, [id]);
    return Number(rows[0]!.n);
  };
  const over = async (id: string) => {
    await db.updateTable("plays").set({ state: "paused" }).where("id", "=", id).execute();
  };
  /** Customers a second, over some rounds; the first one warms up. */
  const each = async (run: () => Promise<{ customers: number; seconds: number }>, times = rounds) => {
    const rates: number[] = [];
    for (let round = -1; round < times; round++) {
      clock.advance(60_000);
      const { customers, seconds } = await run();
      if (customers === 0) throw new Error("Nobody was moved.");
      if (round >= 0) rates.push(customers / seconds);
    }
    return spread(rates);
  };
  const timed = async (work: () => Promise<void>) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1_000;
  };
  const waiting = steps({ id: "wait", kind: "wait", hours: 24 }, { id: "ask", kind: "ask", survey, day: 30 });
  const entering = async () => {
    const audience = { segment: null, filter: everybody, again: null };
    const id = await play({ audience, holdout: { share: 0.2, reason: null }, steps: waiting });
    const seconds = await timed(() => enterPlays(resources));
    const customers = await count("select count(*) as n from enrolments where play_id = $1", id);
    await over(id);
    return { customers, seconds };
  };
  const through = (step: Record<string, unknown>) => async () => {
    const id = await play({ steps: steps({ next: null, ...step }) });
    await enterPlays(resources);
    const seconds = await timed(() => runSteps(resources));
    const customers = await count(
      "select count(*) as n from step_runs where play_id = $1 and state = 'done'",
      id,
    );
    await over(id);
    return { customers, seconds };
  };
  const share = { kind: "share", share: 0.5 };
  const kinds: [string, Record<string, unknown>][] = [
    ["branch", { id: "branch", kind: "branch", when: share, otherwise: null }],
    ["webhook", { id: "hook", kind: "webhook", receiver: hook }],
    ["code", { id: "code", kind: "code", pool: codes, purpose: "thanks" }],
    ["e-mail, composed and queued", mail("mail")],
  ];
  return {
    async measure() {
      const lines = [["entering, everybody at once", await each(entering)]];
      for (const [name, step] of kinds) lines.push([`step: ${name}`, await each(through(step))]);
      return lines;
    },
  };
}
