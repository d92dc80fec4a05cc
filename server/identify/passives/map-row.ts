import { type RawBuilder, sql } from "kysely";

/** The row of the map that a standing `s` is in; null for who is not passive in any way. */
export const mapRow: RawBuilder<string | null> = sql`(case
  when s.status is null then null when s.score in (7, 8) then s.score::text
  when s.answers = 0 and s.asked > 0 then 'silent' else 'others' end)`;
