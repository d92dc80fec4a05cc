import { expect, it } from "vitest";
import { ruleNames } from "../../../server/identify/passives/rule.ts";
import { choices, countOf, filterOf, passivesAddress } from "./passive-filter.ts";

it("an address gives the filters it holds, and leaves out what nobody can choose", () => {
  const filter = filterOf({ row: "8", state: "hot", reason: "browsing", plan: "Team A", x: "1" });
  expect(filter).toEqual({ row: "8", reason: "browsing", plan: "Team A" });
  expect(passivesAddress("acme", { ...filter, sort: "revenue" })).toBe(
    "/acme/passives?row=8&reason=browsing&plan=Team+A&sort=revenue",
  );
  expect(passivesAddress("acme")).toBe("/acme/passives");
  expect(countOf({ ...filter, sort: "revenue" })).toBe(3);
});

it("a day in an address must be one", () => {
  expect(filterOf({ row: "answered", stateSince: "2026-10-05" })).toEqual({
    row: "answered",
    stateSince: "2026-10-05",
  });
  expect(filterOf({ stateSince: "2026-10-45" })).toEqual({});
  expect(filterOf({ stateSince: "yesterday" })).toEqual({});
});

it("the reasons are those of the server, in its order", () => {
  expect(choices.reason).toEqual(ruleNames);
});
