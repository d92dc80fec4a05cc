import type { Database } from "../../platform/database/open.ts";
import { RuleChoices } from "./rules.ts";

/** The rules of a workspace as they are chosen; what was not chosen is as shipped. */
export async function readRuleChoices(db: Database, workspaceId: string): Promise<RuleChoices> {
  const rows = await db
    .selectFrom("passiveRules")
    .select(["rule", "enabled", "settings"])
    .where("workspaceId", "=", workspaceId)
    .execute();
  const chosen = Object.fromEntries(rows.map(({ rule, enabled, settings }) => [rule, { enabled, settings }]));
  const known = Object.keys(RuleChoices.shape).filter((rule) => rule in chosen);
  return RuleChoices.parse(Object.fromEntries(known.map((rule) => [rule, chosen[rule]])));
}
