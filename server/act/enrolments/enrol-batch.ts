import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { assignArm } from "../plays/assign-arm.ts";
import { ensurePermanentHoldout } from "../settings/act-settings.ts";
import { fitsPlay, reasonsToStayOut } from "../plays/who-enters.ts";
import { announceEntered } from "./announce-entered.ts";
import { day, type PlayingPlay, playKey, readPlaying } from "./playing.ts";
import { type NewStepRun, timeOf, writeStepRuns } from "./step-run.ts";
import { endEnrolments } from "./stop-enrolments.ts";

export const enrolmentsAtOnce = 1_000;

/** One who enters, as they are. */
interface Entering {
  customerId: string;
  unitId: string;
  entry: number;
  score: number | null;
  category: "promoter" | "passive" | "detractor" | null;
  state: string | null;
  plan: string | null;
}

/** An enrolment as it was just written. */
export interface Entered extends Entering {
  id: string;
  arm: "treated" | "holdout";
  place: number;
}

/**
 * Takes those of these customers into a play who are to enter it now: arm, what was so before, the first step and the day on
 * which they are asked, in one transaction. Whoever looks at the same time takes in nobody twice.
 * @returns how many entered
 */
export async function enrolBatch(
  db: Database,
  clock: Clock,
  play: { id: string; workspaceId: string },
  customers: readonly string[],
): Promise<number> {
  if (customers.length === 0) return 0;
  return inTransaction(db, async (db) => {
    await lockWorkspace(db, play.workspaceId, "shared");
    // Until the end, so that nobody enters a play that was paused a moment ago.
    const row = await db
      .selectFrom("plays")
      .select(["version", "state"])
      .where("id", "=", play.id)
      .where("workspaceId", "=", play.workspaceId)
      .forShare()
      .executeTakeFirst();
    if (!row || row.state !== "live") return 0;
    const named = { playId: play.id, version: row.version };
    const playing = (await readPlaying(db, [named])).get(playKey(named));
    if (!playing) return 0;
    const now = clock.now();
    const permanent = await ensurePermanentHoldout(db, play.workspaceId);
    const entering = await findEntering(db, playing, { permanent, customers, now });
    const workspace = { id: play.workspaceId, salt: permanent.salt, permanentHoldout: permanent.share };
    const { id, salt, definition } = playing;
    const assigned = entering.flatMap((each) => {
      const drawn = assignArm({
        play: { id, salt, holdoutShare: definition.holdout.share },
        workspace,
        unit: each.unitId,
        customer: each.customerId,
      });
      const enrolmentId = idOf("enrolment", id, each.customerId, String(each.entry));
      return drawn ? [Object.assign(each, drawn, { id: enrolmentId })] : [];
    });
    const entered = await writeEnrolments(db, playing, assigned, now);
    await endEarlier(db, playing, entered, now);
    await writeStepRuns(db, firstRuns(playing, entered, now));
    await announceEntered(db, playing, entered, now);
    if (entered.length > 0) await send(db, "run-steps", {});
    return entered.length;
  });
}

async function findEntering(
  db: Database,
  { workspaceId, id, definition }: PlayingPlay,
  {
    permanent,
    customers,
    now,
  }: { permanent: { share: number; salt: string }; customers: readonly string[]; now: Date },
): Promise<Entering[]> {
  const fits = await fitsPlay(db, { workspaceId, audience: definition.audience }, { now, among: customers });
  const held = Object.values(reasonsToStayOut({ workspaceId, id, definition }, permanent, now));
  const { rows } = await sql<Entering>`
    select c.id as "customerId",
      ${definition.assign === "account" ? sql`coalesce(c.account_id, c.id)` : sql`c.id`} as "unitId",
      1 + (select count(*) from enrolments e where e.customer_id = c.id and e.play_id = ${id}::uuid)::integer as entry,
      s.score, s.category, s.state, s.plan
    from customers c left join standings s on s.customer_id = c.id
    where c.workspace_id = ${workspaceId}::uuid and c.id = any (${customers}::uuid[]) and ${fits}
      and not (${sql.join(held, sql` or `)})
    order by c.id`.execute(db);
  return rows;
}

async function writeEnrolments(
  db: Database,
  { workspaceId, id: playId, version, definition }: PlayingPlay,
  assigned: readonly Entered[],
  now: Date,
): Promise<Entered[]> {
  if (assigned.length === 0) return [];
  const due = new Date(now.getTime() + definition.days * day);
  const { rows } = await sql<{ id: string }>`
    insert into enrolments (workspace_id, customer_id, id, play_id, version, entry, unit_id, place, arm, entered_at,
      score_before, category_before, state_before, plan_before, result_due, step)
    select ${workspaceId}::uuid, "customerId", id, ${playId}::uuid, ${version}::integer, entry, "unitId", place, arm,
      ${now}::timestamptz, score, category, state, plan, ${due}::timestamptz,
      case when arm = 'treated' then ${definition.start}::text end
    from json_to_recordset(${JSON.stringify(assigned)}::json) as r ("customerId" uuid, id uuid, entry integer,
      "unitId" uuid, place double precision, arm text, score smallint, category text, state text, plan text)
    on conflict do nothing returning id`.execute(db);
  const written = new Set(rows.map(({ id }) => id));
  return assigned.filter(({ id }) => written.has(id));
}

/** Who enters again leaves where they still were. */
async function endEarlier(
  db: Database,
  { id: playId }: PlayingPlay,
  entered: readonly Entered[],
  now: Date,
): Promise<void> {
  const again = entered.filter(({ entry }) => entry > 1);
  if (again.length === 0) return;
  const { rows } = await sql<{ customerId: string; id: string }>`
    select e.customer_id as "customerId", e.id from enrolments e
    where e.customer_id = any (${again.map(({ customerId }) => customerId)}::uuid[]) and e.play_id = ${playId}::uuid
      and e.state = 'active' and not e.id = any (${again.map(({ id }) => id)}::uuid[])`.execute(db);
  await endEnrolments(
    db,
    rows.map(({ customerId, id }) => ({ customerId, id, reason: "entered_again" })),
    now,
  );
}

/** The first step of those who get the play; and for both arms, on its day, each step that asks. */
function firstRuns(
  { workspaceId, id: playId, version, definition, steps }: PlayingPlay,
  entered: readonly Entered[],
  now: Date,
): NewStepRun[] {
  const { start } = definition;
  const first = start === null ? undefined : steps.get(start);
  const asks = definition.steps.filter((step) => step.kind === "ask");
  return entered.flatMap(({ customerId, id: enrolmentId, arm }) => {
    const common = { workspaceId, customerId, enrolmentId, playId, version, visit: 1 };
    const runs: NewStepRun[] = asks.map(({ id: step, kind, day: after }) =>
      Object.assign({ step, kind, dueAt: new Date(now.getTime() + after * day), until: null }, common),
    );
    if (arm === "treated" && first && first.kind !== "ask") {
      runs.push({ ...common, step: first.id, kind: first.kind, ...timeOf(first, now) });
    }
    return runs;
  });
}
