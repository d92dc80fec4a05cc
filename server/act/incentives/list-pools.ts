import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { findPlayUses } from "../plays/play-uses.ts";
import type { CodePool } from "./code-pool.ts";

interface Counts {
  id: string;
  free: number;
  given: number;
  withdrawn: number;
}

/** The pools of codes by name, with how many codes are left, handed out, used and withdrawn. */
export async function listPools(db: Database, workspaceId: string, id?: string): Promise<CodePool[]> {
  const pools = await db
    .selectFrom("codePools")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where("deletedAt", "is", null)
    .$if(id !== undefined, (query) => query.where("id", "=", id!))
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .execute();
  const ids = pools.map((pool) => pool.id);
  const counts = await sql<Counts>`
    select pool_id as id, count(*) filter (where state = 'free')::integer as free,
      count(*) filter (where state = 'given')::integer as given,
      count(*) filter (where state = 'withdrawn')::integer as withdrawn
    from codes where workspace_id = ${workspaceId}::uuid and pool_id = any (${ids}::uuid[]) group by 1`.execute(
    db,
  );
  const used = await sql<{ id: string; redeemed: number }>`
    select pool_id as id, count(*)::integer as redeemed from incentives
    where workspace_id = ${workspaceId}::uuid and pool_id = any (${ids}::uuid[]) and redeemed_at is not null
    group by 1`.execute(db);
  const countsOf = new Map(counts.rows.map((row) => [row.id, row]));
  const redeemedOf = new Map(used.rows.map((row) => [row.id, row.redeemed]));
  const plays = await findPlayUses(db, workspaceId, "pools");
  return pools.map((pool) => {
    const { free = 0, given = 0, withdrawn = 0 } = countsOf.get(pool.id) ?? {};
    return {
      id: pool.id,
      name: pool.name,
      worth: pool.worth,
      amount: pool.amount,
      currency: pool.currency,
      lowStock: pool.lowStock,
      expiresAt: pool.expiresAt?.toISOString() ?? null,
      createdAt: pool.createdAt.toISOString(),
      free,
      given,
      withdrawn,
      redeemed: redeemedOf.get(pool.id) ?? 0,
      low: free <= pool.lowStock,
      plays: (plays.get(pool.id) ?? []).map(({ id, name }) => ({ id, name })),
    };
  });
}

/** @throws Refusal where there is no such pool */
export async function readPool(db: Database, workspaceId: string, id: string): Promise<CodePool> {
  const [pool] = await listPools(db, workspaceId, id);
  if (!pool)
    throw new Refusal("not_found", "There is no such pool of codes; look at GET /api/v1/code-pools.", {
      reason: "no_such_pool",
    });
  return pool;
}
