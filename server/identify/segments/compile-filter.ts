import { type RawBuilder, sql } from "kysely";
import { compileActivity, compilePurchases } from "./compile-activity.ts";
import { compileAnswers } from "./compile-answers.ts";
import { compileContact } from "./compile-contact.ts";
import { compileField } from "./compile-field.ts";
import { type Leaf, momentLeaf, type Scope } from "./leaf.ts";
import type { SegmentCondition } from "./segment-condition.ts";
import type { SegmentFilter } from "./segment-filter.ts";

/**
 * The condition in SQL that the customer `c` fits a filter at a moment; never null. Of a filter that names other segments
 * see `expandFilter`. Conditions on other tables are `exists` by the customer's id, so that PostgreSQL may join all
 * customers at once, or look a few up by their keys.
 * @param options `among`: the only customers the condition will be used on, where they are few
 */
export function compileFilter(
  workspaceId: string,
  filter: SegmentFilter,
  now: Date,
  { among }: { among?: readonly string[] | undefined } = {},
): RawBuilder<boolean> {
  return compile({ workspaceId, now, among }, filter, false);
}

/** `not` is carried down to the conditions: above them null and false then mean the same. */
function compile(scope: Scope, filter: SegmentFilter, isNegated: boolean): RawBuilder<boolean> {
  switch (filter.kind) {
    case "not":
      return compile(scope, filter.of, !isNegated);
    case "all":
    case "any": {
      const parts = filter.of.map((part) => compile(scope, part, isNegated));
      const [first] = parts;
      if (!first) return (filter.kind === "all") === isNegated ? sql<boolean>`false` : sql<boolean>`true`;
      const joins = (filter.kind === "all") === isNegated ? sql` or ` : sql` and `;
      return parts.length === 1 ? first : sql<boolean>`(${sql.join(parts, joins)})`;
    }
    default:
      return inSql(compileCondition(scope, filter), isNegated);
  }
}

function inSql({ holds, negated = false, nullable = false }: Leaf, isNegated: boolean): RawBuilder<boolean> {
  if (negated === isNegated) return holds;
  return nullable ? sql<boolean>`(${holds}) is not true` : sql<boolean>`not ${holds}`;
}

function compileCondition(scope: Scope, condition: SegmentCondition): Leaf {
  switch (condition.kind) {
    case "trait":
    case "customer":
    case "account":
      return compileField(scope, condition);
    case "created":
      return momentLeaf(scope, sql`c.created_at`, condition, (holds) => ({ holds }));
    case "answer_score":
    case "answer_category":
    case "answer_at":
    case "answer_comment":
    case "answer_survey":
    case "answered":
    case "moved":
      return compileAnswers(scope, condition);
    case "purchases":
    case "purchase_revenue":
    case "discount_share":
    case "last_purchase":
      return compilePurchases(scope, condition);
    case "asked":
    case "contact":
      return compileContact(scope, condition);
    case "segment":
      throw new Error("A filter that names other segments is expanded before it is compiled.");
    default:
      return compileActivity(scope, condition);
  }
}
