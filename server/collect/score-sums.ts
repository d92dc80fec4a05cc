import { sql } from "kysely";

/** Eleven counts with the sums of weights and of their squares; null where every weight is 1. */
export interface ScoreSums {
  counts: number[];
  weights: number[] | null;
  squaredWeights: number[] | null;
}

/** No answers. */
export function noScores(): ScoreSums {
  return { counts: Array.from({ length: 11 }, () => 0), weights: null, squaredWeights: null };
}

/** The sums of both together. */
export function addScores(a: ScoreSums, b: ScoreSums): ScoreSums {
  const add = (x: readonly number[], y: readonly number[]) => x.map((value, i) => value + y[i]!);
  const counts = add(a.counts, b.counts);
  if (!a.weights && !b.weights) return { counts, weights: null, squaredWeights: null };
  return {
    counts,
    weights: add(a.weights ?? a.counts, b.weights ?? b.counts),
    squaredWeights: add(a.squaredWeights ?? a.counts, b.squaredWeights ?? b.counts),
  };
}

/** How many answers. */
export function totalOf({ counts }: Pick<ScoreSums, "counts">): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The element-wise sum of a column of eleven over a group. */
export function elevenSums(column: string, type: "integer" | "double precision") {
  const sums = Array.from({ length: 11 }, (_, i) => `sum(${column}[${i + 1}])`);
  return sql.raw<number[]>(`array[${sums.join(", ")}]::${type}[]`);
}

/** How many answers a row of days or changes stands for. */
export const answersOfRow = sql.raw<number>(
  Array.from({ length: 11 }, (_, i) => `counts[${i + 1}]`).join(" + "),
);

/** Days plus changes: the counts as of this moment. The statement that reads both sees one moment. */
export function scoreDaysNow(workspaceId: string, { surveyId, attributes }: ScoreDaysOf = {}) {
  const rows = (table: "score_days" | "score_changes") => sql`
    select survey_id, attribute, value, day, counts, weights, squared_weights from ${sql.table(table)}
    where workspace_id = ${workspaceId}
      ${surveyId ? sql`and survey_id = ${surveyId}` : sql``}
      ${attributes ? sql`and attribute = any (${attributes}::text[])` : sql``}`;
  return sql`(${rows("score_days")} union all ${rows("score_changes")})`;
}

interface ScoreDaysOf {
  surveyId?: string | undefined;
  /** '' for everybody, channel, language, version; all of them when left out. */
  attributes?: ("" | "channel" | "language" | "version")[];
}

/** The three sums of a group of days, as `ScoreSums`; weights stay null where they equal the counts. */
export function sumsOfGroup() {
  const counts = elevenSums("counts", "integer");
  const weights = elevenSums("weights", "double precision");
  const squares = elevenSums("squared_weights", "double precision");
  return sql`${counts} as counts, nullif(${weights}, ${elevenSums("counts", "double precision")}) as weights,
    nullif(${squares}, ${elevenSums("counts", "double precision")}) as squared_weights`;
}
