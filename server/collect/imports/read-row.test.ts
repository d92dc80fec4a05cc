import { expect, test } from "vitest";
import { failureSentence } from "./failure-sentence.ts";
import type { Format, Mapping } from "./mapping.ts";
import { readDate } from "./read-date.ts";
import { isFailure, rowReader } from "./read-row.ts";

const format: Format = {
  encoding: "utf-8",
  delimiter: ",",
  newline: "\n",
  headerRows: 1,
  known: null,
  columns: ["score", "date", "email", "weight", "comment", "phone", "plan"],
};
const mapping: Mapping = {
  score: 0,
  date: 1,
  email: 2,
  weight: 3,
  comment: 4,
  phone: 5,
  noAnswer: ["99"],
  traits: [{ column: 6, name: "plan" }],
};
const now = new Date("2026-10-13T08:00:00Z");
const read = rowReader(mapping, format, { now });

/** A row of which everything is right but what is given. */
function row(
  changes: Partial<Record<"score" | "date" | "email" | "weight" | "comment" | "phone" | "plan", string>>,
) {
  const all = {
    score: "9",
    date: "2026-01-02",
    email: "ada@example.com",
    weight: "",
    comment: "",
    phone: "",
    plan: "",
    ...changes,
  };
  return read(format.columns.map((name) => all[name as keyof typeof all]));
}

function sentenceOf(reading: ReturnType<typeof read>): string | undefined {
  return typeof reading === "object" && isFailure(reading)
    ? failureSentence(reading.reason, reading.values)
    : undefined;
}

test.each([
  [{ score: "8,5" }, "Scores are whole numbers from 0 to 10; this row says 8,5."],
  [{ score: "7.5" }, "Scores are whole numbers from 0 to 10; this row says 7.5."],
  [{ score: "ten" }, 'Scores are whole numbers from 0 to 10; this row says "ten".'],
  [
    { score: "11" },
    'Scores are whole numbers from 0 to 10; this row says 11. If 11 stands for "no answer", say so in the mapping and import the file again.',
  ],
  [
    { score: "-1" },
    'Scores are whole numbers from 0 to 10; this row says -1. If -1 stands for "no answer", say so in the mapping and import the file again.',
  ],
  [
    { date: "soon" },
    '"soon" is not a date in the format year-month-day. Choose another format, or correct the date.',
  ],
  [
    { date: "2026-02-30" },
    '"2026-02-30" is not a date in the format year-month-day. Choose another format, or correct the date.',
  ],
  [
    { date: "" },
    "The row has no date. Fill it in, or import without a date column and with one day for all.",
  ],
  [{ date: "2027-01-02" }, '"2027-01-02" lies in the future. Are day and month exchanged?'],
  [{ email: "ada at example" }, '"ada at example" is not an e-mail address. Correct it or leave it empty.'],
  [{ weight: "heavy" }, '"heavy" is not a weight; weights are numbers above 0.'],
  [{ weight: "0" }, '"0" is not a weight; weights are numbers above 0.'],
  [{ comment: "x".repeat(10_001) }, "The comment has 10001 characters; 10000 are the most."],
])("%j fails with its sentence", (changes, sentence) => {
  expect(sentenceOf(row(changes))).toBe(sentence);
});

test("a row of the wrong width fails; empty cells too many do not matter", () => {
  expect(sentenceOf(read(["9", "2026-01-02"]))).toMatch(/^The row has 2 columns, the header 7\./);
  expect(sentenceOf(read(["9", "2026-01-02", "", "", "", "", "", "more"]))).toMatch(/^The row has 8 columns/);
  expect(read(["9", "2026-01-02", "", "", "", "", "", "", " "])).toMatchObject({ score: 9 });
});

test("empty cells and declared codes are no answer", () => {
  expect(row({ score: " " })).toBe("unanswered");
  expect(row({ score: "99", date: "nonsense" })).toBe("unanswered");
});

test.each([
  ["10", 10],
  ["0", 0],
  [" 7 ", 7],
  ["8.0", 8],
  ["8,0", 8],
  ["10 - Extremely likely", 10],
  ["0 – Überhaupt nicht wahrscheinlich", 0],
])("the score %j is read", (score, expected) => {
  expect(row({ score })).toMatchObject({ score: expected });
});

test("an apostrophe that protects a cell from spreadsheets is taken off, one of a text stays", () => {
  expect(row({ phone: "'+4930123" })).toMatchObject({ phone: "+4930123" });
  expect(row({ comment: "'=cmd" })).toMatchObject({ comment: "=cmd" });
  expect(row({ comment: "'twas good" })).toMatchObject({ comment: "'twas good" });
});

test("traits keep their kind only where nothing is lost", () => {
  const traitOf = (plan: string) => {
    const reading = row({ plan });
    return typeof reading === "object" && "traits" in reading ? reading.traits["plan"] : undefined;
  };
  expect(["12", "-3.5", "true", "007", "1.10", "+5", "1e5", "pro", ""].map(traitOf)).toEqual([
    12,
    -3.5,
    true,
    "007",
    "1.10",
    "+5",
    "1e5",
    "pro",
    undefined,
  ]);
});

test("previews of Qualtrics are no answers", () => {
  const qualtrics = rowReader(
    { score: 1, noAnswer: [], traits: [] },
    { ...format, known: "qualtrics", columns: ["Status", "Q1"] },
    { now },
  );
  expect(qualtrics(["Survey Preview", "9"])).toBe("unanswered");
  expect(qualtrics(["IP Address", "9"])).toMatchObject({ score: 9 });
});

test.each([
  ["2026-10-13", "iso", "2026-10-13T00:00:00.000Z"],
  ["2026-10-13T08:09:10Z", "iso", "2026-10-13T08:09:10.000Z"],
  ["2026-10-13 08:09:10", "iso", "2026-10-13T08:09:10.000Z"],
  ["2026-10-13T08:09:10.123+02:00", "iso", "2026-10-13T06:09:10.000Z"],
  ["2026-10-13 08:09:10 UTC", "iso", "2026-10-13T08:09:10.000Z"],
  ["2026/10/13", "ymd", "2026-10-13T00:00:00.000Z"],
  ["13.10.2026 14:05", "dmy", "2026-10-13T14:05:00.000Z"],
  ["1/2/26", "dmy", "2026-02-01T00:00:00.000Z"],
  ["1/2/2026 1:05:00 PM", "mdy", "2026-01-02T13:05:00.000Z"],
  ["12/31/2025 12:00 AM", "mdy", "2025-12-31T00:00:00.000Z"],
  ["13 Oct 2026", "named", "2026-10-13T00:00:00.000Z"],
  ["Oct 13, 2026 3:04 pm", "named", "2026-10-13T15:04:00.000Z"],
  ["13. März 2026", "named", "2026-03-13T00:00:00.000Z"],
  ["1735689600", "unix", "2025-01-01T00:00:00.000Z"],
  ["1735689600123", "unixms", "2025-01-01T00:00:00.123Z"],
] as const)("the date %j is read as %s", (text, dateFormat, expected) => {
  const time = readDate(text, dateFormat);
  expect(time === undefined ? undefined : new Date(time).toISOString()).toBe(expected);
});

test.each([
  ["13/13/2026", "mdy"],
  ["31.04.2026", "dmy"],
  ["2026-10-13T25:00:00Z", "iso"],
  ["13 Foo 2026", "named"],
  ["yesterday", "named"],
  ["12", "unix"],
] as const)("%j is no date in the format %s", (text, dateFormat) => {
  expect(readDate(text, dateFormat)).toBeUndefined();
});
