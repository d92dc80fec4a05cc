import { sql } from "kysely";
import { addScores, noScores, scoreDaysNow, type ScoreSums, sumsOfGroup } from "../collect/score-sums.ts";
import type { Database } from "../platform/database/open.ts";
import { type Score, scoreOf } from "./score.ts";

interface ReadScoreOptions {
  surveyId?: string | undefined;
  /** First and last UTC day, both included. */
  from?: string | undefined;
  to?: string | undefined;
  by?: "channel" | "language" | undefined;
}

/** The score of a survey (or of all) between two days, also split by channel or language. */
export async function readScore(
  db: Database,
  workspaceId: string,
  { surveyId, from, to, by }: ReadScoreOptions = {},
): Promise<Score & { by?: Record<string, Score> }> {
  const { rows } = await sql<ScoreSums & { attribute: string; value: string }>`
    select attribute, value, ${sumsOfGroup()}
    from ${scoreDaysNow(workspaceId, { surveyId, attributes: by ? ["", by] : [""] })} as days
    where day between coalesce(${from ?? null}::date, '-infinity') and coalesce(${to ?? null}::date, 'infinity')
    group by attribute, value`.execute(db);
  const everybody = rows.filter(({ attribute }) => attribute === "").reduce<ScoreSums>(addScores, noScores());
  if (!by) return scoreOf(everybody);
  const split = rows
    .filter(({ attribute }) => attribute === by)
    .map((row) => [row.value, scoreOf(row)] as const)
    .filter(([, { n }]) => n > 0)
    .sort(([a, { n: nOfA }], [b, { n: nOfB }]) => nOfB - nOfA || (a < b ? -1 : 1));
  return { ...scoreOf(everybody), by: Object.fromEntries(split) };
}
