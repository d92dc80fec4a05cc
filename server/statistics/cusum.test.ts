import { expect, test } from "vitest";
import { cusumRunLength, cusumStep } from "./cusum.ts";
import { seededRandom } from "./seeded-random.ts";

/** Values until the evidence passes the threshold, on average. */
function simulate(options: { threshold: number; allowance: number; shift: number; runs: number }): number {
  const random = seededRandom("cusum");
  let values = 0;
  for (let run = 0; run < options.runs; run++) {
    let evidence = 0;
    while (evidence <= options.threshold) {
      evidence = cusumStep(evidence, random.normal(options.shift), options);
      values++;
    }
  }
  return values / options.runs;
}

test("false alarms come as rarely as published: xcusum.arl of the R package spc, one-sided, k = 0.5, h = 4 and 5", () => {
  // Two-sided, spc gives 167.68 and 465.44; one side alone is twice as rare.
  const usual = { allowance: 0.5, shift: 0 };
  expect(Math.abs(simulate({ ...usual, threshold: 4, runs: 8_000 }) / 335.37 - 1)).toBeLessThan(0.04);
  expect(Math.abs(simulate({ ...usual, threshold: 5, runs: 3_000 }) / 930.89 - 1)).toBeLessThan(0.06);
});

test("the approximation of run lengths is Siegmund's", () => {
  expect(cusumRunLength({ threshold: 4, allowance: 0.5 })).toBeCloseTo(338.1, 0);
  expect(cusumRunLength({ threshold: 17.5, allowance: 0.069 })).toBeCloseTo(1005, 0);
  expect(cusumRunLength({ threshold: 26.1, allowance: 0.069 })).toBeCloseTo(4000, -2);
  expect(cusumRunLength({ threshold: 26.1, allowance: 0.069, shift: 0.138 })).toBeCloseTo(293, -1);
  expect(cusumRunLength({ threshold: 4, allowance: 0.5, shift: 0.5 })).toBeCloseTo(5.166 ** 2, 3);
});

test("a shift is found sooner the larger it is", () => {
  const found = [0.5, 1, 2].map((shift) => simulate({ threshold: 4, allowance: 0.5, shift, runs: 1_000 }));
  expect(found[0]).toBeGreaterThan(found[1]!);
  expect(found[1]).toBeGreaterThan(found[2]!);
});

test("evidence never falls below nothing", () => {
  expect(cusumStep(0, -3, { allowance: 0.5 })).toBe(0);
  expect(cusumStep(1, 2, { allowance: 0.5 })).toBe(2.5);
});
