import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { NormFigures } from "../../platform/database/schema-identify.ts";
import { decayed, depthOf, featureDays, hasPassed, sumsOfWeeks } from "./customer-figures.ts";
import { leastPromoters, leastShare, varietyGrid } from "./norm.ts";

/** More plans than these are no plans; whoever is on another is compared with everybody. */
const mostPlans = 200;

/** Of each plan so many stand for all. */
const mostOfPlan = 2_000;

interface NormRow {
  plan: string;
  promoters: number;
  days: number | null;
  depth: number | null;
  variety: number[] | null;
  features: Record<string, number>;
}

/**
 * Measures what promoters do, by plan and together: those whose newest answer is 9 or 10, who can be told apart, have not
 * left and use the product. Replaces the norms of the workspace.
 */
export async function measureNorms(
  db: Database,
  workspaceId: string,
  now: Date,
  { measuredAt = now } = {},
): Promise<void> {
  const workspace = sql`${workspaceId}::uuid`;
  const weeks = sumsOfWeeks(now);
  const { rows } = await sql<NormRow>`
    with latest as (
      select distinct on (customer_id) customer_id, score from responses where workspace_id = ${workspace}
      order by customer_id, at desc, id desc
    ), promoters as materialized (
      select c.id, coalesce(c.traits ->> 'plan', a.traits ->> 'plan', '') as plan, e.first_at,
        case when e.first_week <= ${weeks.from}::date then ${weeks.days} end as days
      from latest l join customers c on c.id = l.customer_id and c.workspace_id = ${workspace}
      join engagement e on e.customer_id = c.id and e.workspace_id = ${workspace}
      left join accounts a on a.id = c.account_id and a.workspace_id = ${workspace}
      where l.score >= 9 and not c.anonymous and e.state not in ('unknown', 'dormant')
        and not ${hasPassed("coalesce(c.traits ->> 'churnedAt', a.traits ->> 'churnedAt')", now)}
    ), plans as (
      select coalesce(plan, '') as plan, count(*)::integer as promoters from promoters group by grouping sets ((plan), ())
      having grouping(plan) = 1 or plan <> '' and count(*) >= ${leastPromoters}
      order by grouping(plan) desc, promoters desc limit ${mostPlans + 1}
    ), picked as materialized (
      select * from (
        select p.*, row_number() over (partition by p.plan order by hashtext(p.id::text)) as nth from promoters p
      ) p where nth <= ${mostOfPlan}
    ), used as materialized (
      select p.id, p.plan, u.name, ${decayed(now)} as weight, sum(${decayed(now)}) over (partition by p.id) as uses
      from picked p join feature_use u on u.customer_id = p.id and u.workspace_id = ${workspace}
      join event_names w on w.workspace_id = ${workspace} and w.name = u.name and w.counts_as = 'feature'
      where u.last_at > ${now}::timestamptz - ${featureDays} * interval '1 day'
    ), habits as (
      select coalesce(plan, '') as plan, percentile_cont(0.5) within group (order by days) as days,
        percentile_cont(0.5) within group (order by depth) as depth, count(*)::float8 as picked
      from (
        select p.plan, p.days, ${depthOf("p", now)} as depth
        from (select p.*, coalesce((select max(u.uses) from used u where u.id = p.id), 0) as uses from picked p) p
      ) p
      group by grouping sets ((plan), ()) having grouping(plan) = 1 or plan <> ''
    ), shares as (
      select coalesce(plan, '') as plan, name, count(*)::float8 as n
      from used group by grouping sets ((plan, name), (name)) having grouping(plan) = 1 or plan <> ''
    ), varieties as (
      -- Rarefaction: how many different features of theirs are among so many uses, never more than there were.
      select coalesce(plan, '') as plan, n, avg(features) as features
      from (
        select u.id, u.plan, n, sum(1 - power(greatest(0, 1 - u.weight / u.uses), n)) as features
        from used u join unnest(${varietyGrid}::float8[]) as n on n <= u.uses group by 1, 2, 3
      ) each
      group by grouping sets ((plan, n), (n))
      having count(*) >= ${leastPromoters} and (grouping(plan) = 1 or plan <> '')
    )
    select s.plan, s.promoters, h.days, h.depth,
      (select array_agg(round(v.features::numeric, 3)::float8 order by v.n) from varieties v where v.plan = s.plan) as variety,
      coalesce((select jsonb_object_agg(u.name, round((u.n / h.picked)::numeric, 4)) from shares u
        where u.plan = s.plan and u.n >= ${leastShare} * h.picked), '{}') as features
    from plans s join habits h on h.plan = s.plan`.execute(db);
  const bought = await sql<{ purchases: number; discounted: number }>`
    select count(*) as purchases, count(*) filter (where discount > 0 or coupon <> '') as discounted
    from purchases where workspace_id = ${workspace} and at > ${now}::timestamptz - interval '365 days'`.execute(
    db,
  );
  const measured = rows.map(({ plan, ...figures }) => ({
    workspaceId,
    plan,
    figures: JSON.stringify({ ...figures, ...(plan === "" && bought.rows[0]) } satisfies NormFigures),
    measuredAt,
  }));
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await db.deleteFrom("passiveNorms").where("workspaceId", "=", workspaceId).execute();
    if (!(await hasCustomers(db, workspaceId))) return;
    await db
      .insertInto("passiveNorms")
      .values(measured)
      // Somebody else may have measured at the same time.
      .onConflict((c) =>
        c.columns(["workspaceId", "plan"]).doUpdateSet((e) => ({
          figures: e.ref("excluded.figures"),
          measuredAt: e.ref("excluded.measuredAt"),
        })),
      )
      .execute();
  });
}

/** One without may have been deleted meanwhile. */
async function hasCustomers(db: Database, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const day = 24 * 3600 * 1000;

/** The norms of a workspace, as they were last measured. */
export async function normRows(db: Database, workspaceId: string) {
  return db
    .selectFrom("passiveNorms")
    .select(["plan", "figures"])
    .where("workspaceId", "=", workspaceId)
    .orderBy("plan")
    .execute();
}

/** The same; measured now where they never were. */
export async function ensureNorms(db: Database, workspaceId: string, now: Date) {
  const rows = await normRows(db, workspaceId);
  if (rows.length > 0) return rows;
  // As if yesterday, for not all customers have been looked at today.
  await measureNorms(db, workspaceId, now, { measuredAt: new Date(now.getTime() - day) });
  return normRows(db, workspaceId);
}
