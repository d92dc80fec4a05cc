import { type RawBuilder, sql } from "kysely";
import {
  among,
  countCompares,
  hasRow,
  type Leaf,
  momentLeaf,
  not,
  numberCompares,
  oneRow,
  rowsHave,
  type Scope,
  withinDays,
} from "./leaf.ts";
import type { ConditionOf, NumberComparison } from "./segment-condition.ts";

const events = sql.table("events");
const purchases = sql.table("purchases");
const featureUse = sql.table("feature_use");

/** What customers do, and what follows from it: engagement, events, passive status. */
export function compileActivity(
  scope: Scope,
  condition: ConditionOf<
    | "engagement_state"
    | "engagement_change"
    | "engagement_recent"
    | "last_seen"
    | "first_seen"
    | "used"
    | "passive_status"
    | "passive_reason"
    | "revenue"
  >,
): Leaf {
  switch (condition.kind) {
    case "engagement_state":
      return stateLeaf(scope, condition);
    case "engagement_change":
      return oneRow(scope, "standings", numberCompares(sql`x.change * 100`, condition));
    case "engagement_recent":
      return oneRow(scope, "engagement", numberCompares(sql`x.recent`, condition));
    case "last_seen":
    case "first_seen": {
      const at = condition.kind === "last_seen" ? sql`x.last_at` : sql`x.first_at`;
      return momentLeaf(scope, at, condition, (holds) => oneRow(scope, "engagement", holds));
    }
    case "used":
      return used(scope, condition);
    case "passive_status": {
      const isOf = oneRow(scope, "standings", sql<boolean>`x.status = any (${condition.value}::text[])`);
      return among(isOf, condition.is);
    }
    case "passive_reason": {
      const isOf = oneRow(scope, "standings", sql<boolean>`x.reasons && ${condition.value}::text[]`);
      return among(isOf, condition.is);
    }
    default:
      return oneRow(scope, "standings", numberCompares(sql`x.revenue`, condition));
  }
}

/** Whoever was never seen is unknown. */
function stateLeaf(scope: Scope, { is, value }: ConditionOf<"engagement_state">): Leaf {
  const states = ["cooling", "flat", "warming", "dormant", "unknown"] as const;
  const isUnknown = value.includes("unknown");
  const others = states.filter((state) => value.includes(state) !== isUnknown);
  const isOther = oneRow(scope, "standings", sql<boolean>`x.state = any (${others}::text[])`);
  return among(isUnknown ? not(isOther) : isOther, is);
}

/** Over all time the counts that are kept are read, not the events. */
function used(scope: Scope, { event, days, is, value }: ConditionOf<"used">): Leaf {
  if (days !== undefined) {
    const counted = sql`x.name = ${event} and ${withinDays(sql`x.at`, days, scope.now)}`;
    return countCompares(scope, events, counted, { is, value });
  }
  const isName = sql`x.name = ${event}`;
  const holdsForNone = compares(0, is, value);
  if (holdsForNone)
    return not(hasRow(scope, featureUse, sql`${isName} and not ${numberCompares(sql`x.n`, { is, value })}`));
  return hasRow(scope, featureUse, sql`${isName} and ${numberCompares(sql`x.n`, { is, value })}`);
}

/** What customers bought. */
export function compilePurchases(
  scope: Scope,
  condition: ConditionOf<"purchases" | "purchase_revenue" | "discount_share" | "last_purchase">,
): Leaf {
  if (condition.kind === "last_purchase") {
    return momentLeaf(scope, sql`max(x.at)`, condition, (having) =>
      rowsHave(scope, purchases, { where: sql`true`, having }),
    );
  }
  const where = withinDays(sql`x.at`, condition.days, scope.now);
  switch (condition.kind) {
    case "purchases":
      return countCompares(scope, purchases, where, condition);
    case "purchase_revenue": {
      const { currency } = condition;
      const ofCurrency =
        currency === undefined ? where : sql`${where} and upper(x.currency) = upper(${currency}::text)`;
      return sumCompares(scope, { where: ofCurrency, sum: sql`coalesce(sum(x.revenue), 0)` }, condition);
    }
    default: {
      const share = sql`100.0 * count(*) filter (where x.discount > 0 or x.coupon is not null) / count(*)`;
      return rowsHave(scope, purchases, { where, having: numberCompares(share, condition) });
    }
  }
}

/** A sum over rows compares like this, where no rows sum up to 0. */
function sumCompares(
  scope: Scope,
  { where, sum }: { where: RawBuilder<unknown>; sum: RawBuilder<unknown> },
  { is, value }: { is: NumberComparison; value: number },
): Leaf {
  const holds = numberCompares(sum, { is, value });
  if (!compares(0, is, value)) return rowsHave(scope, purchases, { where, having: holds });
  return not(rowsHave(scope, purchases, { where, having: sql`not (${holds})` }));
}

function compares(number: number, is: NumberComparison, value: number): boolean {
  switch (is) {
    case "equal":
      return number === value;
    case "not_equal":
      return number !== value;
    case "above":
      return number > value;
    case "below":
      return number < value;
    case "at_least":
      return number >= value;
    default:
      return number <= value;
  }
}
