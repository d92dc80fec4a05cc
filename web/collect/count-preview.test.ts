import { expect, test } from "vitest";
import { codesOutside, countPreview, scoreIn, suggestedCodes } from "./count-preview.ts";
import type { Preview } from "./imports-data.ts";

const column = { index: 0, name: "NETPRO", samples: [], empty: 2, distinct: 4 };
const codes = [
  { value: "0", n: 1 },
  { value: "8", n: 5 },
  { value: "10", n: 3 },
  { value: "11", n: 4 },
];
const preview: Preview = {
  columns: [
    { ...column, codes },
    { ...column, index: 1, name: "TEXT" },
  ],
  rows: [
    ["8", "9 - likely"],
    ["11", "8,5"],
    ["", ""],
  ],
  guess: { noAnswer: [], traits: [] },
  warnings: [],
};

test("a column of few numbers is counted with all its values", () => {
  expect(countPreview(preview, 0, ["11"])).toEqual({
    rows: 15,
    answers: 9,
    unanswered: 6,
    failing: 0,
    badValues: [],
    scores: [1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 3],
  });
});

test("a code that is not declared as no answer would fail, and is named", () => {
  expect(countPreview(preview, 0, [])).toMatchObject({
    answers: 9,
    unanswered: 2,
    failing: 4,
    badValues: ["11"],
  });
});

test("of any other column the first rows are counted", () => {
  expect(countPreview(preview, 1, [])).toMatchObject({ rows: 3, answers: 1, unanswered: 1, failing: 1 });
});

test("without a score column there is nothing to count", () => {
  expect(countPreview(preview, undefined, [])).toBeUndefined();
});

test("scores are read as the server reads them", () => {
  expect(["9", "10.0", "10 - very likely", "8 (ok)", "11", "8,5", "ten", "-1", ""].map(scoreIn)).toEqual([
    9,
    10,
    10,
    8,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("a few codes outside 0 to 10 are suggested as no answer, many are another scale", () => {
  expect(codesOutside(preview, 0)).toEqual([{ value: "11", n: 4 }]);
  expect(suggestedCodes(preview, 0)).toEqual(["11"]);
  const hundred = [20, 40, 60, 80].map((value) => ({ value: String(value), n: 1 }));
  expect(suggestedCodes({ ...preview, columns: [{ ...column, codes: hundred }] }, 0)).toEqual([]);
});
