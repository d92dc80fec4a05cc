import { describe, expect, it } from "vitest";
import { betaCdf, logGamma, normalQuantile, twoSidedPValue } from "./distributions.ts";

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
});
