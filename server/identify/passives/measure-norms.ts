import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { NormFigures } from "../../platform/database/schema-identify.ts";
import { featureDays, hasPassed, sumsOfWeeks } from "./customer-figures.ts";
import { leastPromoters } from "./norm.ts";

/** More plans than these are no plans; whoever is on another is compared with everybody. */
const mostPlans = 200;

interface NormRow {
  plan: string;
  promoters: number;
  days: number | null;
  events: number | null;
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
      select c.id, coalesce(c.traits ->> 'plan', a.traits ->> 'plan', '') as plan,
        case when e.first_week <= ${weeks.from}::date then ${weeks.days} end as days,
        case when e.first_week <= ${weeks.from}::date then ${weeks.events} end as events
      from latest l join customers c on c.id = l.customer_id and c.workspace_id = ${workspace}
      join engagement e on e.customer_id = c.id and e.workspace_id = ${workspace}
      left join accounts a on a.id = c.account_id and a.workspace_id = ${workspace}
      where l.score >= 9 and not c.anonymous and e.state not in ('unknown', 'dormant')
        and not ${hasPassed("coalesce(c.traits ->> 'churnedAt', a.traits ->> 'churnedAt')", now)}
    ), plans as (
      select coalesce(plan, '') as plan, count(*)::integer as promoters,
        percentile_cont(0.5) within group (order by days) as days,
        percentile_cont(0.5) within group (order by events) as events
      from promoters group by grouping sets ((plan), ())
      having grouping(plan) = 1 or plan <> '' and count(*) >= ${leastPromoters}
      order by grouping(plan) desc, promoters desc limit ${mostPlans + 1}
    ), used as (
      select coalesce(p.plan, '') as plan, u.name, count(*)::float8 as n
      from promoters p join feature_use u on u.customer_id = p.id and u.workspace_id = ${workspace}
      join event_names w on w.workspace_id = ${workspace} and w.name = u.name and w.counts_as = 'feature'
      where u.last_at > ${now}::timestamptz - ${featureDays} * interval '1 day'
      group by grouping sets ((p.plan, u.name), (u.name)) having grouping(p.plan) = 1 or p.plan <> ''
    )
    select s.plan, s.promoters, s.days, s.events, coalesce((
      select jsonb_object_agg(u.name, round((u.n / s.promoters)::numeric, 4)) from used u
      where u.plan = s.plan and u.n >= 0.1 * s.promoters), '{}') as features
    from plans s`.execute(db);
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
