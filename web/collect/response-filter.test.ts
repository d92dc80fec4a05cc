import { expect, test } from "vitest";
import { responsesAddress } from "./addresses.ts";
import { countOf, filterOf, scoresOf } from "./response-filter.ts";

test("filters in the address are read back as they were written", () => {
  const filter = { category: "passive", from: "2026-07-01", text: "a & b" };
  const address = responsesAddress("larkfield", filter);
  expect(address).toBe("/larkfield/responses?category=passive&from=2026-07-01&text=a+%26+b");
  const search = Object.fromEntries(new URLSearchParams(address.split("?")[1]));
  expect(filterOf({ ...search, open: "1", customer: "2" })).toEqual(filter);
});

test("no filter leaves no question mark", () => {
  expect(responsesAddress("larkfield", { text: undefined })).toBe("/larkfield/responses");
});

test("scores are read from a list with commas, and nothing else is", () => {
  expect(scoresOf("7,8,10")).toEqual([7, 8, 10]);
  expect(scoresOf("11,x,-1,,9")).toEqual([9]);
  expect(scoresOf(undefined)).toEqual([]);
});

test("two ends of one span of days count as one filter", () => {
  expect(countOf({ category: "passive", from: "2026-01-01", to: "2026-02-01", score: "7" })).toBe(2);
});
