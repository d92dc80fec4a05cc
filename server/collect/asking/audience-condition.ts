import { type RawBuilder, sql } from "kysely";
import { Refusal } from "../../platform/errors.ts";
import type { Audience, AudienceRule } from "../surveys/survey-settings.ts";
import { compareField, type Field } from "./compare-field.ts";

type Condition = RawBuilder<boolean>;

/** The condition that the customer `c` can be in audiences: somebody known, whom not only a browser has named. */
export const isKnown = sql<boolean>`(not c.anonymous and c.verified)`;

/**
 * The condition that the customer `c` fits an audience. Traits compare by case, the fields of the customer do not;
 * whoever lacks a trait is "not equal" to everything.
 * @throws Refusal when a rule names an unknown field or lacks its value
 */
export function audienceCondition(workspaceId: string, { match, rules }: Audience): Condition {
  if (rules.length === 0) return sql<boolean>`true`;
  const conditions = rules.map((rule, index) => ruleCondition(workspaceId, rule, index));
  return sql<boolean>`(${sql.join(conditions, match === "all" ? sql` and ` : sql` or `)})`;
}

function ruleCondition(workspaceId: string, rule: AudienceRule, index: number): Condition {
  const field =
    rule.kind === "trait" ? traitField(rule.field) : customerField(workspaceId, rule.field, index);
  const values = Array.isArray(rule.value) ? rule.value : rule.value === undefined ? [] : [rule.value];
  if (rule.is === "set") return sql<boolean>`(${field.text}) is not null`;
  if (rule.is === "not_set") return sql<boolean>`(${field.text}) is null`;
  const [value] = values;
  if (value === undefined || (rule.is !== "one_of" && values.length > 1)) {
    throw new Refusal("bad_input", `audience.rules.${index}: needs one value to compare with; choose one.`, {
      reason: "rule_without_value",
      values: { rule: index + 1 },
    });
  }
  if (rule.is === "not_equal")
    return sql<boolean>`not coalesce(${compareField(field, "equal", [value])}, false)`;
  return compareField(field, rule.is, [value, ...values.slice(1)]);
}

function traitField(name: string): Field {
  return { text: sql`c.traits ->> ${name}`, ignoresCase: false };
}

function customerField(workspaceId: string, name: string, index: number): Field {
  const fields: Record<string, RawBuilder<string | null>> = {
    language: sql`c.language`,
    email_domain: sql`nullif(split_part(c.email, '@', 2), '')`,
    account: sql`(select coalesce(a.name, a.key) from accounts a
      where a.workspace_id = ${workspaceId}::uuid and a.id = c.account_id limit 1)`,
  };
  const text = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (text) return { text, ignoresCase: true };
  throw new Refusal(
    "bad_input",
    `audience.rules.${index}: ${JSON.stringify(name)} is no field of a customer; take ${Object.keys(fields).join(", ")}, or a trait.`,
    { reason: "no_such_field", values: { rule: index + 1, field: name } },
  );
}
