import { expect, it } from "vitest";
import { isComplete, valueText, withComparison, withValue } from "./rule.ts";

const rule = { field: "seats", kind: "trait", is: "equal" } as const;

it("a value is kept as the trait's other values are: numbers, yes or no, words", () => {
  expect(withValue(rule, "12", [5, 20]).value).toBe(12);
  expect(withValue(rule, "12", ["a"]).value).toBe("12");
  expect(withValue({ ...rule, is: "above" }, "12,5", []).value).toBe(12.5);
  expect(withValue(rule, "true", [true]).value).toBe(true);
  expect(withValue({ ...rule, is: "one_of" }, "pro, team,", ["pro"]).value).toEqual(["pro", "team"]);
});

it("another comparison keeps the value as far as it fits, and needs none for being known", () => {
  const pro = withValue(rule, "pro", ["pro"]);
  expect(withComparison(pro, "one_of", ["pro"]).value).toEqual(["pro"]);
  const known = withComparison(pro, "set", ["pro"]);
  expect(known).not.toHaveProperty("value");
  expect(isComplete(known)).toBe(true);
  expect(isComplete(rule)).toBe(false);
  expect(valueText(withValue({ ...rule, is: "one_of" }, "a,b", []))).toBe("a, b");
});
