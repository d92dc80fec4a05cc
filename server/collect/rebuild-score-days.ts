import { sql } from "kysely";
import type { Database } from "../platform/database/open.ts";

/**
 * Counts all responses anew, of one workspace or of all; the result is what folding gives. Answers may stream in
 * meanwhile: their changes are not in the snapshot that is counted, and stay to be folded afterwards. Folds wait.
 */
export async function rebuildScoreDays(db: Database, workspaceId: string | null = null): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (db) => {
      // First of all: locking takes no snapshot, so the one that follows shows what the last fold did.
      await sql`lock table score_days in share row exclusive mode`.execute(db);
      const these = workspaceId ? sql`where workspace_id = ${workspaceId}` : sql``;
      await sql`delete from score_changes ${these}`.execute(db);
      await sql`delete from score_days ${these}`.execute(db);
      await sql`
        insert into score_days (workspace_id, survey_id, attribute, value, day, counts, weights, squared_weights)
        select g.workspace_id, g.survey_id, s.attribute, s.value, g.day,
          ${elevenSumsByScore("g.n", "integer")}, ${elevenSumsByScore("g.w", "double precision")},
          ${elevenSumsByScore("g.ww", "double precision")}
        from (
          select workspace_id, survey_id, (at at time zone 'UTC')::date as day, channel, language, survey_version, score,
            count(*) as n, sum(coalesce(weight, 1)) as w, sum(coalesce(weight, 1) ^ 2) as ww
          from responses ${these}
          group by 1, 2, 3, 4, 5, 6, 7
        ) g cross join lateral (values ('', ''), ('channel', g.channel), ('language', g.language),
          ('version', g.survey_version::text)) s (attribute, value)
        where s.value is not null
        group by 1, 2, 3, 4, 5`.execute(db);
    });
}

function elevenSumsByScore(column: string, type: "integer" | "double precision") {
  const sums = Array.from(
    { length: 11 },
    (_, score) => `coalesce(sum(${column}) filter (where g.score = ${score}), 0)`,
  );
  return sql.raw(`array[${sums.join(", ")}]::${type}[]`);
}
