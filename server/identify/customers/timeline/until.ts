import { type RawBuilder, sql } from "kysely";

/** The condition that a time is not after a moment, which is given in milliseconds while columns have microseconds. */
export function until(column: string, upTo: Date | undefined): RawBuilder<boolean> {
  if (!upTo) return sql<boolean>`true`;
  return sql<boolean>`${sql.ref(column)} < ${new Date(upTo.getTime() + 1)}::timestamptz`;
}
