import { longest } from "../response.ts";
import { columnNames, unwanted, type ColumnNames } from "./column-names.ts";
import { normalise } from "./known-formats.ts";
import type { ColumnField, Format, Mapping } from "./mapping.ts";
import { guessDateFormat } from "./read-date.ts";

export interface Warning {
  reason: "no_score_column" | "date_ambiguous" | "no_date_column" | "no_rows" | "anonymous";
  message: string;
  values: Record<string, string | number>;
}

/** A column as the first rows show it. */
export interface SeenColumn {
  name: string;
  /** Not empty ones, in the order of the rows. */
  values: string[];
}

/**
 * What the columns of a file hold, judged by their names (English and German) and by their first values.
 * Columns of no known meaning become traits. There is no score in it when no column looks like one.
 */
export function guessMapping(columns: SeenColumn[], known: Format["known"]) {
  const names = columns.map(({ name }) => normalise(name));
  const taken = new Set<number>();
  const found: Partial<Record<ColumnField, number>> = {};
  for (const field of order) {
    const index = bestColumn(field, columns, names, taken);
    if (index === undefined) continue;
    found[field] = index;
    taken.add(index);
  }
  if (found.name === undefined && found.lastName !== undefined) {
    found.name = found.lastName;
    delete found.lastName;
  }
  const warnings: Warning[] = [];
  const guess: Mapping = { ...found, noAnswer: [], traits: traitsOf(columns, names, taken) };
  addScore(guess, columns, warnings);
  addDate(guess, columns, warnings);
  if (
    guess.weight !== undefined &&
    columns[guess.weight]?.values.every((text) => /^\d+(,\d+)?$/.test(text))
  ) {
    guess.decimalComma = columns[guess.weight]?.values.some((text) => text.includes(",")) ?? false;
  }
  if (known) guess.defaultChannel = known;
  if (guess.email === undefined && guess.externalId === undefined && guess.phone === undefined) {
    warnings.push({
      reason: "anonymous",
      message:
        "No column says who answered, so every answer will belong to an anonymous customer of its own.",
      values: {},
    });
  }
  return { guess, warnings };
}

// Fields with the clearest marks first, so that they do not lose their column to a looser one.
const order: ColumnField[] = [
  "email",
  "score",
  "date",
  "weight",
  "comment",
  "responseId",
  "externalId",
  "accountId",
  "accountName",
  "name",
  "lastName",
  "phone",
  "language",
  "channel",
];

function bestColumn(
  field: ColumnField,
  columns: SeenColumn[],
  names: string[],
  taken: Set<number>,
): number | undefined {
  let best: { index: number; merit: number } | undefined;
  columns.forEach(({ values }, index) => {
    if (taken.has(index)) return;
    const named = nameMerit(names[index] ?? "", columnNames[field]);
    const merit = valueMerit(field, named, values);
    if (merit > 0 && (best === undefined || merit > best.merit)) best = { index, merit };
  });
  return best?.index;
}

/** 100 and less for an exact name, the first of the list being the best; 40 for a part; 0 for none. */
function nameMerit(name: string, { exact, parts, not }: ColumnNames): number {
  const place = exact.indexOf(name);
  if (place >= 0) return 100 - place;
  if (not?.test(name)) return 0;
  return parts?.test(name) ? 40 : 0;
}

/** What the values say to a name: they may forbid it, support it, or be enough without one. */
function valueMerit(field: ColumnField, named: number, values: string[]): number {
  if (values.length === 0) return field === "score" || field === "date" ? 0 : named;
  switch (field) {
    case "email": {
      const share = shareOf(values, (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text));
      return share > 0.5 ? named + 50 : named > 50 && share > 0 ? named : 0;
    }
    case "score":
      return looksLikeScore(values, named);
    case "date": {
      const guess = guessDateFormat(values.slice(0, 200));
      if (!guess) return 0;
      // Digits alone are a date only in a column that is called one.
      return named > 0 ? named : guess.format.startsWith("unix") ? 0 : 5;
    }
    case "weight":
      return named > 0 && shareOf(values, (text) => /^\d*[.,]?\d+(e-?\d+)?$/i.test(text)) > 0.9 ? named : 0;
    case "comment":
      return named > 0 && shareOf(values, isNumber) < 0.9
        ? named + Math.min(30, averageLength(values) / 3)
        : 0;
    case "responseId":
      return named > 0 && new Set(values).size === values.length && !values.some(isRunningNumber) ? named : 0;
    case "language":
      return named > 0 && shareOf(values, (text) => /^\p{L}[\p{L} _-]{1,34}$/u.test(text)) > 0.8 ? named : 0;
    case "phone":
      return named > 0 && shareOf(values, (text) => /^'?[+\d][\d\s()/.-]{4,}$/.test(text)) > 0.5 ? named : 0;
    case "channel":
      return named > 0 && new Set(values).size <= 20 && shareOf(values, isNumber) < 0.5 ? named : 0;
    default:
      return named;
  }
}

const scoreText = /^(10|\d)(\.0+)?$|^(10|\d)\s*[-–—:(]\s*[^\d\s]/;
const notApplicable =
  /^(n\/?a|none|null|nan|-|--|k\.? ?a\.?|keine angabe|no answer|not applicable|wei(ss|ß) nicht|don'?t know)$/i;

function looksLikeScore(values: string[], named: number): number {
  const others = values.filter((text) => !scoreText.test(text) && !notApplicable.test(text) && !isCode(text));
  const share = 1 - others.length / values.length;
  if (named > 0) return share > 0.5 ? named + share * 50 : 0;
  const high = values.filter((text) => /^(9|10)\b/.test(text)).length;
  // Without a name: whole numbers from 0 to 10 that reach the top and are spread over more than a small scale.
  return share === 1 && high > 0 && new Set(values).size >= 5 ? 10 + Math.min(10, new Set(values).size) : 0;
}

/** Whole numbers outside 0 to 10 that surveys use for "no answer". */
function isCode(text: string): boolean {
  return /^(11|12|66|77|88|9[6-9]|99[0-9]|9999|-1|-9|-99|-999)$/.test(text);
}

/** A file that numbers its rows from 1 says nothing about which answer it is: the next file does the same. */
function isRunningNumber(text: string): boolean {
  return /^\d{1,5}$/.test(text);
}

function addScore(guess: Mapping, columns: SeenColumn[], warnings: Warning[]): void {
  if (guess.score === undefined) {
    warnings.push({
      reason: "no_score_column",
      message:
        "No column looks like a score from 0 to 10. Choose the one that holds it, or import a list of customers.",
      values: {},
    });
    return;
  }
  const values = columns[guess.score]?.values ?? [];
  const outside = new Set(values.filter((text) => !scoreText.test(text)));
  const codes = [...outside].filter(isCode);
  const words = [...outside].filter((text) => notApplicable.test(text));
  // Many different numbers outside are not codes but another scale.
  guess.noAnswer = [...(codes.length <= 3 ? codes : []), ...words].sort();
}

function addDate(guess: Mapping, columns: SeenColumn[], warnings: Warning[]): void {
  if (guess.date === undefined) {
    warnings.push({
      reason: "no_date_column",
      message: "No column looks like the date of the answer. Choose one, or one day for all answers.",
      values: {},
    });
    return;
  }
  const column = columns[guess.date];
  const found = guessDateFormat(column?.values ?? []);
  guess.dateFormat = found?.format ?? "iso";
  if (!found?.ambiguous) return;
  warnings.push({
    reason: "date_ambiguous",
    message: `The dates in "${column?.name}" may be month/day or day/month, such as ${column?.values[0]}. Check the format.`,
    values: { column: column?.name ?? "", example: column?.values[0] ?? "" },
  });
}

function traitsOf(columns: SeenColumn[], names: string[], taken: Set<number>): Mapping["traits"] {
  const used = new Map<string, number>();
  const traits: Mapping["traits"] = [];
  columns.forEach(({ name }, column) => {
    const short = name
      .trim()
      .slice(0, longest.traitKey - 5)
      .toWellFormed();
    if (taken.has(column) || short === "" || unwanted.test(names[column] ?? "")) return;
    const times = (used.get(short) ?? 0) + 1;
    used.set(short, times);
    traits.push({ column, name: times === 1 ? short : `${short} (${times})` });
  });
  return traits;
}

function shareOf(values: string[], test: (text: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}

function isNumber(text: string): boolean {
  return /^-?\d+([.,]\d+)?$/.test(text);
}

function averageLength(values: string[]): number {
  return values.reduce((sum, text) => sum + text.length, 0) / values.length;
}
