import { type RawBuilder, sql } from "kysely";
import { isKnown } from "../../collect/asking/audience-condition.ts";
import { hasPassed } from "../../identify/passives/customer-figures.ts";
import type { Database } from "../../platform/database/open.ts";
import type { PlayDefinition } from "./play-definition.ts";
import { fitsPlay } from "./who-enters.ts";

/** Below so many customers in the past, their share says nothing. */
const enough = 30;

interface Stratum {
  stratum: string;
  n: number;
  reached: number;
}

/** How the customer `c` stood at a moment, and whether they reached the goal after it. */
interface Look {
  /** What has to be joined for the stratum, and for the rest: one pass over answers, not one for each customer. */
  standing?: (at: Date) => RawBuilder<unknown>;
  outcome?: RawBuilder<unknown>;
  stratum: (at: Date) => RawBuilder<string>;
  reached: RawBuilder<boolean>;
  /** Whether the past of this customer tells something. */
  counts: RawBuilder<boolean>;
}

/**
 * The share of a play's audience that reaches its goal anyway: what became, in as many days as the play has, of customers who
 * stood then as those of the audience stand now. Customers who stand otherwise would say too much or too little: of passives
 * fewer become promoters than of all.
 * @returns 0 to 1; null where the past tells nothing
 */
export async function readPastBaseline(
  db: Database,
  { workspaceId, definition }: { workspaceId: string; definition: PlayDefinition },
  now: Date,
): Promise<number | null> {
  const from = new Date(now.getTime() - definition.days * 24 * 3600 * 1000);
  const look = lookFor(definition, { workspaceId, from, now });
  const past = await readPast(db, workspaceId, look, from);
  const all = sum(past);
  if (all.n < enough) return null;
  const fits = await fitsPlay(db, { workspaceId, audience: definition.audience }, { now });
  const audience = await readAudience(db, workspaceId, look, { fits, now });
  const rateOf = (name: string) => {
    const own = past.find(({ stratum }) => stratum === name);
    return own && own.n >= enough ? own.reached / own.n : all.reached / all.n;
  };
  const n = audience.reduce((total, each) => total + each.n, 0);
  if (n === 0) return all.reached / all.n;
  return audience.reduce((total, each) => total + each.n * rateOf(each.stratum), 0) / n;
}

function sum(strata: readonly Stratum[]): { n: number; reached: number } {
  return {
    n: strata.reduce((total, { n }) => total + n, 0),
    reached: strata.reduce((total, { reached }) => total + reached, 0),
  };
}

function lookFor(
  { goal, steps }: PlayDefinition,
  { workspaceId, from, now }: { workspaceId: string; from: Date; now: Date },
): Look {
  const within = (at: RawBuilder<unknown>) =>
    sql<boolean>`(${at} > ${from}::timestamptz and ${at} <= ${now}::timestamptz)`;
  switch (goal.kind) {
    case "promoter": {
      const survey = goal.survey === null ? sql`true` : sql`r.survey_id = ${goal.survey}::uuid`;
      return {
        standing: (at) => sql`left join (
          select distinct on (customer_id) customer_id,
            case when score >= 9 then 'promoter' when score >= 7 then 'passive' else 'detractor' end as category
          from responses where workspace_id = ${workspaceId}::uuid and at <= ${at}::timestamptz
          order by customer_id, at desc, id desc) before on before.customer_id = c.id`,
        outcome: sql`left join (
          select r.customer_id, bool_or(r.score >= 9) as promoter from responses r
          where r.workspace_id = ${workspaceId}::uuid and ${within(sql`r.at`)} and ${survey} group by r.customer_id
        ) answered on answered.customer_id = c.id
        left join (
          select distinct i.customer_id from invitations i
          where i.workspace_id = ${workspaceId}::uuid and ${within(sql`i.sent_at`)}
        ) asked on asked.customer_id = c.id`,
        stratum: () => sql<string>`coalesce(before.category, '')`,
        reached: sql<boolean>`coalesce(answered.promoter, false)`,
        // Where a step asks everybody, only those who were asked then are like them.
        counts: steps.some(({ kind }) => kind === "ask")
          ? sql<boolean>`(asked.customer_id is not null or answered.customer_id is not null)`
          : sql<boolean>`exists (select from responses r where r.workspace_id = ${workspaceId}::uuid and r.at <= ${from}::timestamptz)`,
      };
    }
    case "retained": {
      const gone = (at: Date) =>
        hasPassed(
          `coalesce(c.traits ->> 'churnedAt', (
            select a.traits ->> 'churnedAt' from accounts a where a.id = c.account_id and a.workspace_id = c.workspace_id))`,
          at,
        );
      return {
        stratum: () => sql<string>`''`,
        reached: sql<boolean>`not ${gone(now)}`,
        counts: sql<boolean>`(c.created_at <= ${from}::timestamptz and not ${gone(from)})`,
      };
    }
    case "purchase": {
      const bought = (at: RawBuilder<unknown>) =>
        sql<boolean>`exists (select from purchases b where b.customer_id = c.id and ${at})`;
      return {
        stratum: (at) =>
          sql<string>`${bought(sql`b.at > ${at}::timestamptz - interval '365 days' and b.at <= ${at}::timestamptz`)}::text`,
        reached: bought(within(sql`b.at`)),
        counts: sql<boolean>`exists (
          select from purchases b where b.workspace_id = ${workspaceId}::uuid and b.at <= ${from}::timestamptz)`,
      };
    }
    default: {
      const used = (condition: RawBuilder<unknown>) => sql<boolean>`exists (
        select from feature_use u where u.customer_id = c.id and u.name = ${goal.feature} and ${condition})`;
      return {
        stratum: (at) => sql<string>`${used(sql`u.first_at <= ${at}::timestamptz`)}::text`,
        reached: used(sql`u.last_at > ${from}::timestamptz`),
        counts: sql<boolean>`exists (
          select from engagement g where g.customer_id = c.id and g.first_at <= ${from}::timestamptz)`,
      };
    }
  }
}

async function readPast(db: Database, workspaceId: string, look: Look, from: Date): Promise<Stratum[]> {
  const { rows } = await sql<Stratum>`
    select stratum, count(*) as n, count(*) filter (where reached) as reached from (
      select ${look.stratum(from)} as stratum, ${look.reached} as reached
      from customers c ${look.standing?.(from) ?? sql``} ${look.outcome ?? sql``}
      where c.workspace_id = ${workspaceId}::uuid and ${isKnown} and ${look.counts}
    ) as each group by stratum`.execute(db);
  return rows;
}

async function readAudience(
  db: Database,
  workspaceId: string,
  look: Look,
  { fits, now }: { fits: RawBuilder<boolean>; now: Date },
): Promise<Pick<Stratum, "stratum" | "n">[]> {
  const { rows } = await sql<{ stratum: string; n: number }>`
    select stratum, count(*) as n from (
      select ${look.stratum(now)} as stratum
      from customers c ${look.standing?.(now) ?? sql``} where c.workspace_id = ${workspaceId}::uuid and ${fits}
    ) as each group by stratum`.execute(db);
  return rows;
}
