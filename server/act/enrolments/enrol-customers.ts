import { sql } from "kysely";
import { withMoreMemory } from "../../identify/segments/with-more-memory.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { ensurePermanentHoldout } from "../settings/act-settings.ts";
import type { PlayDefinition } from "../plays/play-definition.ts";
import { fitsPlay, reasonsToStayOut } from "../plays/who-enters.ts";
import { enrolBatch, enrolmentsAtOnce } from "./enrol-batch.ts";

/** So many one look finds; the next run goes on. */
const mostInOneLook = 100_000;
/** Looks at all customers take a play at most one part in so many of the time. */
const restsFor = 50;
const shortestRest = 30_000;
const longestRest = 600_000;

interface LivePlay {
  workspaceId: string;
  id: string;
  version: number;
  definition: PlayDefinition;
}

/**
 * Does the job `enter-plays`: looks at all customers for each live play whose turn it is, and takes in those for whom it is
 * meant. A play that was published since the last look comes at once; others the less often, the longer looking takes.
 */
export async function enterPlays(
  resources: Resources,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { database, clock, log } = resources;
  const { db } = database;
  for (const play of await playsToLookAt(db, clock.now())) {
    if (signal.aborted) return;
    // What is wrong with one play must not keep the others from taking people in.
    try {
      const now = clock.now();
      const found = await findEntering(db, play, now);
      const took = clock.now().getTime() - now.getTime();
      for (let i = 0; i < found.length && !signal.aborted; i += enrolmentsAtOnce)
        await enrolBatch(db, clock, play, found.slice(i, i + enrolmentsAtOnce));
      const rest = Math.min(Math.max(took * restsFor, shortestRest), longestRest);
      const isAll = found.length < mostInOneLook && !signal.aborted;
      await db
        .updateTable("plays")
        .set({ lookedAt: now, lookAfter: isAll ? new Date(now.getTime() + rest) : null })
        .where("id", "=", play.id)
        .where("state", "=", "live")
        .execute();
    } catch (error) {
      log.error(
        { err: error, play: play.id },
        "nobody could enter a play; it is tried again in half a minute",
      );
    }
  }
}

/** Takes those of these customers of whom there is news into the live plays that are meant for them. */
export async function enrolCustomers(
  { database: { db }, clock, log }: Pick<Resources, "database" | "clock" | "log">,
  workspaceId: string,
  customers: readonly string[],
): Promise<void> {
  if (customers.length === 0) return;
  const unique = [...new Set(customers)].sort();
  for (const play of await livePlays(db, workspaceId)) {
    try {
      for (let i = 0; i < unique.length; i += enrolmentsAtOnce)
        await enrolBatch(db, clock, play, unique.slice(i, i + enrolmentsAtOnce));
    } catch (error) {
      log.error({ err: error, play: play.id }, "customers of whom there is news could not enter a play");
    }
  }
}

async function livePlays(db: Database, workspaceId: string): Promise<LivePlay[]> {
  const { rows } = await sql<LivePlay>`
    select p.workspace_id as "workspaceId", p.id, p.version, v.definition
    from plays p join play_versions v on v.play_id = p.id and v.number = p.version
    where p.workspace_id = ${workspaceId}::uuid and p.state = 'live'
    order by (v.definition ->> 'priority')::integer desc, p.id`.execute(db);
  return rows;
}

// Those with a higher priority first, because who enters one of them may not enter the others.
async function playsToLookAt(db: Database, now: Date): Promise<LivePlay[]> {
  const { rows } = await sql<LivePlay>`
    select p.workspace_id as "workspaceId", p.id, p.version, v.definition
    from plays p join play_versions v on v.play_id = p.id and v.number = p.version
    where p.state = 'live' and (p.look_after is null or p.look_after <= ${now}::timestamptz
      or p.looked_at < v.published_at or p.looked_at < p.live_since
      -- By a clock that has been set back since.
      or p.looked_at > ${now}::timestamptz)
    order by (v.definition ->> 'priority')::integer desc, p.id`.execute(db);
  return rows;
}

async function findEntering(
  db: Database,
  { workspaceId, id, definition }: LivePlay,
  now: Date,
): Promise<string[]> {
  const permanent = await ensurePermanentHoldout(db, workspaceId);
  const fits = await fitsPlay(db, { workspaceId, audience: definition.audience }, { now });
  const held = Object.values(reasonsToStayOut({ workspaceId, id, definition }, permanent, now));
  const rows = await withMoreMemory(db, async (db) => {
    const { rows } = await sql<{ id: string }>`
      select c.id from customers c
      where c.workspace_id = ${workspaceId}::uuid and ${fits} ${sql.join(
        held.map((holds) => sql`and not ${holds}`),
        sql` `,
      )}
      order by c.id limit ${mostInOneLook}`.execute(db);
    return rows;
  });
  return rows.map((row) => row.id);
}
