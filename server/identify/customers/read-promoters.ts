import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { featureDays } from "../passives/customer-figures.ts";
import { leastPromoters } from "../passives/norm.ts";
import type { Customer } from "./customer.ts";

/** A feature is common where at least this share of the promoters uses it. */
const commonFrom = 0.5;
const mostFeatures = 8;

/**
 * What promoters like this customer use and they do not: those of the same plan, or of all plans where it has too few.
 * As it was last measured for the rules, so the page says what the rules go by.
 */
export async function readPromoters(
  db: Database,
  clock: Clock,
  { workspaceId, id, plan }: { workspaceId: string; id: string; plan: string | null },
): Promise<Customer["promoters"]> {
  const rows = await db
    .selectFrom("passiveNorms")
    .select(["plan", "figures"])
    .where("workspaceId", "=", workspaceId)
    .where("plan", "in", plan === null ? [""] : ["", plan])
    .execute();
  const enough = rows.filter(({ figures }) => figures.promoters >= leastPromoters);
  const norm = enough.find((row) => row.plan === plan) ?? enough.find((row) => row.plan === "");
  if (!norm) return null;
  const since = new Date(clock.now().getTime() - featureDays * 24 * 3_600_000);
  const used = await db
    .selectFrom("featureUse")
    .select("name")
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", id)
    .where("lastAt", ">", since)
    .execute();
  const names = new Set(used.map(({ name }) => name));
  const features = Object.entries(norm.figures.features)
    .filter(([name, share]) => share >= commonFrom && !names.has(name))
    .toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, mostFeatures)
    .map(([name, share]) => ({ name, share }));
  return { plan: norm.plan || null, n: norm.figures.promoters, features };
}
