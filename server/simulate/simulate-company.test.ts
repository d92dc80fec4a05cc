import { describe, expect, test } from "vitest";
import { NewResponse } from "../collect/response.ts";
import { adjustedWaldInterval } from "../statistics/nps-interval.ts";
import { categoryCounts, emptyScoreCounts, nps, totalAnswers } from "../statistics/nps.ts";
import { simulateCompany } from "./simulate-company.ts";

const now = new Date("2026-10-13T08:00:00Z");
const larkfield = simulateCompany({ now });
const last = larkfield.truth.waves.at(-2)!;

describe("Larkfield", () => {
  test("has about 3,400 customers in accounts, and the last complete wave reads as in the design", () => {
    expect(larkfield.customers).toHaveLength(3_400);
    expect(larkfield.accounts.length).toBeGreaterThan(800);
    const answered = categoryCounts(last.answered);
    const n = totalAnswers(answered);
    expect(last.id).toBe("2026-Q3");
    expect(n).toBeGreaterThan(1_250);
    expect(n).toBeLessThan(1_320);
    expect(nps(answered)).toBeCloseTo(20, -1);
    expect((100 * answered.passives) / n).toBeCloseTo(38, -1);
  });

  test("is the same for the same seed, and another for another", () => {
    expect(simulateCompany({ now }).answers).toEqual(larkfield.answers);
    expect(simulateCompany({ now, seed: "other" }).answers).not.toEqual(larkfield.answers);
  });

  test("each answer is one that the API takes, given before now and in its quarter", () => {
    for (const answer of larkfield.answers) {
      const { at, ...rest } = answer;
      expect(NewResponse.safeParse({ ...rest, at: at.toISOString() }).error).toBeUndefined();
      expect(at.getTime()).toBeLessThan(now.getTime());
      const quarter = `${at.getUTCFullYear()}-Q${1 + Math.floor(at.getUTCMonth() / 3)}`;
      expect(answer.id).toContain(quarter);
    }
  });

  test("says several hundred different things in two languages, with every blank filled", () => {
    const comments = larkfield.answers.flatMap(({ comment, language }) =>
      comment ? [{ comment, language }] : [],
    );
    for (const language of ["en", "de"])
      expect(
        new Set(comments.filter((each) => each.language === language).map((each) => each.comment)).size,
      ).toBeGreaterThan(500);
    for (const { comment } of comments) expect(comment).toMatch(/^[\p{Lu}\d][^{}]+[.]$/u);
  });

  test("people change their minds between waves, and most by a little", () => {
    const byCustomer = Map.groupBy(
      larkfield.answers.filter(({ customer }) => customer),
      ({ customer }) => customer!.id,
    );
    const pairs = [...byCustomer.values()].flatMap((own) =>
      own.slice(1).map((each, at) => each.score - own[at]!.score),
    );
    const stayed = pairs.filter((change) => Math.abs(change) <= 1).length / pairs.length;
    expect(stayed).toBeGreaterThan(0.5);
    expect(stayed).toBeLessThan(0.85);
  });

  test("two weeks with wrong invoice numbers pull the score down", () => {
    const { from, to } = larkfield.truth.incident;
    const counts = emptyScoreCounts();
    for (const { at, score } of larkfield.answers) if (at >= from && at < to) counts[score]! += 1;
    expect(nps(categoryCounts(counts))).toBeLessThan(12);
    expect(
      larkfield.answers.some(({ at, comment }) => at >= from && comment?.includes("Rechnungsnummer")),
    ).toBe(true);
  });

  test("can be made at any time of the year", () => {
    for (const day of ["2026-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2027-12-31T23:59:59Z"]) {
      const { truth } = simulateCompany({ now: new Date(day), comments: false });
      expect(
        truth.waves.slice(0, 4).every(({ answered }) => totalAnswers(categoryCounts(answered)) > 900),
      ).toBe(true);
    }
  });
});

test("where everybody is equally likely to answer, 95 % intervals hold what all who were asked would say in 95 % of the waves", () => {
  let held = 0;
  let waves = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { truth } = simulateCompany({ now, seed, responseBias: false, comments: false, customers: 1_500 });
    for (const { asked, everybody, answered } of truth.waves.slice(0, 4)) {
      const interval = adjustedWaldInterval(categoryCounts(answered), { populationSize: asked })!;
      const score = nps(categoryCounts(everybody))!;
      waves += 1;
      if (score >= interval.low && score <= interval.high) held += 1;
    }
  }
  // 240 waves: a share of 95 % lies between 92.1 and 97.9 in all but 4 of 100 tries; the seeds are fixed.
  expect(held / waves).toBeGreaterThan(0.92);
  expect(held / waves).toBeLessThan(0.98);
});
