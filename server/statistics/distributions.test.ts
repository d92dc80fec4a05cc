import { describe, expect, it } from "vitest";
import {
  betaCdf,
  binomialTest,
  chiSquareTail,
  logGamma,
  normalCdf,
  normalQuantile,
  studentQuantile,
  twoSidedPValue,
} from "./distributions.ts";

describe("distributions", () => {
  it("give the normal quantiles of the tables", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212335729143, 12);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
  });

  it("give two-sided p-values, far tails included", () => {
    expect(twoSidedPValue(1.959963984540054)).toBeCloseTo(0.05, 10);
    expect(twoSidedPValue(-1.959963984540054)).toBeCloseTo(0.05, 10);
    expect(twoSidedPValue(0)).toBeCloseTo(1, 10);
    // 2·Φ(−10) and 2·Φ(−5) as in tables to many digits.
    expect(twoSidedPValue(10) / 1.523970604832105e-23).toBeCloseTo(1, 8);
    expect(twoSidedPValue(5) / 5.733031437583869e-7).toBeCloseTo(1, 8);
  });

  it("meet where one formula for the p-value hands over to the other", () => {
    expect(twoSidedPValue(4 - 1e-9) / twoSidedPValue(4)).toBeCloseTo(1, 6);
  });

  it("give log-gamma where it is known: factorials and √π", () => {
    expect(logGamma(1)).toBeCloseTo(0, 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11);
  });

  it("give the beta distribution where it is a polynomial or an arcsine", () => {
    expect(betaCdf(0.3, 2, 3)).toBeCloseTo(0.3483, 12);
    expect(betaCdf(0.2, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.2)), 12);
    expect(betaCdf(0.5, 1e6, 1e6)).toBeCloseTo(0.5, 8);
    expect(betaCdf(0, 2, 3)).toBe(0);
    expect(betaCdf(1, 2, 3)).toBe(1);
  });

  it("give the normal distribution to both sides", () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 10);
    expect(normalCdf(-1.959963984540054)).toBeCloseTo(0.025, 10);
    expect(normalCdf(-10) / 7.619853024160525e-24).toBeCloseTo(1, 8);
  });

  it("give Student's quantiles of the tables", () => {
    expect(studentQuantile(0.975, 1)).toBeCloseTo(12.706204736174694, 5);
    expect(studentQuantile(0.975, 5)).toBeCloseTo(2.5705818356363146, 7);
    expect(studentQuantile(0.975, 1000)).toBeCloseTo(1.9623390808264083, 7);
  });

  // scipy.stats.chi2.sf
  it.each([
    [0.4, 1, 0.5270892568655381],
    [7.5, 3, 0.0575584519726364],
    [3.2, 10, 0.9763177219506883],
    [40, 5, 1.493367900050393e-7],
    [100, 2, 1.9287498479639183e-22],
  ])("give the upper tail of chi-square: %d with %d degrees of freedom", (x, df, tail) => {
    expect(chiSquareTail(x, df) / tail).toBeCloseTo(1, 9);
    expect(chiSquareTail(0, df)).toBe(1);
  });

  // scipy.stats.binomtest
  it.each([
    [3, 30, 0.2, 0.25136156030820767],
    [60, 1000, 0.05, 0.14654705743676422],
    [682, 925, 0.75, 0.3824915595748517],
  ])("give the exact binomial test of %d in %d", (k, n, p, pValue) => {
    expect(binomialTest(k, n, p)).toBeCloseTo(pValue, 9);
  });
});
