import type { z } from "@hono/zod-openapi";
import type { RawBuilder } from "kysely";

/** The rules by which behaviour makes a customer passive, the weightiest first: the order in which reasons are shown. */
export const ruleNames = [
  "declining_use",
  "basic_features",
  "browsing",
  "discount_only",
  "infrequent_sessions",
  "minimal_use",
  "scarce_answers",
] as const;
export type RuleName = (typeof ruleNames)[number];

/**
 * One rule: its settings with their defaults, when it holds, and the figures that its sentence names. Both are SQL over the
 * figures `f` of a customer (customer-figures.ts); what is not known is null there, and then the rule does not hold.
 */
export interface Rule<Settings extends z.ZodType = z.ZodType> {
  settings: Settings;
  /** Never null. */
  holds: (settings: z.infer<Settings>) => RawBuilder<boolean>;
  /** A JSON object. */
  values: (settings: z.infer<Settings>) => RawBuilder<unknown>;
}
