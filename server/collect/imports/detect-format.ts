import { Refusal } from "../../platform/errors.ts";
import { detectEncoding, refuseForeignFile, TextReader } from "./encoding.ts";
import { normalise, recognise } from "./known-formats.ts";
import type { Format } from "./mapping.ts";
import { RowSplitter, type Row } from "./split-rows.ts";

/** As much of a file as is read to tell how it is written. */
export const headSize = 256 * 1024;

/**
 * Tells how a file is written from its first bytes (`headSize` is enough).
 * @throws Refusal for an empty file and for what is no CSV file
 */
export function detectFormat(head: Uint8Array): Format {
  refuseForeignFile(head);
  const encoding = detectEncoding(head);
  const text = new TextReader(encoding).read(head);
  if (text.trim() === "") {
    throw new Refusal("bad_input", "This file is empty. Choose the file with the answers.", {
      reason: "file_empty",
    });
  }
  const newline = !text.includes("\n") && text.includes("\r") ? "\r" : "\n";
  const declared = /^sep=([,;\t|])\r?\n?/i.exec(text)?.[1] as Format["delimiter"] | undefined;
  const delimiter = declared ?? detectDelimiter(text.slice(0, 64 * 1024), newline);
  const rows = readableRows(text, delimiter, newline).slice(declared ? 1 : 0);
  const { headerRows, columns, known } = readHeader(rows);
  return { encoding, delimiter, newline, headerRows: headerRows + (declared ? 1 : 0), known, columns };
}

const delimiters = [",", ";", "\t", "|"] as const;

/** The delimiter under which most of the first records have the same number of cells, and more than one. */
function detectDelimiter(text: string, newline: Format["newline"]): Format["delimiter"] {
  let best: { delimiter: Format["delimiter"]; merit: number } = { delimiter: ",", merit: 0 };
  for (const delimiter of delimiters) {
    const rows = readableRows(text, delimiter, newline).slice(0, 200);
    const width = rows[0]?.cells.length ?? 0;
    if (width < 2) continue;
    const alike = rows.filter(({ cells }) => cells.length === width).length / rows.length;
    // How alike the records are counts first; the number of columns only decides between equals.
    const merit = alike + width / 10_000;
    if (merit > best.merit) best = { delimiter, merit };
  }
  return best.delimiter;
}

function readableRows(text: string, delimiter: string, newline: Format["newline"]): Row[] {
  return new RowSplitter({ delimiter, newline }).push(text).concat(lastLine(text, delimiter, newline));
}

/** A file of one line without a line end has no complete record yet. */
function lastLine(text: string, delimiter: string, newline: Format["newline"]): Row[] {
  if (text.includes(newline)) return [];
  return new RowSplitter({ delimiter, newline }).push(text, true);
}

function readHeader(rows: Row[]): Pick<Format, "headerRows" | "columns" | "known"> {
  const [first, second, third] = rows.map(({ cells }) => cells.map((cell) => cell.trim()));
  const names = first ?? [];
  const known = recognise(names);
  if (third?.some((cell) => cell.startsWith('{"ImportId"'))) {
    return { headerRows: 3, columns: addLabels(names, second ?? []), known: "qualtrics" };
  }
  if (known === "surveymonkey" && second && second[0] === "") {
    return { headerRows: 2, columns: joinHeaders(names, second), known };
  }
  if (looksLikeData(names)) {
    return { headerRows: 0, columns: names.map((_, index) => `Column ${index + 1}`), known: null };
  }
  return { headerRows: 1, columns: names, known };
}

/** Qualtrics calls a question Q1 in its first row and by its text in the second. */
function addLabels(names: string[], labels: string[]): string[] {
  return names.map((name, index) => {
    const label = (labels[index] ?? "").replaceAll(/\s+/g, " ");
    return /^Q(ID)?\d/i.test(name) && label !== "" && label !== name ? `${name} – ${label}` : name;
  });
}

/** SurveyMonkey's second row holds the parts of a question; a question's later columns have no name of their own. */
function joinHeaders(names: string[], parts: string[]): string[] {
  let question = "";
  return names.map((name, index) => {
    const part = parts[index] ?? "";
    if (name !== "") question = name;
    if (part === "" || trivialParts.has(normalise(part))) return name || question;
    return name === "" ? `${question} – ${part}` : `${name} – ${part}`;
  });
}

const trivialParts = new Set(["response", "open ended response", "antwort", "offene beantwortung"]);

/** A header never holds an address, a date or a score. */
function looksLikeData(cells: string[]): boolean {
  return cells.some(
    (cell) =>
      /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(cell) || /^\d{4}-\d\d-\d\d/.test(cell) || /^(10|\d)$/.test(cell),
  );
}
