import { type RawBuilder, sql } from "kysely";

/** Some customers of a workspace: these, or those whose ids lie in a range (the first not included). */
export type CustomerRange = { customers: readonly string[] } | { after: string; upTo: string };

export const firstId = "00000000-0000-0000-0000-000000000000";
export const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The condition that a column holds one of them. */
export function within(column: string, range: CustomerRange): RawBuilder<boolean> {
  const id = sql.raw(column);
  return "customers" in range
    ? sql<boolean>`${id} = any (${range.customers}::uuid[])`
    : sql<boolean>`${id} > ${range.after}::uuid and ${id} <= ${range.upTo}::uuid`;
}
