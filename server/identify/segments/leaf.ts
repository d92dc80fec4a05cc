import { type RawBuilder, sql } from "kysely";
import type { ConditionOf, NumberComparison } from "./segment-condition.ts";

/** What conditions are compiled for. */
export interface Scope {
  workspaceId: string;
  now: Date;
  /** Where only a few customers are looked at, counts are made of theirs alone. */
  among: readonly string[] | undefined;
}

/** A condition in SQL about the customer `c`. */
export interface Leaf {
  holds: RawBuilder<boolean>;
  /** It holds where `holds` does not. */
  negated?: boolean;
  /** `holds` may be null, which counts as false. */
  nullable?: boolean;
  /** `holds` looks at `c` alone. */
  isPlain?: boolean;
  /** The same as a query: the ids of the customers for whom `holds`. */
  ids?: RawBuilder<unknown>;
  /** `holds` says this of the one row `x` that a customer may have in a table. */
  row?: { table: OneRowTable; where: RawBuilder<boolean> };
}

/** Tables that have at most one row of each customer. */
export type OneRowTable = "standings" | "engagement";

const dayInMilliseconds = 24 * 3600 * 1000;

/** That the customer has a row in a table, called `x`, of which this is true. */
export function hasRow({ workspaceId }: Scope, table: RawBuilder<unknown>, where: RawBuilder<unknown>): Leaf {
  const ofWorkspace = sql`x.workspace_id = ${workspaceId}::uuid and ${where}`;
  return {
    holds: sql<boolean>`exists (select from ${table} x where x.customer_id = c.id and ${ofWorkspace})`,
    ids: sql`select x.customer_id from ${table} x where ${ofWorkspace}`,
  };
}

/** The same of a table that has at most one row of each customer. */
export function oneRow(scope: Scope, table: OneRowTable, where: RawBuilder<boolean>): Leaf {
  return { ...hasRow(scope, sql.table(table), sql`(${where})`), row: { table, where } };
}

/** That all rows `x` of a customer together, at least one, have this in `having`. */
export function rowsHave(
  { workspaceId, among }: Scope,
  table: RawBuilder<unknown>,
  { where, having }: { where: RawBuilder<unknown>; having: RawBuilder<unknown> },
): Leaf {
  const few = among ? sql`and x.customer_id = any (${among}::uuid[])` : sql``;
  const ids = sql`select x.customer_id from ${table} x where x.workspace_id = ${workspaceId}::uuid and ${where} ${few}
    group by x.customer_id having ${having}`;
  return { holds: sql<boolean>`exists (select from (${ids}) g where g.customer_id = c.id)`, ids };
}

/** How many rows `x` a customer has, none included, compares like this with a number. */
export function countCompares(
  scope: Scope,
  table: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  { is, value }: { is: NumberComparison; value: number },
): Leaf {
  const atLeast = (least: number): Leaf => {
    if (least <= 0) return { holds: sql<boolean>`true`, isPlain: true };
    if (least === 1) return hasRow(scope, table, where);
    return rowsHave(scope, table, { where, having: sql`count(*) >= ${least}` });
  };
  switch (is) {
    case "at_least":
      return atLeast(value);
    case "above":
      return atLeast(value + 1);
    case "below":
      return not(atLeast(value));
    case "at_most":
      return not(atLeast(value + 1));
    default: {
      const equal =
        value === 0 ? not(atLeast(1)) : rowsHave(scope, table, { where, having: sql`count(*) = ${value}` });
      return is === "equal" ? equal : not(equal);
    }
  }
}

/** The opposite. */
export function not(leaf: Leaf): Leaf {
  return { ...leaf, negated: !leaf.negated };
}

const signs = {
  equal: sql`=`,
  not_equal: sql`<>`,
  above: sql`>`,
  below: sql`<`,
  at_least: sql`>=`,
  at_most: sql`<=`,
} as const satisfies Record<NumberComparison, RawBuilder<unknown>>;

/** A number in SQL compares like this with another; null where there is none. */
export function numberCompares(
  number: RawBuilder<unknown>,
  { is, value }: { is: NumberComparison; value: number },
): RawBuilder<boolean> {
  return sql<boolean>`${number} ${signs[is]} ${value}::float8`;
}

/** When something happened, as a condition says it. */
export type Moment = Pick<ConditionOf<"last_seen">, "is"> & { days?: number; day?: string };

/** A time in SQL compares like this; null where there is none. Of `not_set` the opposite of `set` is taken. */
function momentCompares(
  at: RawBuilder<unknown>,
  { is, days = 0, day }: Moment,
  now: Date,
): RawBuilder<boolean> {
  switch (is) {
    case "in_last":
      return sql<boolean>`(${at} > ${ago(now, days)}::timestamptz and ${at} <= ${now}::timestamptz)`;
    case "before_last":
      return sql<boolean>`${at} <= ${ago(now, days)}::timestamptz`;
    case "since":
      return sql<boolean>`${at} >= ${day}::date`;
    case "before":
      return sql<boolean>`${at} < ${day}::date`;
    default:
      return sql<boolean>`${at} is not null`;
  }
}

/** That a moment compares like this; `whenever` makes the leaf of a condition on the time. */
export function momentLeaf(
  { now }: Scope,
  at: RawBuilder<unknown>,
  moment: Moment,
  whenever: (condition: RawBuilder<boolean>) => Leaf,
): Leaf {
  const leaf = whenever(momentCompares(at, moment, now));
  return moment.is === "not_set" ? not(leaf) : leaf;
}

/** So many days before now. */
export function ago(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayInMilliseconds);
}

/** The condition that a time lies in the last so many days, or anywhere. */
export function withinDays(
  at: RawBuilder<unknown>,
  days: number | undefined,
  now: Date,
): RawBuilder<unknown> {
  return days === undefined
    ? sql`true`
    : sql`${at} > ${ago(now, days)}::timestamptz and ${at} <= ${now}::timestamptz`;
}

/** One of several, or none of them. */
export function among(leaf: Leaf, is: "one_of" | "none_of"): Leaf {
  return is === "one_of" ? leaf : not(leaf);
}
