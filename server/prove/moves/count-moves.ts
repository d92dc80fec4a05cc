import { sql } from "kysely";
import { workspaceExists } from "../../platform/accounts/workspace-exists.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { type Jobs, send } from "../../platform/jobs/send.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Resources } from "../../platform/resources.ts";
import { isHeldOutInSql, movedCustomers, type Span } from "./moved-customers.ts";

/** How many were this before and that after; null for who was not asked. */
export interface RawGroup {
  before: number | null;
  after: number | null;
  heldOut: boolean;
  n: number;
}

/** How the permanent holdout of a workspace is drawn. */
export interface Holdout {
  id: string;
  salt: string;
  permanentHoldout: number;
}

export interface CountedMoves {
  groups: RawGroup[];
  /** Null where it was just now, and quick. */
  countedAt: Date | null;
  /** A job counts them anew. */
  counting: boolean;
}

interface StoredMoves {
  groups: RawGroup[];
  countedAt: Date;
  seconds: number;
}

type Stores = Pick<Resources, "database" | "clock">;

/** Seconds. What takes less is counted each time. */
const quick = 1;
/** What took a second is kept for so many, so that a hundredth of the time at most goes into counting. */
const keptFor = 100;
/** Seconds. What is older is shown only where counting anew takes longer than a page can wait. */
const old = 3600;
/** Seconds. What is older still is shown to nobody. */
const oldest = 24 * 3600;

/**
 * Counts who moved where. Of a company for which this takes long, the numbers are those of a while ago; when the while is over
 * they are shown once more, and counted meanwhile.
 * @throws Refusal `busy` where counting the first time takes longer than a page can wait; it goes on without the page
 */
export async function countedMoves(
  stores: Stores,
  span: Span,
  holdout: Holdout | null,
): Promise<CountedMoves> {
  const { database, clock } = stores;
  const stored = await readStored(database.reads, span, holdout);
  const age = ageOf(stored, clock);
  if (stored && isFresh(stored, clock)) return { ...stored, counting: false };
  if (!stored || age >= old) {
    try {
      return await countAnew(stores, database.reads, span, holdout);
    } catch (error) {
      if ((error as { code?: unknown }).code !== "57014") throw error;
    }
  }
  await countLater(database.db, span);
  if (stored && age < oldest) return { ...stored, counting: true };
  throw new Refusal("busy", "So many customers take a while to count; look again in a minute.", {
    reason: "counting",
    retryAfterSeconds: 60,
  });
}

const ageOf = (stored: StoredMoves | undefined, clock: Clock) =>
  stored ? (clock.now().getTime() - stored.countedAt.getTime()) / 1000 : Infinity;

const isFresh = (stored: StoredMoves, clock: Clock) =>
  ageOf(stored, clock) < Math.max(quick, stored.seconds) * keptFor;

async function countLater(db: Database, { workspaceId, surveyId, from, to }: Span): Promise<void> {
  const days = ({ from, to }: { from: string; to: string }) => ({ from, to });
  const job: Jobs["count-moves"] = { workspaceId, surveyId, from: days(from), to: days(to) };
  await send(db, "count-moves", job, { key: JSON.stringify(job) });
}

/** The job: counts anew what pages asked for, unless it was counted meanwhile. */
export async function countWaiting(stores: Stores, span: Span, holdout: Holdout | null): Promise<void> {
  const { database, clock } = stores;
  const stored = await readStored(database.db, span, holdout);
  if (!stored || !isFresh(stored, clock)) await countAnew(stores, database.db, span, holdout);
}

/** Counts whatever is kept; keeps it where it took long. */
export async function countAnew(
  { database: { db }, clock }: Stores,
  reads: Database,
  span: Span,
  holdout: Holdout | null,
): Promise<CountedMoves> {
  const countedAt = clock.now();
  const { groups, seconds } = await timeGroups(reads, span, holdout);
  const { workspaceId, surveyId } = span;
  const choice = choiceOf(span, holdout);
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await db
      .deleteFrom("moveCounts")
      .where("workspaceId", "=", workspaceId)
      .where((of) =>
        of.or([
          of.and({ surveyId, choice }),
          of("countedAt", "<", new Date(countedAt.getTime() - oldest * 1000)),
        ]),
      )
      .execute();
    // It may have been deleted meanwhile.
    if (seconds < quick || !(await workspaceExists(db, workspaceId))) return;
    await db
      .insertInto("moveCounts")
      .values({ workspaceId, surveyId, choice, countedAt, seconds, groups: JSON.stringify(groups) })
      // Two who counted at once.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return { groups, countedAt: seconds < quick ? null : countedAt, counting: false };
}

async function readStored(
  db: Database,
  span: Span,
  holdout: Holdout | null,
): Promise<StoredMoves | undefined> {
  return db
    .selectFrom("moveCounts")
    .select(["groups", "countedAt", "seconds"])
    .where("workspaceId", "=", span.workspaceId)
    .where("surveyId", "=", span.surveyId)
    .where("choice", "=", choiceOf(span, holdout))
    .executeTakeFirst();
}

/** Drawn otherwise, others are held out. */
function choiceOf({ from, to }: Span, holdout: Holdout | null): string {
  return [from.from, from.to, to.from, to.to, holdout?.permanentHoldout, holdout?.salt].join(" ");
}

/** Seconds are those of the count alone: waiting for a connection says nothing about a company's size. */
async function timeGroups(db: Database, span: Span, holdout: Holdout | null) {
  const heldOut = holdout ? isHeldOutInSql("m.customer_id", holdout) : sql`false`;
  const count = sql<RawGroup>`
    select m.before, m.after, ${heldOut} as "heldOut", count(*)::float8 as n
    from (${movedCustomers(span)}) as m group by 1, 2, 3`;
  return db.connection().execute(async (connection) => {
    const start = performance.now();
    const { rows: groups } = await count.execute(connection);
    return { groups, seconds: (performance.now() - start) / 1000 };
  });
}
