import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Traits } from "../../platform/database/schema.ts";
import type { PlayStep } from "../plays/play-step.ts";
import { type PlayingPlay, playKey, readPlaying } from "./playing.ts";

/** The customer of a run, as they are now. */
export interface Person {
  email: string | null;
  name: string | null;
  language: string | null;
  timeZone: string | null;
  externalId: string | null;
  traits: Traits;
  accountName: string | null;
  accountTraits: Traits | null;
  unsubscribed: boolean;
  bounced: boolean;
  complaint: boolean;
}

/** A step that is due, with all that doing it needs. */
export interface DueRun {
  customerId: string;
  id: string;
  enrolmentId: string;
  step: string;
  visit: number;
  kind: PlayStep["kind"];
  dueAt: Date;
  /** Of one that was woken: when its time would have been over. */
  ends: Date | null;
  enrolment: {
    state: "active" | "done" | "stopped";
    step: string | null;
    arm: "treated" | "holdout";
    enteredAt: Date;
    resultDue: Date;
    scoreBefore: number | null;
  };
  person: Person;
  play: PlayingPlay;
}

type Row = Omit<DueRun, "enrolment" | "person" | "play" | "ends"> &
  DueRun["enrolment"] &
  Person & {
    enrolmentState: DueRun["enrolment"]["state"];
    at: string | null;
    playId: string;
    version: number;
    ends: string | null;
  };

/** What a run is named by. */
export interface RunKey {
  customerId: string;
  id: string;
  enrolmentId: string;
}

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const family = 7_467;

/**
 * Takes those of these runs whose enrolment no other worker has in hand, until the transaction ends, and reads what is still
 * due of them; of one enrolment at most one, so that its steps follow each other.
 */
export async function takeRuns(db: Database, keys: readonly RunKey[], now: Date): Promise<DueRun[]> {
  const enrolments = [...new Set(keys.map(({ enrolmentId }) => enrolmentId))];
  const { rows: locked } = await sql<{ id: string }>`
    select id from unnest(${enrolments}::uuid[]) as id
    where pg_try_advisory_xact_lock(${family}, hashtext(id::text))`.execute(db);
  const ours = new Set(locked.map(({ id }) => id));
  const some = keys.filter(({ enrolmentId }) => ours.delete(enrolmentId));
  if (some.length === 0) return [];
  const { rows } = await sql<Row>`
    select r.customer_id as "customerId", r.id, r.enrolment_id as "enrolmentId", r.step, r.visit, r.kind,
      r.due_at as "dueAt", r.until ->> 'ends' as ends, r.play_id as "playId", r.version, e.state as "enrolmentState",
      e.step as at, e.arm, e.entered_at as "enteredAt", e.result_due as "resultDue", e.score_before as "scoreBefore",
      c.email, c.name, c.language, c.time_zone as "timeZone", c.external_id as "externalId", c.traits,
      a.name as "accountName", a.traits as "accountTraits",
      c.unsubscribed_at is not null as unsubscribed, c.bounced_at is not null as bounced,
      exists (select from complaints k where k.customer_id = c.id and k.closed_at is null) as complaint
    from unnest(
        ${some.map(({ customerId }) => customerId)}::uuid[], ${some.map(({ id }) => id)}::uuid[]
      ) as k (customer_id, id)
      join step_runs r on r.customer_id = k.customer_id and r.id = k.id
      join enrolments e on e.customer_id = r.customer_id and e.id = r.enrolment_id
      join customers c on c.id = r.customer_id
      left join accounts a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where r.state = 'due' and r.due_at <= ${now}::timestamptz`.execute(db);
  const plays = await readPlaying(db, rows);
  return rows.flatMap((row) => {
    const play = plays.get(playKey(row));
    if (!play || (play.state !== "live" && play.state !== "closed")) return [];
    return [asRun(row, play)];
  });
}

function asRun(row: Row, play: PlayingPlay): DueRun {
  const { customerId, id, enrolmentId, step, visit, kind, dueAt, ends } = row;
  const { enrolmentState: state, at, arm, enteredAt, resultDue, scoreBefore } = row;
  const { email, name, language, timeZone, externalId, traits, accountName, accountTraits } = row;
  const { unsubscribed, bounced, complaint } = row;
  return {
    customerId,
    id,
    enrolmentId,
    step,
    visit,
    kind,
    dueAt,
    ends: ends === null ? null : new Date(ends),
    enrolment: { state, step: at, arm, enteredAt, resultDue, scoreBefore },
    person: {
      email,
      name,
      language,
      timeZone,
      externalId,
      traits,
      accountName,
      accountTraits,
      unsubscribed,
      bounced,
      complaint,
    },
    play,
  };
}

/** What came of a run: it is over, and the customer goes on; or it is tried again later. */
export type Outcome =
  | {
      state: "done" | "skipped" | "cancelled" | "failed";
      /** The step that follows, null for out of the play. */
      next: string | null;
      result?: object;
      reason?: string;
    }
  | { later: Date; reason: string };

/** The outcomes of runs, by their ids. */
export type Outcomes = Map<string, Outcome>;

/** Not now; where the result is read before then, not at all. */
export function laterOrSkip(run: DueRun, later: Date, reason: string, next: string | null): Outcome {
  return later < run.enrolment.resultDue ? { later, reason } : { state: "skipped", reason, next };
}
