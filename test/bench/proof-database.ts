import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { newDefinition } from "../../server/act/plays/play-definition.ts";
import { planPlay, type PlayPlan } from "../../server/act/plays/play-plan.ts";
import { idOf } from "../../server/platform/ids.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { measurePlay } from "../../server/prove/results/measure-play.ts";
import { recordOutcomes } from "../../server/prove/results/record-outcomes.ts";
import { takeLooks } from "../../server/prove/results/take-looks.ts";
import { isHeldOut, placeOf } from "../../server/statistics/assignment.ts";
import { seededRandom } from "../../server/statistics/seeded-random.ts";
import { wilsonInterval } from "../../server/statistics/share-interval.ts";
import { table } from "./figures.ts";

const plays = Number(process.env.DATABASE_PLAYS ?? 40);
const now = new Date("2026-10-13T08:00:00Z");
const day = 24 * 3600 * 1000;
const looks = 12;
const effects = { none: 0, "as planned": 0.1, harmful: -0.1 } as const;

/**
 * Plays with known effects on a real database: customers enter over weeks, answer or keep silent, their outcomes are written down
 * as their days end, the job looks, and the result is read. What `benchProof` does for the functions, for the whole way.
 */
export async function benchProofOnDatabase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = openDatabase(postgres.url);
  try {
    await migrate(database.pool);
    const rows: string[][] = [];
    for (const [name, effect] of Object.entries(effects)) {
      const said: Said[] = [];
      for (let play = 0; play < plays; play++) said.push(await playOnce(database, `${name} ${play}`, effect));
      const count = (is: (one: Said) => boolean) => said.filter(is).length;
      const covered = wilsonInterval(
        count(({ covers }) => covers),
        plays,
      )!;
      rows.push([
        name,
        `${count(({ covers }) => covers)} of ${plays} (${(100 * covered.low).toFixed(0)}–${(100 * covered.high).toFixed(0)} %)`,
        ...(["keep", "stop", "cannot tell"] as const).map((each) =>
          String(count(({ decision }) => decision === each)),
        ),
        String(count(({ early }) => early)),
      ]);
    }
    return `${plays} plays a row through \`recordOutcomes\`, \`takeLooks\` and \`measurePlay\` on PostgreSQL, ${looks} looks each:\n\n${table(
      [
        "true effect",
        "interval at the end covers it",
        "keep",
        "stop",
        "cannot tell",
        "told before the planned size",
      ],
      rows,
    )}`;
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Said {
  covers: boolean;
  decision: "keep" | "stop" | "cannot tell";
  early: boolean;
}

/** Of those left alone 20 % become promoters; 45 % answer, treated or not, where the effect leaves room for it. */
async function playOnce({ pool, db }: OpenDatabase, name: string, effect: number): Promise<Said> {
  const random = seededRandom(name);
  const workspaceId = idOf("bench", name);
  const playId = idOf(workspaceId, "play");
  const definition = { ...newDefinition(600), days: 30, worth: 0.1, holdout: { share: 0.5, reason: null } };
  const started = new Date(now.getTime() - 200 * day);
  const plan = planPlay(definition, { baseline: 0.2, designEffect: 1, now: started });
  await insertPlay(pool, { workspaceId, playId, definition, plan, started });
  const planned = plan.treated + plan.holdout;
  const length = 120 * day;
  const people = Array.from({ length: planned }, (_, i) => {
    const customerId = idOf(playId, String(i));
    const place = placeOf(playId, "s", customerId);
    const arm = isHeldOut(place, 0.5) ? "holdout" : "treated";
    const reached = random.chance(0.2 + (arm === "treated" ? effect : 0));
    const answers = reached || random.chance(0.25);
    const enteredAt = new Date(started.getTime() + (i / planned) * length);
    return {
      customer_id: customerId,
      id: idOf(customerId, "enrolment"),
      place,
      arm,
      entered_at: enteredAt,
      due: new Date(enteredAt.getTime() + 30 * day),
      reached,
      score: answers ? (reached ? 9 : 7) : null,
      answered_at: new Date(enteredAt.getTime() + 20 * day),
    };
  });
  await insertPeople(pool, { workspaceId, playId }, people);
  for (let look = 1; look <= looks; look++) {
    const at = new Date(started.getTime() + 30 * day + (look / looks) * length + day);
    await pool.query(
      `update enrolments e set settled_at = result_due, reached = exists (
         select from responses r where r.customer_id = e.customer_id and r.score >= 9 and r.at > e.entered_at and r.at <= e.result_due)
       where play_id = $1 and settled_at is null and result_due <= $2`,
      [playId, at],
    );
    await recordOutcomes(db, at);
    await takeLooks(db, at);
  }
  const { verdict, difference } = await measurePlay(db, { workspaceId, playId }, now);
  // No later play looks at it again.
  await pool.query("update plays set state = 'ended' where id = $1", [playId]);
  return {
    covers: difference!.low <= effect && effect <= difference!.high,
    decision: verdict.decision,
    early: verdict.decision !== "cannot tell" && verdict.horizon === "ahead",
  };
}

interface NewPlay {
  workspaceId: string;
  playId: string;
  definition: unknown;
  plan: PlayPlan;
  started: Date;
}

async function insertPlay(pool: pg.Pool, { workspaceId, playId, definition, plan, started }: NewPlay) {
  await pool.query(
    `insert into plays (workspace_id, id, name, state, version, salt, planned, live_since, created_at)
     values ($1, $2, 'Bench', 'live', 1, 's', $3, $4, $4)`,
    [workspaceId, playId, JSON.stringify(plan), started],
  );
  await pool.query(
    "insert into play_versions (workspace_id, play_id, number, definition) values ($1, $2, 1, $3)",
    [workspaceId, playId, JSON.stringify(definition)],
  );
}

async function insertPeople(
  pool: pg.Pool,
  { workspaceId, playId }: { workspaceId: string; playId: string },
  people: readonly object[],
): Promise<void> {
  await pool.query(
    `with given as materialized (
       select * from jsonb_to_recordset($3) as r (customer_id uuid, id uuid, place float8, arm text, entered_at timestamptz,
         due timestamptz, score smallint, answered_at timestamptz)
     ), made as (
       insert into customers (workspace_id, id, created_at) select $1, customer_id, entered_at from given
     ), entered as (
       insert into enrolments (workspace_id, customer_id, id, play_id, version, unit_id, place, arm, entered_at, state, result_due)
       select $1, customer_id, id, $2, 1, customer_id, place, arm, entered_at, 'done', due from given
     )
     insert into responses (workspace_id, customer_id, id, survey_id, score, channel, at)
     select $1, customer_id, id, $2, score, 'email', answered_at from given where score is not null`,
    [workspaceId, playId, JSON.stringify(people)],
  );
}
