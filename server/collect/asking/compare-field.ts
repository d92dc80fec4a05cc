import { type RawBuilder, sql } from "kysely";

type Condition = RawBuilder<boolean>;
export type FieldValue = string | number | boolean;

/** Something of a customer that holds one text. */
export interface Field {
  /** As text; null where there is none. */
  text: RawBuilder<string | null>;
  ignoresCase: boolean;
}

/** How a field is compared with something that is there. */
export type Comparison = "equal" | "one_of" | "contains" | "above" | "below" | "at_least" | "at_most";

const signs = { above: sql`>`, below: sql`<`, at_least: sql`>=`, at_most: sql`<=` } as const;

/**
 * The condition that a field compares like this with a value, or with one of several; null where the field is empty.
 * Whatever people wrote travels as a parameter, never as SQL. Numbers are compared as numbers, also where the field holds
 * them as text; `contains` ignores case.
 */
export function compareField(
  field: Field,
  is: Comparison,
  values: readonly [FieldValue, ...FieldValue[]],
): Condition {
  const [value] = values;
  switch (is) {
    case "equal":
      return isEqual(field, value);
    case "one_of": {
      const each = values.map((one) => isEqual(field, one));
      return sql<boolean>`(${sql.join(each, sql` or `)})`;
    }
    case "contains":
      return sql<boolean>`position(lower(${String(value)}::text) in lower(${field.text})) > 0`;
    default:
      return isBeyond(field, value, signs[is]);
  }
}

function isEqual({ text, ignoresCase }: Field, value: FieldValue): Condition {
  if (isNumber(value)) return sql<boolean>`${asNumber(text)} = ${String(value)}::numeric`;
  if (ignoresCase) return sql<boolean>`lower(${text}) = lower(${String(value)}::text)`;
  return sql<boolean>`(${text}) = ${String(value)}::text`;
}

function isBeyond({ text }: Field, value: FieldValue, sign: RawBuilder<unknown>): Condition {
  if (isNumber(value)) return sql<boolean>`${asNumber(text)} ${sign} ${String(value)}::numeric`;
  // Days and times as ISO writes them are in the order of their letters.
  return sql<boolean>`(${text}) collate "C" ${sign} ${String(value)}::text collate "C"`;
}

const numberText = /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i;

function isNumber(value: FieldValue): boolean {
  return typeof value === "number" || (typeof value === "string" && numberText.test(value));
}

// The case keeps the cast away from texts that are no numbers, whatever order the conditions are tried in.
function asNumber(text: RawBuilder<string | null>): RawBuilder<number | null> {
  return sql`(case when (${text}) ~* '^-?\\d+(\\.\\d+)?(e[+-]?\\d{1,3})?$' then (${text})::numeric end)`;
}
