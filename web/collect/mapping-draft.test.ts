import { expect, test } from "vitest";
import type { Mapping, Preview } from "./imports-data.ts";
import { mappingOf, roleOf, traitColumns, withRole, withTrait } from "./mapping-draft.ts";

const names = ["score", "mail", "plan", "plan"];
const preview: Preview = {
  columns: names.map((name, index) => ({ index, name, samples: [], empty: 0, distinct: 1 })),
  rows: [],
  guess: { noAnswer: [], traits: [] },
  warnings: [],
};
const draft: Mapping = { score: 0, noAnswer: [], traits: [{ column: 2, name: "plan" }] };

test("a column that gets a role is a trait no more, and one that loses it becomes one", () => {
  const withMail = withRole(draft, preview, "email", 2);
  expect(withMail).toMatchObject({ email: 2, traits: [] });
  expect(withRole(withMail, preview, "email", 1)).toMatchObject({
    email: 1,
    traits: [{ column: 2, name: "plan" }],
  });
});

test("a column has one role at most", () => {
  const moved = withRole(draft, preview, "weight", 0);
  expect(moved.weight).toBe(0);
  expect(moved.score).toBeUndefined();
  expect(roleOf(moved, 0)).toBe("weight");
  expect(traitColumns(moved, preview).map(({ index }) => index)).toEqual([1, 2, 3]);
});

test("two columns of the same name become traits of different names", () => {
  expect(withTrait(draft.traits, preview, 3)).toEqual([
    { column: 2, name: "plan" },
    { column: 3, name: "plan (4)" },
  ]);
});

test("what stands in for a column is sent only where there is no such column", () => {
  const dated = { ...draft, date: 1, dateFormat: "dmy", defaultDate: "2026-01-01" } as const;
  expect(mappingOf(dated)).toEqual({ ...draft, date: 1, dateFormat: "dmy" });
  expect(mappingOf({ ...draft, defaultDate: "2026-01-01" })).toEqual({ ...draft, defaultDate: "2026-01-01" });
});

test("without a score column there is no mapping", () => {
  expect(mappingOf({ noAnswer: [], traits: [] })).toBeUndefined();
});
