import type { Traits } from "../../platform/database/schema.ts";
import { longest } from "../response.ts";
import type { Failure, FailureReason, FailureValues } from "./failure-sentence.ts";
import { isPreviewRow, normalise } from "./known-formats.ts";
import type { Format, Mapping } from "./mapping.ts";
import { readDate } from "./read-date.ts";

/** An answer as a row gives it. */
export interface ImportedAnswer {
  /** Null in a list of customers. */
  score: number | null;
  comment: string | null;
  email: string | null;
  externalId: string | null;
  phone: string | null;
  name: string | null;
  language: string | null;
  channel: string;
  weight: number | null;
  accountId: string | null;
  accountName: string | null;
  responseId: string | null;
  at: Date;
  traits: Traits;
}

/** What a row is: an answer, no answer, or something that cannot be stored. */
export type Reading = ImportedAnswer | "unanswered" | Failure;

export function isFailure(reading: Reading): reading is Failure {
  return typeof reading === "object" && "reason" in reading;
}

interface ReaderOptions {
  now: Date;
}

/** Makes the function that reads the rows of one file by one mapping; what can be prepared is prepared once. */
export function rowReader(mapping: Mapping, format: Format, { now }: ReaderOptions) {
  const width = format.columns.length;
  const noAnswer = new Set(mapping.noAnswer.map((code) => code.trim()));
  const statusColumn = format.columns.findIndex((name) => normalise(name) === "status");
  const defaultTime = mapping.defaultDate ? new Date(`${mapping.defaultDate}T00:00:00Z`) : now;
  const latest = now.getTime() + 48 * 3600_000; // A file's clock may be ahead of ours, and it has no zone.
  const dateFormat = mapping.dateFormat ?? "iso";
  const isListOfCustomers = mapping.score === undefined;
  return (cells: string[]): Reading => {
    if (cells.length !== width && !hasOnlyEmptyExtras(cells, width))
      return failure("wrong_column_count", { found: cells.length, expected: width });
    if (isPreviewRow(format.known, statusColumn, cells)) return "unanswered";

    let score: number | null = null;
    if (!isListOfCustomers) {
      const scoreText = cellAt(cells, mapping.score) ?? "";
      if (scoreText === "" || noAnswer.has(scoreText)) return "unanswered";
      const read = readScore(scoreText);
      if (typeof read !== "number") return read;
      score = read;
    }

    let at = defaultTime;
    if (mapping.date !== undefined && !isListOfCustomers) {
      const text = cellAt(cells, mapping.date);
      if (text === null) return failure("date_missing", {});
      const time = readDate(text, dateFormat);
      if (time === undefined) return failure("bad_date", { value: shorten(text), format: dateFormat });
      if (time > latest) return failure("date_in_future", { value: shorten(text) });
      at = new Date(time);
    }

    const email = cellAt(cells, mapping.email);
    if (email !== null && !isEmail(email)) return failure("bad_email", { value: shorten(email) });
    const weight = readWeight(cellAt(cells, mapping.weight), mapping.decimalComma === true);
    if (typeof weight === "object" && weight !== null) return weight;
    const comment = cellAt(cells, mapping.comment);
    if (comment !== null && comment.length > longest.comment)
      return failure("comment_too_long", { length: comment.length, longest: longest.comment });

    const answer: ImportedAnswer = {
      score,
      comment,
      email,
      externalId: cellAt(cells, mapping.externalId),
      phone: cellAt(cells, mapping.phone),
      name: joinNames(cellAt(cells, mapping.name), cellAt(cells, mapping.lastName)),
      language: cellAt(cells, mapping.language) ?? mapping.defaultLanguage ?? null,
      channel: cellAt(cells, mapping.channel) ?? mapping.defaultChannel ?? "import",
      weight,
      accountId: cellAt(cells, mapping.accountId),
      accountName: cellAt(cells, mapping.accountName),
      responseId: cellAt(cells, mapping.responseId),
      at,
      traits: readTraits(cells, mapping.traits),
    };
    const isNobody = answer.email === null && answer.externalId === null && answer.phone === null;
    if (isListOfCustomers && isNobody) return failure("nobody_named", {});
    return tooLong(answer, mapping, format) ?? answer;
  };
}

function hasOnlyEmptyExtras(cells: string[], width: number): boolean {
  return cells.length > width && cells.slice(width).every((cell) => cell.trim() === "");
}

/** A cell without blanks around it and without the apostrophe that keeps spreadsheets from computing it; null when empty. */
function cellAt(cells: string[], column: number | undefined): string | null {
  if (column === undefined) return null;
  let text = (cells[column] ?? "").trim();
  if (text.charCodeAt(0) === 39 && /^'[=+\-@\d\t]/.test(text)) text = text.slice(1);
  if (text === "") return null;
  return text.isWellFormed() ? text : text.toWellFormed();
}

const plainScores = new Map(Array.from({ length: 11 }, (_, score) => [String(score), score]));

function readScore(text: string): number | Failure {
  const plain = plainScores.get(text);
  if (plain !== undefined) return plain;
  // "10 - Extremely likely", as survey tools label the ends of the scale.
  const labelled = /^(10|\d)\s*[-–—:(]\s*[^\d\s]/.exec(text);
  if (labelled) return Number(labelled[1]);
  if (!/^[+-]?\d+([.,]\d+)?$/.test(text)) return failure("score_not_a_number", { value: shorten(text) });
  const number = Number(text.replace(",", "."));
  if (!Number.isInteger(number)) return failure("score_not_whole", { value: shorten(text) });
  if (number < 0 || number > 10) return failure("score_out_of_range", { value: shorten(text) });
  return number;
}

function readWeight(text: string | null, decimalComma: boolean): number | null | Failure {
  if (text === null) return null;
  const plain = decimalComma ? text.replaceAll(".", "").replace(",", ".") : text;
  const weight = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  return weight > 0 && weight <= 1e6 ? weight : failure("bad_weight", { value: shorten(text) });
}

/** One @ with something before it and, after it, something without blanks: what a mail server can refuse, it may. */
function isEmail(text: string): boolean {
  const sign = text.indexOf("@");
  return sign > 0 && sign < text.length - 1 && text.indexOf("@", sign + 1) < 0 && !/\s/.test(text);
}

function joinNames(first: string | null, last: string | null): string | null {
  return first !== null && last !== null ? `${first} ${last}` : (first ?? last);
}

function readTraits(cells: string[], columns: Mapping["traits"]): Traits {
  const traits: Traits = {};
  for (const { column, name } of columns) {
    const text = cellAt(cells, column);
    if (text !== null) traits[name] = traitOf(text);
  }
  return traits;
}

/** Numbers and truths keep their kind where writing them again gives the same text; "007" and "1.10" stay text. */
function traitOf(text: string): string | number | boolean {
  const first = text.charCodeAt(0);
  if ((first <= 57 && first >= 48) || first === 45) {
    if (text.length <= 15 && /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(text) && text !== "-0") return Number(text);
  } else if (text === "true" || text === "false") return text === "true";
  return text.length > longest.traitValue ? text.slice(0, longest.traitValue).toWellFormed() : text;
}

const limited = [
  ["email", longest.email],
  ["externalId", longest.id],
  ["phone", longest.phone],
  ["name", longest.name],
  ["language", longest.language],
  ["channel", longest.channel],
  ["accountId", longest.id],
  ["accountName", longest.name],
  ["responseId", longest.id],
] as const;

function tooLong(answer: ImportedAnswer, mapping: Mapping, { columns }: Format): Failure | undefined {
  for (const [field, most] of limited) {
    const length = answer[field]?.length ?? 0;
    if (length <= most) continue;
    return failure("value_too_long", {
      column: columns[mapping[field] ?? 0] ?? field,
      length,
      longest: most,
    });
  }
  return undefined;
}

function failure(reason: FailureReason, values: FailureValues): Failure {
  return { reason, values };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
}
