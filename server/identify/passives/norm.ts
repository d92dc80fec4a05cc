import type { NormFigures } from "../../platform/database/schema-identify.ts";

/** Fewer promoters than this say nothing of a plan; it is then compared with those of all plans. */
export const leastPromoters = 20;

/** What the promoters of a plan (or, under '', of the workspace) do, as the rules compare with it. */
export interface Norm {
  plan: string;
  promoters: number;
  days: number | null;
  events: number | null;
  /** The features that are common among them, and how many of these one of them uses on average. */
  common: string[];
  common_usual: number;
  /** Of all purchases of the workspace, the share at a discount. */
  discount_usual: number | null;
}

/**
 * The norms as the rules need them: a feature is common where at least this share of promoters uses it. How many common
 * features a promoter uses on average is the sum of these shares.
 */
export function normsFrom(
  rows: readonly { plan: string; figures: NormFigures }[],
  commonFrom: number,
): Norm[] {
  const everybody = rows.find(({ plan }) => plan === "")?.figures;
  const discountUsual = everybody?.purchases ? (everybody.discounted ?? 0) / everybody.purchases : null;
  return rows.map(({ plan, figures: { promoters, days, events, features } }) => {
    const common = Object.entries(features).filter(([, share]) => share >= commonFrom);
    const enough = promoters >= leastPromoters;
    return {
      plan,
      promoters,
      days: enough ? days : null,
      events: enough ? events : null,
      common: enough ? common.map(([name]) => name).sort() : [],
      common_usual: common.reduce((sum, [, share]) => sum + share, 0),
      discount_usual: discountUsual,
    };
  });
}
