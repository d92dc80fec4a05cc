/** One record of a CSV file, or the line where reading it went wrong. */
export interface Row {
  /** Line in the file where the record begins, from 1. */
  line: number;
  cells: string[];
  /** Set when the record cannot be read; then `text` is the line as it stands in the file. */
  broken?: "broken_quotes" | "line_too_long";
  text?: string;
}

/** Longest record in characters; one that is longer is no answer of a person but a broken file. */
export const longestRecord = 1_000_000;

/**
 * Cuts text that arrives in pieces into records (RFC 4180, any delimiter, line ends LF, CRLF or CR).
 * A quote that never closes or closes in the middle costs its own line, not the rest of the file.
 */
export class RowSplitter {
  readonly #delimiter: string;
  readonly #newline: string;
  #rest = "";
  #line = 1;
  #skipping = false;

  constructor({ delimiter, newline = "\n" }: { delimiter: string; newline?: "\n" | "\r" }) {
    this.#delimiter = delimiter;
    this.#newline = newline;
  }

  /** The records that are complete with this piece; `last` closes the final one. Blank lines are left out. */
  push(piece: string, last = false): Row[] {
    const text = this.#rest + piece;
    const rows: Row[] = [];
    let start = this.#skipping ? this.#endOfLongLine(text) : 0;
    let quote = -1;
    while (start < text.length) {
      let end = text.indexOf(this.#newline, start);
      if (end < 0) end = text.length;
      if (quote < start) quote = indexOrEnd(text, '"', start);
      if (quote >= end) {
        if (end === text.length && !last) break;
        this.#pushPlain(rows, text, start, end);
        start = end + 1;
        this.#line += 1;
        continue;
      }
      const record = readQuoted(text, start, this.#delimiter, this.#newline, last);
      if (record === "more" && !last && text.length - start <= longestRecord) break;
      if (record === "more" || record === "broken") {
        // A quote opened here and never closed: give this line up and read on with the next one.
        if (end === text.length && !last) break;
        rows.push({ line: this.#line, cells: [], broken: "broken_quotes", text: text.slice(start, end) });
        start = end + 1;
        this.#line += 1;
        continue;
      }
      rows.push({ line: this.#line, cells: record.cells });
      this.#line += record.lines;
      start = record.next;
    }
    this.#rest = start < text.length ? text.slice(start) : "";
    if (this.#rest.length > longestRecord && !this.#rest.includes(this.#newline)) this.#giveUpLine(rows);
    return rows;
  }

  #pushPlain(rows: Row[], text: string, start: number, end: number): void {
    const stop = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    if (stop === start) return;
    if (stop - start > longestRecord) {
      rows.push({
        line: this.#line,
        cells: [],
        broken: "line_too_long",
        text: text.slice(start, start + 200),
      });
      return;
    }
    const cells = text.slice(start, stop).split(this.#delimiter);
    if (cells.length === 1 && cells[0]?.trim() === "") return;
    rows.push({ line: this.#line, cells });
  }

  #giveUpLine(rows: Row[]): void {
    const text = this.#rest.slice(0, 200);
    rows.push({ line: this.#line, cells: [], broken: "line_too_long", text });
    this.#rest = "";
    this.#skipping = true;
  }

  #endOfLongLine(text: string): number {
    const end = text.indexOf(this.#newline);
    if (end < 0) return text.length;
    this.#skipping = false;
    this.#line += 1;
    return end + 1;
  }
}

interface Quoted {
  cells: string[];
  next: number;
  lines: number;
}

/** Reads a record that holds a quote; "more" when it ends beyond the text, "broken" when a quote is followed by text. */
function readQuoted(
  text: string,
  start: number,
  delimiter: string,
  newline: string,
  last: boolean,
): Quoted | "more" | "broken" {
  const cells: string[] = [];
  let lines = 1;
  let at = start;
  let lineEnd = indexOrEnd(text, newline, start);
  for (;;) {
    if (text.charCodeAt(at) !== 34) {
      if (lineEnd < at) lineEnd = indexOrEnd(text, newline, at);
      if (lineEnd === text.length && !last) return "more";
      const next = text.indexOf(delimiter, at);
      if (next >= 0 && next < lineEnd) {
        cells.push(text.slice(at, next));
        at = next + 1;
        continue;
      }
      const stop = lineEnd > at && text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd;
      cells.push(text.slice(at, stop));
      return { cells, next: lineEnd + 1, lines };
    }
    let close = text.indexOf('"', at + 1);
    let doubled = false;
    while (close >= 0 && text.charCodeAt(close + 1) === 34) {
      doubled = true;
      close = text.indexOf('"', close + 2);
    }
    if (close < 0) return "more";
    const cell = text.slice(at + 1, close);
    lines += count(cell, newline);
    cells.push(doubled ? cell.replaceAll('""', '"') : cell);
    at = close + 1;
    if (at === text.length) return last ? { cells, next: at, lines } : "more";
    const after = text[at];
    if (after === delimiter) {
      at += 1;
      continue;
    }
    if (after === newline) return { cells, next: at + 1, lines };
    if (after !== "\r") return "broken";
    if (at + 1 === text.length) return last ? { cells, next: at + 1, lines } : "more";
    if (text[at + 1] !== newline) return "broken";
    return { cells, next: at + 2, lines };
  }
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}

function count(text: string, part: string): number {
  let n = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) n++;
  return n;
}
