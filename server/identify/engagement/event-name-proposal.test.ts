import { expect, test } from "vitest";
import { type NameFigures, proposalOf } from "./event-name-proposal.ts";

const report: NameFigures = {
  active: 500,
  names: 12,
  viewed: false,
  customers: 300,
  days: 900,
  dayShare: 0.3,
  alone: 0.1,
  first: 0.3,
};

test("what some do is a feature, what comes first on most days and what is looked at is a sign of life", () => {
  expect(proposalOf(report, "activity")).toBe("feature");
  expect(proposalOf({ ...report, dayShare: 0.9, first: 0.95 }, "activity")).toBe("activity");
  expect(proposalOf({ ...report, dayShare: 0.9, first: 0.4 }, "activity")).toBe("feature");
  expect(proposalOf({ ...report, viewed: true }, "activity")).toBe("activity");
  expect(proposalOf({ ...report, customers: 3 }, "activity")).toBe("activity");
});

test("what happens on days without anything else was done to the customer", () => {
  expect(proposalOf({ ...report, alone: 0.9 }, "activity")).toBe("nothing");
  // Where there is hardly anything else, that says nothing.
  expect(proposalOf({ ...report, alone: 1, names: 2 }, "activity")).toBe("feature");
  expect(proposalOf({ ...report, alone: 1, days: 10 }, "activity")).toBe("feature");
});

test("a name stays what it is until it is clearly something else", () => {
  expect(proposalOf({ ...report, customers: 7 }, "feature")).toBe("feature");
  expect(proposalOf({ ...report, customers: 7 }, "activity")).toBe("activity");
  expect(proposalOf({ ...report, dayShare: 0.75, first: 0.65 }, "activity")).toBe("activity");
  expect(proposalOf({ ...report, dayShare: 0.75, first: 0.65 }, "feature")).toBe("feature");
});
