import type { NormFigures } from "../../platform/database/schema-identify.ts";

/** Fewer promoters than this say nothing of a plan; it is then compared with those of all plans. */
export const leastPromoters = 20;
/** A feature that fewer of them use is not one that promoters use. */
export const leastShare = 0.1;
/** Uses of features at which variety is measured. */
export const varietyGrid = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** What the promoters of a plan (or, under '', of the workspace) do, as the rules compare with it. */
export interface Norm {
  plan: string;
  promoters: number;
  /** Active days a week, and uses of features on such a day, of the promoter in the middle. */
  days: number | null;
  depth: number | null;
  /** How many different features they use in 1, 2, 4, 8 … uses, on average. */
  variety: number[];
  /** The features that at least a tenth of them use, the most used first. */
  features: string[];
  /** Of all purchases of the workspace, the share at a discount. */
  discount_usual: number | null;
}

/** The norms as the rules need them: with too few promoters there is nothing to compare with. */
export function normsFrom(rows: readonly { plan: string; figures: NormFigures }[]): Norm[] {
  const everybody = rows.find(({ plan }) => plan === "")?.figures;
  const discountUsual = everybody?.purchases ? (everybody.discounted ?? 0) / everybody.purchases : null;
  return rows.map(({ plan, figures: { promoters, days, depth, variety, features } }) => {
    const enough = promoters >= leastPromoters;
    return {
      plan,
      promoters,
      days: enough ? days : null,
      depth: enough ? depth : null,
      variety: enough ? (variety ?? []) : [],
      features: enough ? Object.keys(features).sort((a, b) => features[b]! - features[a]!) : [],
      discount_usual: discountUsual,
    };
  });
}
