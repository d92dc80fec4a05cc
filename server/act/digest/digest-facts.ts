import { sql } from "kysely";
import type { Overview } from "../../identify/overview.ts";
import { readOverview } from "../../identify/read-overview.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";

const mostNamed = 5;

/** What a digest tells. */
export interface DigestFacts {
  score: Pick<Overview, "score" | "change" | "wave">;
  newAnswers: number;
  newDetractors: number;
  /** Cases that are open: the most urgent ones by name. */
  waiting: {
    n: number;
    late: number;
    cases: { who: string; title: string; dueAt: Date | null; mine: boolean }[];
  };
  /** Passives who started to cool since. */
  cooling: { n: number; customers: { who: string; change: number | null }[] };
  /** Plays whose result is final and waits for a decision. */
  plays: { id: string; name: string }[];
}

/** Reads what happened in a workspace since, and what waits. */
export async function readDigestFacts(
  db: Database,
  clock: Clock,
  { workspaceId, personId, since }: { workspaceId: string; personId: string; since: Date },
): Promise<DigestFacts> {
  const { score, change, wave } = await readOverview(db, clock, workspaceId);
  const answers = await sql<{ n: number; low: number }>`
    select count(*)::int as n, count(*) filter (where score <= 6)::int as low from responses
    where workspace_id = ${workspaceId}::uuid and at >= ${since}`.execute(db);
  return {
    score: { score, change, wave },
    newAnswers: answers.rows[0]!.n,
    newDetractors: answers.rows[0]!.low,
    waiting: await readWaiting(db, workspaceId, personId, clock.now()),
    cooling: await readCooling(db, workspaceId, since),
    plays: await readReadyPlays(db, workspaceId),
  };
}

const who = sql`coalesce(a.name, c.name, c.email, c.external_id, '')`;

async function readWaiting(
  db: Database,
  workspaceId: string,
  personId: string,
  now: Date,
): Promise<DigestFacts["waiting"]> {
  const counted = await sql<{ n: number; late: number }>`
    select count(*)::int as n, count(*) filter (where due_at < ${now})::int as late from cases
    where workspace_id = ${workspaceId}::uuid and state = 'open'`.execute(db);
  const { rows } = await sql<DigestFacts["waiting"]["cases"][number]>`
    select ${who} as who, k.title, k.due_at as "dueAt", coalesce(k.owner_id = ${personId}::uuid, false) as mine
    from (select * from cases where workspace_id = ${workspaceId}::uuid and state = 'open'
        order by owner_id = ${personId}::uuid desc nulls last, due_at nulls last, id limit ${mostNamed}) k
      join customers c on c.id = k.customer_id
      left join accounts a on a.workspace_id = k.workspace_id and a.id = c.account_id
    order by mine desc, k.due_at nulls last, k.id`.execute(db);
  return { ...counted.rows[0]!, cases: rows };
}

async function readCooling(db: Database, workspaceId: string, since: Date): Promise<DigestFacts["cooling"]> {
  const cooled = sql`from standings s where s.workspace_id = ${workspaceId}::uuid and s.status in ('stated', 'both')
    and s.state = 'cooling' and not s.gone and s.state_since >= ${since}::timestamptz::date`;
  const counted = await sql<{ n: number }>`select count(*)::int as n ${cooled}`.execute(db);
  const { rows } = await sql<{ who: string; change: number | null }>`
    select ${who} as who, s.change
    from (select s.* ${cooled} order by s.revenue desc nulls last, s.customer_id limit ${mostNamed}) s
      join customers c on c.id = s.customer_id
      left join accounts a on a.workspace_id = s.workspace_id and a.id = c.account_id
    order by s.revenue desc nulls last, s.customer_id`.execute(db);
  return { n: counted.rows[0]!.n, customers: rows };
}

async function readReadyPlays(db: Database, workspaceId: string): Promise<DigestFacts["plays"]> {
  return db
    .selectFrom("plays as p")
    .select(["p.id", "p.name"])
    .where("p.workspaceId", "=", workspaceId)
    .where("p.decision", "is", null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("playLooks as l")
          .select("l.at")
          .whereRef("l.playId", "=", "p.id")
          .where("l.horizon", "in", ["at", "behind"]),
      ),
    )
    .orderBy("p.name")
    .limit(20)
    .execute();
}
