import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/**
 * Marks codes as used that customers named as coupons when they bought. Whoever uses a code, it is used: it may have been
 * passed on, or the buyer is not known yet to be who got it.
 * @param customers those of whom something was heard
 */
export async function redeemByPurchases(
  db: Database,
  workspaceId: string,
  customers: ReadonlySet<string>,
): Promise<void> {
  const { rows } = await sql<{ coupon: string; times: Date[] }>`
    select lower(coupon) as coupon, array_agg(at order by at) as times from purchases
    where workspace_id = ${workspaceId}::uuid and customer_id = any (${[...customers]}::uuid[]) and coupon is not null
    group by 1`.execute(db);
  if (rows.length === 0) return;
  const uses = rows.flatMap(({ coupon, times }) => times.map((at) => ({ coupon, at })));
  await sql`
    update incentives i set redeemed_by = 'purchase', redeemed_at = (
      select min(u.at) from unnest(${uses.map(({ coupon }) => coupon)}::text[], ${uses.map(({ at }) => at)}::timestamptz[]) as u (coupon, at)
      where u.coupon = lower(i.code) and u.at >= i.given_at)
    where i.workspace_id = ${workspaceId}::uuid and i.redeemed_at is null
      and lower(i.code) = any (${rows.map(({ coupon }) => coupon)}::text[])
      and exists (
        select from unnest(${uses.map(({ coupon }) => coupon)}::text[], ${uses.map(({ at }) => at)}::timestamptz[]) as u (coupon, at)
        where u.coupon = lower(i.code) and u.at >= i.given_at)`.execute(db);
}
