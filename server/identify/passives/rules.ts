import { z } from "@hono/zod-openapi";
import type { RawBuilder } from "kysely";
import { type Rule, type RuleName, ruleNames } from "./rule.ts";
import { basicFeatures } from "./rules/basic-features.ts";
import { browsing } from "./rules/browsing.ts";
import { decliningUse } from "./rules/declining-use.ts";
import { discountOnly } from "./rules/discount-only.ts";
import { infrequentSessions } from "./rules/infrequent-sessions.ts";
import { minimalUse } from "./rules/minimal-use.ts";
import { scarceAnswers } from "./rules/scarce-answers.ts";

const rules = {
  declining_use: decliningUse,
  basic_features: basicFeatures,
  browsing,
  discount_only: discountOnly,
  infrequent_sessions: infrequentSessions,
  minimal_use: minimalUse,
  scarce_answers: scarceAnswers,
} satisfies Record<RuleName, unknown>;

function choiceOf<Settings extends z.ZodType>(settings: Settings) {
  return z.strictObject({ enabled: z.boolean().default(true), settings });
}

/** A workspace's choice of rules and their settings; what is left out is as shipped. */
export const RuleChoices = z
  .strictObject({
    declining_use: choiceOf(decliningUse.settings.prefault({})).prefault({}),
    basic_features: choiceOf(basicFeatures.settings.prefault({})).prefault({}),
    browsing: choiceOf(browsing.settings.prefault({})).prefault({}),
    discount_only: choiceOf(discountOnly.settings.prefault({})).prefault({}),
    infrequent_sessions: choiceOf(infrequentSessions.settings.prefault({})).prefault({}),
    minimal_use: choiceOf(minimalUse.settings.prefault({})).prefault({}),
    scarce_answers: choiceOf(scarceAnswers.settings.prefault({})).prefault({}),
  })
  .openapi("PassiveRules");
export type RuleChoices = z.infer<typeof RuleChoices>;

/** The rules as they are shipped. */
export const shippedRules: RuleChoices = RuleChoices.parse({});

export interface Condition {
  name: RuleName;
  holds: RawBuilder<boolean>;
  values: RawBuilder<unknown>;
}

/** The rules that are switched on, as SQL over the figures `f`, the weightiest first. */
export function conditionsOf(choices: RuleChoices): Condition[] {
  return ruleNames
    .filter((name) => choices[name].enabled)
    .map((name) => {
      const rule: Rule = rules[name];
      const { settings } = choices[name];
      return { name, holds: rule.holds(settings), values: rule.values(settings) };
    });
}
