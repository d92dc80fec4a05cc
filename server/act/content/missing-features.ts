import { readPromoters } from "../../identify/customers/read-promoters.ts";
import type { Database } from "../../platform/database/open.ts";

/**
 * The features that promoters like this customer use and they do not, the most common first: the same that their page names
 * and that the rule for basic features goes by.
 */
export async function missingFeatures(
  db: Database,
  { workspaceId, customerId, now }: { workspaceId: string; customerId: string; now: Date },
): Promise<string[]> {
  const standing = await db
    .selectFrom("standings")
    .select("plan")
    .where("customerId", "=", customerId)
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  const plan = standing?.plan ?? null;
  const promoters = await readPromoters(db, { now: () => now }, { workspaceId, id: customerId, plan });
  if (!promoters || promoters.features.length === 0) return [];
  // What promoters use was measured some hours ago; a member may have decided since that it is no feature.
  const features = await db
    .selectFrom("eventNames")
    .select("name")
    .where("workspaceId", "=", workspaceId)
    .where("countsAs", "=", "feature")
    .where(
      "name",
      "in",
      promoters.features.map(({ name }) => name),
    )
    .execute();
  const still = new Set(features.map(({ name }) => name));
  return promoters.features.map(({ name }) => name).filter((name) => still.has(name));
}
