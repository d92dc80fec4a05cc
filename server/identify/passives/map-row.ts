import { type RawBuilder, sql } from "kysely";
import type { MapRow } from "./passives.ts";

/** The row of the map that a standing `s` is in; null for who is not passive in any way. */
export const mapRow: RawBuilder<string | null> = sql`(case
  when s.status is null then null when s.score in (7, 8) then s.score::text
  when s.answers = 0 and s.asked > 0 then 'silent' else 'others' end)`;

const statusesOf: Record<MapRow, string[]> = {
  "8": ["stated", "both"],
  "7": ["stated", "both"],
  others: ["behavioural"],
  silent: ["silent", "behavioural"],
};

/** Whether a standing is in this row; by its status first, for which there is an index. */
export function inMapRow(row: MapRow): RawBuilder<boolean> {
  return sql<boolean>`(s.status = any (${statusesOf[row]}) and ${mapRow} = ${row})`;
}
