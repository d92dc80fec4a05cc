import type { Preview } from "./imports-data.ts";

/** What the first rows of a file would give: answers by score, rows without an answer, rows that would fail. */
export interface PreviewCounts {
  /** How many rows were looked at. */
  rows: number;
  answers: number;
  unanswered: number;
  failing: number;
  /** The values that are no score, most frequent first. */
  badValues: string[];
  scores: number[];
}

const labelled = /^(10|\d)(?:\.0+)?(?:\s*[-–—:(]\s*\D.*)?$/;

/** The score in a cell, read as the server reads it: "9", "9.0", "9 - likely"; undefined when it is none. */
export function scoreIn(text: string): number | undefined {
  const [, score] = labelled.exec(text.trim()) ?? [];
  return score === undefined ? undefined : Number(score);
}

/**
 * Counts by the values of the score column. A column of few different whole numbers comes with all its values;
 * of any other only the first eight rows are known here.
 */
export function countPreview(preview: Preview, score: number | undefined, noAnswer: readonly string[]) {
  if (score === undefined) return undefined;
  const column = preview.columns[score];
  if (!column) return undefined;
  const values = column.codes
    ? [...column.codes, { value: "", n: column.empty }]
    : preview.rows.map((row) => ({ value: row[score] ?? "", n: 1 }));
  const counts: PreviewCounts = {
    rows: 0,
    answers: 0,
    unanswered: 0,
    failing: 0,
    badValues: [],
    scores: Array<number>(11).fill(0),
  };
  for (const { value, n } of values) {
    counts.rows += n;
    const score = scoreIn(value);
    if (value === "" || noAnswer.includes(value)) counts.unanswered += n;
    else if (score === undefined) {
      counts.failing += n;
      if (!counts.badValues.includes(value)) counts.badValues.push(value);
    } else {
      counts.answers += n;
      counts.scores[score] = (counts.scores[score] ?? 0) + n;
    }
  }
  return counts;
}

/** The values of a column that are no scores and could mean "no answer", and in how many of the rows seen. */
export function codesOutside(preview: Preview, column: number | undefined): { value: string; n: number }[] {
  if (column === undefined) return [];
  const { codes } = preview.columns[column] ?? {};
  return codes?.filter(({ value }) => scoreIn(value) === undefined) ?? [];
}

/** The codes to suggest when another score column is chosen: a few of them are codes, many are another scale. */
export function suggestedCodes(preview: Preview, column: number): string[] {
  const outside = codesOutside(preview, column);
  return outside.length <= 3 ? outside.map(({ value }) => value) : [];
}
