import { sql } from "kysely";
import { dayOf } from "../../collect/score-days.ts";
import { readWaves } from "../../identify/read-waves.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { chanceOf, holdoutOf, type MoveGroup, rowsOf, sameCustomersOf } from "./move-figures.ts";
import { countedMoves, type Holdout, type RawGroup } from "./count-moves.ts";
import { gone, silent, type Span } from "./moved-customers.ts";
import { apart, type Moves, together } from "./moves.ts";
import { checkOrder, periodOf, periodOfWave, type Period } from "./period.ts";

export interface MovesChoice {
  /** Default: the survey with the newest answers. */
  surveyId?: string | undefined;
  /** Default: the newest wave before `to`. */
  from?: string | undefined;
  /** Default: the newest wave that has begun. */
  to?: string | undefined;
}

/** Who moved where between two periods of a survey: one look that counts, whatever there is to count. */
export async function readMoves(
  { database, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  choice: MovesChoice = {},
): Promise<Moves> {
  const db = database.reads;
  const { survey, waves, from, to } = await choosePeriods(db, clock, workspaceId, choice);
  const head = { survey, waves, from, to, open: to !== null && to.to >= dayOf(clock.now()) };
  if (!survey || !from || !to) return { ...head, ...nobody };
  const holdout = await readHoldout(db, workspaceId, to);
  const span = { workspaceId, surveyId: survey.id, from, to };
  const { groups, countedAt, counting } = await countedMoves({ database, clock }, span, holdout);
  const total = (some: readonly RawGroup[]) => some.reduce((sum, { n }) => sum + n, 0);
  const moved = groups.filter((group): group is MoveGroup => group.before !== null && group.after !== null);
  return {
    ...head,
    countedAt: countedAt?.toISOString() ?? null,
    counting,
    customers: total(moved),
    silentBoth: total(moved.filter(({ before, after }) => before === silent && after === silent)),
    notAskedAgain: total(groups.filter(({ before, after }) => before !== null && after === null)),
    newlyAsked: total(
      groups.filter(({ before, after }) => before === null && after !== null && after !== gone),
    ),
    together: rowsOf(moved, together),
    apart: rowsOf(moved, apart),
    sameCustomers: sameCustomersOf(moved),
    chance: chanceOf(moved),
    holdout: holdout && holdoutOf(moved, holdout.permanentHoldout),
  };
}

const nobody = {
  countedAt: null,
  counting: false,
  customers: 0,
  silentBoth: 0,
  notAskedAgain: 0,
  newlyAsked: 0,
  together: [],
  apart: [],
  sameCustomers: null,
  chance: [],
  holdout: null,
} satisfies Partial<Moves>;

type Chosen = Pick<Moves, "survey" | "waves"> & { from: Period | null; to: Period | null };

/** The survey and the two periods that are meant; by default the two newest waves. */
export async function choosePeriods(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { surveyId, from, to }: MovesChoice,
): Promise<Chosen> {
  const { survey, waves } = await readWaves(db, workspaceId, surveyId);
  const today = dayOf(clock.now());
  const newest = waves.find((wave) => wave.from <= today);
  const later = to === undefined ? newest && periodOfWave(newest) : periodOf(to, "to");
  const before = later && waves.find((wave) => wave.to < later.from);
  const earlier = from === undefined ? before && periodOfWave(before) : periodOf(from, "from");
  if (earlier && later) checkOrder(earlier, later);
  return { survey, waves, from: earlier ?? null, to: later ?? null };
}

/** The same, where both are needed. @throws Refusal when there are not two waves yet */
export async function chooseSpan(
  db: Database,
  clock: Clock,
  workspaceId: string,
  choice: MovesChoice,
): Promise<Span<Period>> {
  const { survey, from, to } = await choosePeriods(db, clock, workspaceId, choice);
  if (survey && from && to) return { workspaceId, surveyId: survey.id, from, to };
  throw new Refusal(
    "not_found",
    "There are no two waves with answers yet, so nobody can have moved; name two periods with `from` and `to`.",
    { reason: "no_two_waves" },
  );
}

/** How the permanent holdout is drawn, once a play has treated somebody by the end of the later period. */
export async function readHoldout(
  db: Database,
  workspaceId: string,
  to: Pick<Period, "to">,
): Promise<Holdout | null> {
  const { rows } = await sql<Holdout>`
    select a.workspace_id as id, a.permanent_salt as salt, a.permanent_holdout as "permanentHoldout"
    from act_settings a
    where a.workspace_id = ${workspaceId}::uuid and a.permanent_holdout > 0 and exists (
      select from enrolments e where e.workspace_id = ${workspaceId}::uuid and e.arm = 'treated'
        and e.entered_at < ${`${to.to}T00:00:00Z`}::timestamptz + interval '1 day')`.execute(db);
  return rows[0] ?? null;
}
