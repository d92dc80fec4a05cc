import { describe, expect, it } from "vitest";
import { dirichletPosterior } from "./dirichlet-posterior.ts";

describe("the posterior of the score", () => {
  it("is a triangle when all three shares are uniform", () => {
    // Dirichlet(1, 1, 1) is even on the simplex, so the difference has density 1 − |x|.
    const { cdf, quantile, sd } = dirichletPosterior({ detractors: 1, passives: 1, promoters: 1 });
    for (const x of [-0.9, -0.5, -0.01, 0, 0.3, 0.77]) {
      const exact = x < 0 ? (1 + x) ** 2 / 2 : 1 - (1 - x) ** 2 / 2;
      expect(cdf(x)).toBeCloseTo(exact, 9);
    }
    expect(quantile(0.975)).toBeCloseTo(1 - Math.sqrt(0.05), 9);
    expect(sd).toBeCloseTo(Math.sqrt(1 / 6), 12);
  });

  it.each([
    [0.5, 0.5, 0.5],
    [2.5, 0.5, 9.5],
    [0.5, 30.5, 4.5],
    [200.5, 1000.5, 900.5],
    [1e6, 2e6, 3e6],
  ])(
    "has the mean and spread of the closed form for Dirichlet(%d, %d, %d)",
    (detractors, passives, promoters) => {
      const { cdf, mean, sd } = dirichletPosterior({ detractors, passives, promoters });
      // E X = b − ∫F and E X² = b² − ∫2xF over a range [a, b] that holds everything.
      const a = Math.max(-1, mean - 8 * sd);
      const b = Math.min(1, mean + 8 * sd);
      const steps = 2000;
      const width = (b - a) / steps;
      let first = b;
      let second = (b - mean) ** 2;
      for (let i = 0; i < steps; i++) {
        const x = a + (i + 0.5) * width;
        const probability = cdf(x);
        first -= probability * width;
        second -= 2 * (x - mean) * probability * width;
      }
      expect((first - mean) / sd).toBeCloseTo(0, 4);
      expect(Math.sqrt(second) / sd).toBeCloseTo(1, 3);
    },
  );

  it("finds the value that its distribution function came from", () => {
    const { cdf, quantile } = dirichletPosterior({ detractors: 2.5, passives: 0.5, promoters: 9.5 });
    for (const probability of [0.001, 0.025, 0.5, 0.975, 0.999]) {
      expect(cdf(quantile(probability))).toBeCloseTo(probability, 9);
    }
  });
});
