import { sql } from "kysely";
import type { Database } from "../platform/database/open.ts";
import { elevenSums } from "./score-sums.ts";

const mostAtOnce = 20_000;

/**
 * Moves what has changed since the last fold into the score days. Days plus changes stay the same at every moment, for
 * readers see either all of a fold or nothing of it. Several folds may run at once: each takes other changes.
 */
export async function foldScoreDays(db: Database): Promise<void> {
  for (;;) {
    // An array is chosen once; with \`in\`, a plan made before there were statistics chose anew for each row.
    const { rows } = await sql<{ taken: number }>`
      with taken as (
        delete from score_changes where ctid = any (array(
          select ctid from score_changes order by id limit ${mostAtOnce} for update skip locked))
        returning workspace_id, survey_id, attribute, value, day, counts, weights, squared_weights
      ), added as (
        insert into score_days as d
          (workspace_id, survey_id, attribute, value, day, counts, weights, squared_weights)
        select workspace_id, survey_id, attribute, value, day,
          ${elevenSums("counts", "integer")}, ${elevenSums("weights", "double precision")},
          ${elevenSums("squared_weights", "double precision")}
        from taken group by 1, 2, 3, 4, 5
        -- In the order of the key, so that two folds never wait for each other in a circle.
        order by 1, 2, 3, 4, 5
        on conflict (workspace_id, survey_id, attribute, value, day) do update set
          counts = ${added("counts")}, weights = ${added("weights")},
          squared_weights = ${added("squared_weights")}
      )
      select count(*) as taken from taken`.execute(db);
    if ((rows[0]?.taken ?? 0) < mostAtOnce) return;
  }
}

function added(column: string) {
  const sums = Array.from({ length: 11 }, (_, i) => `d.${column}[${i + 1}] + excluded.${column}[${i + 1}]`);
  return sql.raw(`array[${sums.join(", ")}]`);
}
