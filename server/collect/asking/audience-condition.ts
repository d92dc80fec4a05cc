import { type RawBuilder, sql } from "kysely";
import { Refusal } from "../../platform/errors.ts";
import type { Audience, AudienceRule } from "../surveys/survey-settings.ts";

type Condition = RawBuilder<boolean>;
type Value = string | number | boolean;

/** The condition that the customer `c` can be in audiences: somebody known, whom not only a browser has named. */
export const isKnown = sql<boolean>`(not c.anonymous and c.verified)`;

/**
 * The condition that the customer `c` fits an audience. Whatever people wrote travels as a parameter, never as SQL.
 * Numbers are compared as numbers, also where a trait holds them as text; `contains` and the fields of the customer
 * ignore case; whoever lacks a trait is "not equal" to everything.
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
  return compare(field, rule.is, value, values);
}

interface Field {
  /** As text; null where there is none. */
  text: RawBuilder<string | null>;
  ignoresCase: boolean;
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

function compare(
  field: Field,
  is: Exclude<AudienceRule["is"], "set" | "not_set">,
  value: Value,
  values: readonly Value[],
): Condition {
  switch (is) {
    case "not_equal":
      return sql<boolean>`not coalesce(${isEqual(field, value)}, false)`;
    case "one_of": {
      const each = values.map((one) => isEqual(field, one));
      return sql<boolean>`(${sql.join(each, sql` or `)})`;
    }
    case "contains":
      return sql<boolean>`position(lower(${String(value)}::text) in lower(${field.text})) > 0`;
    case "above":
      return isBeyond(field, value, sql`>`);
    case "below":
      return isBeyond(field, value, sql`<`);
    default:
      return isEqual(field, value);
  }
}

function isEqual({ text, ignoresCase }: Field, value: Value): Condition {
  if (isNumber(value)) return sql<boolean>`${asNumber(text)} = ${String(value)}::numeric`;
  if (ignoresCase) return sql<boolean>`lower(${text}) = lower(${String(value)}::text)`;
  return sql<boolean>`(${text}) = ${String(value)}::text`;
}

function isBeyond({ text }: Field, value: Value, sign: RawBuilder<unknown>): Condition {
  if (isNumber(value)) return sql<boolean>`${asNumber(text)} ${sign} ${String(value)}::numeric`;
  // Days and times as ISO writes them are in the order of their letters.
  return sql<boolean>`(${text}) collate "C" ${sign} ${String(value)}::text collate "C"`;
}

const numberText = /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i;

function isNumber(value: Value): boolean {
  return typeof value === "number" || (typeof value === "string" && numberText.test(value));
}

// The case keeps the cast away from texts that are no numbers, whatever order the conditions are tried in.
function asNumber(text: RawBuilder<string | null>): RawBuilder<number | null> {
  return sql`(case when (${text}) ~* '^-?\\d+(\\.\\d+)?(e[+-]?\\d{1,3})?$' then (${text})::numeric end)`;
}
