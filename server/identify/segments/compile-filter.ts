import { type RawBuilder, sql } from "kysely";
import { compileActivity, compilePurchases } from "./compile-activity.ts";
import { compileAnswers } from "./compile-answers.ts";
import { compileContact } from "./compile-contact.ts";
import { compileField } from "./compile-field.ts";
import { type Tree, treeInSql } from "./join-leaves.ts";
import { type Leaf, momentLeaf, not, type Scope } from "./leaf.ts";
import type { SegmentCondition } from "./segment-condition.ts";
import type { SegmentFilter } from "./segment-filter.ts";

/**
 * The condition in SQL that the customer `c` fits a filter at a moment; never null. Of a filter that names other segments
 * see `expandFilter`. Conditions on other tables are `exists` by the customer's id, so that PostgreSQL may join all
 * customers at once, or look a few up by their keys; "any" is a union of those of whom each part holds.
 * @param options `among`: the only customers the condition will be used on, where they are few
 */
export function compileFilter(
  workspaceId: string,
  filter: SegmentFilter,
  now: Date,
  { among }: { among?: readonly string[] | undefined } = {},
): RawBuilder<boolean> {
  const scope = { workspaceId, now, among };
  return treeInSql(scope, treeOf(scope, filter, false));
}

/** `not` is carried down to the conditions: above them null and false then mean the same. */
function treeOf(scope: Scope, filter: SegmentFilter, isNegated: boolean): Tree {
  switch (filter.kind) {
    case "not":
      return treeOf(scope, filter.of, !isNegated);
    case "all":
    case "any": {
      const joins = (filter.kind === "all") === isNegated ? "or" : "and";
      const parts = filter.of.flatMap((part) => {
        const tree = treeOf(scope, part, isNegated);
        return "joins" in tree && tree.joins === joins ? tree.parts : [tree];
      });
      return { joins, parts };
    }
    default: {
      const leaf = compileCondition(scope, filter);
      return isNegated ? not(leaf) : leaf;
    }
  }
}

function compileCondition(scope: Scope, condition: SegmentCondition): Leaf {
  switch (condition.kind) {
    case "trait":
    case "customer":
    case "account":
      return compileField(scope, condition);
    case "created":
      return momentLeaf(scope, sql`c.created_at`, condition, (holds) => ({ holds, isPlain: true }));
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
