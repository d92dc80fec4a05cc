import { type RawBuilder, sql } from "kysely";
import { compareField, type Field } from "../../collect/asking/compare-field.ts";
import { type Leaf, not, type Scope } from "./leaf.ts";
import type { ConditionOf } from "./segment-condition.ts";

type Compared = ConditionOf<"trait" | "customer" | "account">;

/** Traits and fields of the customer, and of the account they belong to. */
export function compileField(scope: Scope, condition: Compared): Leaf {
  const { is } = condition;
  switch (is) {
    case "not_equal":
      return not(compileField(scope, { ...condition, is: "equal" }));
    case "none_of":
      return not(compileField(scope, { ...condition, is: "one_of" }));
    case "not_set":
      return not(compileField(scope, { ...condition, is: "set" }));
    default:
      return isOf(scope, condition, (field) => holdsFor(scope, field, condition));
  }
}

/** The condition on the field, null where it is empty. */
function holdsFor({ now }: Scope, field: Field, condition: Compared): RawBuilder<boolean> {
  switch (condition.is) {
    case "set":
      return sql<boolean>`${field.text} is not null`;
    case "in_last":
    case "before_last":
    case "in_next":
      return dayCompares(field.text, condition, now);
    case "one_of":
      return compareField(field, "one_of", condition.value as [string, ...string[]]);
    case "equal":
    case "contains":
    case "above":
    case "below":
    case "at_least":
    case "at_most":
      return compareField(field, condition.is, [condition.value]);
    default:
      throw new Error(`${condition.is} is compiled as the opposite of another comparison.`);
  }
}

const customerFields = {
  language: sql<string | null>`c.language`,
  time_zone: sql<string | null>`c.time_zone`,
  email_domain: sql<string | null>`nullif(split_part(c.email, '@', 2), '')`,
  email: sql<string | null>`c.email`,
  phone: sql<string | null>`c.phone`,
  name: sql<string | null>`c.name`,
} as const satisfies Record<ConditionOf<"customer">["field"], RawBuilder<string | null>>;

function isOf(scope: Scope, condition: Compared, holds: (field: Field) => RawBuilder<boolean>): Leaf {
  if (condition.kind === "trait")
    return {
      holds: holds({ text: sql`(c.traits ->> ${condition.trait})`, ignoresCase: false }),
      nullable: true,
      isPlain: true,
    };
  if (condition.kind === "customer")
    return {
      holds: holds({ text: customerFields[condition.field], ignoresCase: true }),
      nullable: true,
      isPlain: true,
    };
  const { trait } = condition;
  const field: Field =
    trait === undefined
      ? { text: sql`coalesce(a.name, a.key)`, ignoresCase: true }
      : { text: sql`(a.traits ->> ${trait})`, ignoresCase: false };
  return {
    holds: sql<boolean>`exists (select from accounts a where a.id = c.account_id
      and a.workspace_id = ${scope.workspaceId}::uuid and ${holds(field)})`,
  };
}

/** Days as ISO writes them, alone or with a time behind, are in the order of their letters. */
function dayCompares(
  text: RawBuilder<string | null>,
  { is, days }: { is: "in_last" | "before_last" | "in_next"; days: number },
  now: Date,
): RawBuilder<boolean> {
  const today = dayAt(now, 0);
  const isDay = sql`${text} ~ '^\\d{4}-\\d\\d-\\d\\d'`;
  const day = sql`left(${text}, 10) collate "C"`;
  if (is === "before_last") return sql<boolean>`(${isDay} and ${day} <= ${dayAt(now, -days)})`;
  const [from, to] = is === "in_last" ? [dayAt(now, -days), today] : [today, dayAt(now, days)];
  return is === "in_last"
    ? sql<boolean>`(${isDay} and ${day} > ${from} and ${day} <= ${to})`
    : sql<boolean>`(${isDay} and ${day} >= ${from} and ${day} < ${to})`;
}

function dayAt(now: Date, days: number): string {
  return new Date(now.getTime() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}
