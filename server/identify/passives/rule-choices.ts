import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Caller } from "../../platform/http/router.ts";
import { send } from "../../platform/jobs/send.ts";
import { ruleNames } from "./rule.ts";
import { RuleChoices, shippedRules } from "./rules.ts";

/** The rules of a workspace as they are chosen; what was not chosen is as shipped. */
export async function readRuleChoices(db: Database, workspaceId: string): Promise<RuleChoices> {
  const rows = await db
    .selectFrom("passiveRules")
    .select(["rule", "enabled", "settings"])
    .where("workspaceId", "=", workspaceId)
    .execute();
  // A rule whose settings were stored by another version of Nines and are none any more is as shipped.
  const understood = rows.flatMap(({ rule, enabled, settings }) => {
    const choice = { [rule]: { enabled, settings } };
    return RuleChoices.safeParse(choice).success ? [choice] : [];
  });
  return RuleChoices.parse(Object.assign({}, ...understood));
}

/** Stores which rules count and with which settings, and has all customers looked at anew. */
export async function saveRuleChoices(
  db: Database,
  clock: Clock,
  { workspaceId, personId = null }: Pick<Caller, "workspaceId"> & { personId?: string | null },
  choices: RuleChoices,
): Promise<void> {
  // Only what differs from the shipped rules is kept, so that better ones reach whoever has not decided.
  const own = ruleNames.filter((rule) => !isDeepStrictEqual(choices[rule], shippedRules[rule]));
  await db.transaction().execute(async (db) => {
    await db.deleteFrom("passiveRules").where("workspaceId", "=", workspaceId).execute();
    if (own.length > 0) {
      await db
        .insertInto("passiveRules")
        .values(
          own.map((rule) => ({
            workspaceId,
            rule,
            enabled: choices[rule].enabled,
            settings: JSON.stringify(choices[rule].settings),
            updatedBy: personId,
            updatedAt: clock.now(),
          })),
        )
        .execute();
    }
    await send(db, "refresh-standings", { workspaceId }, { key: workspaceId });
  });
}
