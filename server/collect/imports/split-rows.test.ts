import * as fc from "fast-check";
import { expect, test } from "vitest";
import { detectFormat, headSize } from "./detect-format.ts";
import type { Encoding } from "./encoding.ts";
import { readRows } from "./read-rows.ts";
import { longestRecord, RowSplitter } from "./split-rows.ts";

function rowsOf(text: string, delimiter = ",") {
  return new RowSplitter({ delimiter }).push(text, true);
}

function encode(text: string, encoding: Encoding, mark: boolean): Buffer {
  const whole = mark && encoding !== "windows-1252" ? `\uFEFF${text}` : text;
  if (encoding === "utf-8") return Buffer.from(whole, "utf8");
  if (encoding === "windows-1252") return Buffer.from(whole, "latin1");
  const bytes = Buffer.from(whole, "utf16le");
  return encoding === "utf-16be" ? bytes.swap16() : bytes;
}

test("what was written comes back, whatever the delimiter, line end, quoting, encoding and pieces", async () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('ab ,;\t|"\nüß7')), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 }),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom<Encoding>("utf-8", "utf-16le", "utf-16be", "windows-1252"),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      async (cells, delimiter, newline, encoding, mark, quoteAll, size) => {
        const rows = cells.map((row, index) => [String(index), ...row]);
        const quote = (text: string) =>
          quoteAll || /[",;\t|\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = [["line number", "first", "second", "third"], ...rows].map(
          (row) => row.map(quote).join(delimiter) + newline,
        );
        const bytes = encode(lines.join(""), encoding, mark);
        const format = detectFormat(bytes.subarray(0, headSize));
        expect(format.delimiter).toBe(delimiter);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const read: string[][] = [];
        for await (const group of readRows(pieces, format)) read.push(...group.rows.map((row) => row.cells));
        expect(read).toEqual(rows);
      },
    ),
    { numRuns: 200 },
  );
});

test("a quote that never closes costs its own line", () => {
  const rows = rowsOf('a,b\n1,"ok"\n2,"unclosed\n3,"x"\n4,y\n');
  expect(rows.map(({ line, cells, broken }) => [line, broken ?? cells])).toEqual([
    [1, ["a", "b"]],
    [2, ["1", "ok"]],
    [3, "broken_quotes"],
    [4, ["3", "x"]],
    [5, ["4", "y"]],
  ]);
});

test("a quote without any other in the rest of the file costs its own line", () => {
  const rows = rowsOf('1,"unclosed\n2,y\n3,z');
  expect(rows.map(({ line, broken }) => [line, broken])).toEqual([
    [1, "broken_quotes"],
    [2, undefined],
    [3, undefined],
  ]);
});

test("text after a closing quote is broken, quotes inside plain text are not", () => {
  expect(rowsOf('"a"b,1')[0]).toMatchObject({ broken: "broken_quotes", text: '"a"b,1' });
  expect(rowsOf('5" pipe,say "hi",1')[0]?.cells).toEqual(['5" pipe', 'say "hi"', "1"]);
});

test("lines are counted as an editor counts them, also behind comments of several lines", () => {
  expect(rowsOf('a\n"one\ntwo\n\nfour",x\nlast\n').map(({ line }) => line)).toEqual([1, 2, 6]);
});

test("blank lines are left out, the last line needs no end, old Mac line ends are read", () => {
  expect(rowsOf("a,b\r\n\r\n1,2\r\n   \r\n3,").map(({ cells }) => cells)).toEqual([
    ["a", "b"],
    ["1", "2"],
    ["3", ""],
  ]);
  const mac = new RowSplitter({ delimiter: ",", newline: "\r" }).push("a,b\r1,2\r", true);
  expect(mac.map(({ cells }) => cells)).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("a line that is too long fails alone, and is never held whole", () => {
  const splitter = new RowSplitter({ delimiter: "," });
  const rows = splitter.push("a,b\n1,");
  for (let n = 0; n < 40; n++) rows.push(...splitter.push("x".repeat(longestRecord / 10)));
  rows.push(...splitter.push("\n2,y\n", true));
  expect(rows.map(({ line, cells, broken }) => [line, broken ?? cells])).toEqual([
    [1, ["a", "b"]],
    [2, "line_too_long"],
    [3, ["2", "y"]],
  ]);
});
