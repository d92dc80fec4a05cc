import type { Failure } from "../collect/imports/failure-sentence.ts";
import type { Mapping } from "../collect/imports/mapping.ts";
import { columnNamed, openTable, type Table } from "../collect/imports/open-table.ts";
import { isFailure, rowReader } from "../collect/imports/read-row.ts";
import { scoreOf } from "../identify/score.ts";
import { Refusal } from "../platform/errors.ts";
import { addWeightedAnswer, emptyWeightedScoreCounts, weightedNps } from "../statistics/weighted-nps.ts";
import { nearNames } from "./near-names.ts";

interface ReportOptions {
  /** Names of columns. */
  score: string;
  weight?: string | undefined;
  by?: string | undefined;
  /** Codes that mean "no answer"; blank cells always do. */
  noAnswer?: string[];
  now: Date;
}

/** NPS in points, shares in percent, intervals at 95 %, all unrounded. */
export interface ReportScore {
  n: number;
  detractors: number;
  passives: number;
  promoters: number;
  sevens: number;
  eights: number;
  scores: number[];
  nps: number;
  npsInterval: [number, number];
  passiveShare: number;
  passiveShareInterval: [number, number];
  weighted?: { nps: number; npsInterval: [number, number]; effectiveN: number };
}

export type Report = ReportScore & { by?: Record<string, ReportScore> };

/** Rows that are neither an answer nor "no answer", alike ones together. */
export interface LeftOut extends Failure {
  count: number;
  firstLine: number;
}

export interface FileReport {
  report: Report;
  unanswered: number;
  leftOut: LeftOut[];
}

type Sums = ReturnType<typeof emptyWeightedScoreCounts>;

const mostValues = 10_000;

/**
 * Counts the answers in a CSV file, without any database; reads rows as an import does.
 * @throws Refusal for a file that cannot be read, a column that is not there, and when nobody answered
 */
export async function reportFile(
  source: string | AsyncIterable<Uint8Array>,
  { score, weight, by, noAnswer = [], now }: ReportOptions,
): Promise<FileReport> {
  const table = await openTable(source);
  const column = (name: string) => findColumn(table.columns, name);
  const mapping: Mapping = { score: column(score), noAnswer, traits: [] };
  if (weight !== undefined) {
    mapping.weight = column(weight);
    mapping.decimalComma = hasDecimalComma(table, mapping.weight);
  }
  const byColumn = by === undefined ? undefined : column(by);

  const all = emptyWeightedScoreCounts();
  const parts = new Map<string, Sums>();
  const leftOut = new Map<string, LeftOut>();
  let unanswered = 0;
  const read = rowReader(mapping, table.format, { now });
  for await (const row of table.rows()) {
    const reading = row.broken ? { reason: row.broken, values: {} } : read(row.cells);
    if (reading === "unanswered") unanswered += 1;
    else if (isFailure(reading)) leaveOut(leftOut, reading, row.line);
    else {
      const { score, weight } = reading;
      const weighs = weight ?? 1;
      addWeightedAnswer(all, score!, weighs);
      if (byColumn !== undefined)
        addWeightedAnswer(partOf(parts, row.cells[byColumn]?.trim() ?? "", by!), score!, weighs);
    }
  }

  const whole = summarise(all, weight !== undefined);
  const failures = [...leftOut.values()].sort((a, b) => b.count - a.count);
  if (!whole) throw nobodyAnswered(score, failures);
  const split = [...parts].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  return {
    report: {
      ...whole,
      ...(by !== undefined && {
        by: Object.fromEntries(split.map(([value, sums]) => [value, summarise(sums, weight !== undefined)!])),
      }),
    },
    unanswered,
    leftOut: failures,
  };
}

function findColumn(columns: string[], name: string): number {
  try {
    return columnNamed(columns, name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const near = nearNames(name, columns);
    if (near.length === 0) throw error;
    const { code, options } = error;
    const sentence = `There is no column "${name}" in this file. Did you mean ${near.map((each) => `"${each}"`).join(" or ")}?`;
    throw new Refusal(code, sentence, options);
  }
}

function hasDecimalComma(table: Table, column: number): boolean {
  const samples = table.preview().columns[column]?.samples ?? [];
  return samples.some((text) => /^\d+,\d+$/.test(text)) && !samples.some((text) => text.includes("."));
}

function leaveOut(leftOut: Map<string, LeftOut>, failure: Failure, line: number): void {
  const key = `${failure.reason} ${JSON.stringify(failure.values)}`;
  const before = leftOut.get(key);
  if (before) before.count += 1;
  // A file in which each row is wrong in its own way must not fill the memory.
  else if (leftOut.size < mostValues) leftOut.set(key, { ...failure, count: 1, firstLine: line });
}

function partOf(parts: Map<string, Sums>, value: string, by: string): Sums {
  let part = parts.get(value);
  if (part) return part;
  if (parts.size === mostValues) {
    throw new Refusal(
      "bad_input",
      `The column ${by} has more than ${mostValues.toLocaleString("en")} different values; --by is for columns of groups.`,
    );
  }
  part = emptyWeightedScoreCounts();
  parts.set(value, part);
  return part;
}

function summarise(sums: Sums, isWeighted: boolean): ReportScore | undefined {
  const { n, detractors, passives, promoters, sevens, eights, scores, ...rest } = scoreOf({
    counts: sums.counts,
    weights: null,
    squaredWeights: null,
  });
  const { nps, npsInterval, passiveShare, passiveShareInterval } = rest;
  if (nps === null || !npsInterval || passiveShare === null || !passiveShareInterval) return undefined;
  const weighted = isWeighted ? weightedNps(sums) : undefined;
  return {
    n,
    detractors,
    passives,
    promoters,
    sevens,
    eights,
    scores,
    nps,
    npsInterval,
    passiveShare,
    passiveShareInterval,
    ...(weighted && {
      weighted: {
        nps: weighted.nps,
        npsInterval: [weighted.interval.low, weighted.interval.high],
        effectiveN: weighted.effectiveN,
      },
    }),
  };
}

function nobodyAnswered(score: string, leftOut: LeftOut[]): Refusal {
  const first = leftOut[0];
  const rows = leftOut.reduce((total, { count }) => total + count, 0);
  const why = first
    ? ` ${rows.toLocaleString("en")} rows hold something else there; the first is in line ${Math.min(...leftOut.map((each) => each.firstLine))}.`
    : "";
  return new Refusal("bad_input", `The column ${score} holds no answer from 0 to 10.${why}`);
}
