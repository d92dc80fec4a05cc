import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCounts } from "./arbitrary-counts.ts";
import { nps } from "./nps.ts";
import {
  adjustedWaldInterval,
  dirichletInterval,
  finitePopulationFactor,
  waldInterval,
} from "./nps-interval.ts";
import { seededRandom } from "./seeded-random.ts";

const counts = (detractors: number, passives: number, promoters: number) => ({
  detractors,
  passives,
  promoters,
});
const sfo2017 = counts(342, 968, 1436);
const textbook = { clip: false };

type Ends = { low: number; high: number };

function expectEnds(interval: Ends | undefined, low: number, high: number, digits = 4) {
  expect(interval?.low).toBeCloseTo(low, digits);
  expect(interval?.high).toBeCloseTo(high, digits);
}

describe("intervals for the NPS", () => {
  it("agree with R for the SFO survey of 2017", () => {
    expectEnds(waldInterval(sfo2017), 37.2249, 42.4546);
    expectEnds(adjustedWaldInterval(sfo2017), 37.1824, 42.4102);
    expect(adjustedWaldInterval(sfo2017)?.midpoint).toBeCloseTo(39.7963, 4);
  });

  it("agree with R for a handful of answers, before they are cut off at 100 points", () => {
    expectEnds(waldInterval(counts(2, 0, 9), textbook), 18.051, 109.2217);
    expectEnds(adjustedWaldInterval(counts(2, 0, 9), textbook), 8.0008, 91.9992);
    expect(adjustedWaldInterval(counts(2, 0, 9))?.midpoint).toBeCloseTo(50, 4);

    expectEnds(waldInterval(counts(0, 3, 7), textbook), 41.5974, 98.4026);
    expectEnds(adjustedWaldInterval(counts(0, 3, 7), textbook), 21.0539, 86.6384);
    expect(adjustedWaldInterval(counts(0, 3, 7))?.midpoint).toBeCloseTo(53.8462, 4);

    expectEnds(waldInterval(counts(0, 0, 10), textbook), 100, 100);
    expectEnds(adjustedWaldInterval(counts(0, 0, 10), textbook), 47.5036, 106.3426);
    expect(adjustedWaldInterval(counts(0, 0, 10))?.midpoint).toBeCloseTo(76.9231, 4);
  });

  it("end at 100 points", () => {
    expect(waldInterval(counts(2, 0, 9))?.high).toBe(100);
    expect(adjustedWaldInterval(counts(0, 0, 10))?.high).toBe(100);
    expect(adjustedWaldInterval(counts(10, 0, 0))?.low).toBe(-100);
  });

  it("are undefined when nobody answered", () => {
    expect(waldInterval(counts(0, 0, 0))).toBeUndefined();
    expect(adjustedWaldInterval(counts(0, 0, 0))).toBeUndefined();
    expect(dirichletInterval(counts(0, 0, 0))).toBeUndefined();
  });

  it("refuse a level in percent", () => {
    expect(() => adjustedWaldInterval(sfo2017, { level: 95 })).toThrow("95 % is 0.95");
    expect(() => dirichletInterval(sfo2017, { level: 95 })).toThrow("95 % is 0.95");
  });

  it("lie in ±100 and contain their own middle, for any answers and level", () => {
    fc.assert(
      fc.property(anyCounts, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (answers, level) => {
        const adjusted = adjustedWaldInterval(answers, { level })!;
        expect(adjusted.low).toBeGreaterThanOrEqual(-100);
        expect(adjusted.high).toBeLessThanOrEqual(100);
        expect(adjusted.low).toBeLessThan(adjusted.midpoint);
        expect(adjusted.high).toBeGreaterThan(adjusted.midpoint);
        const wald = waldInterval(answers, { level })!;
        expect(wald.low).toBeLessThanOrEqual(nps(answers)! + 1e-9);
        expect(wald.high).toBeGreaterThanOrEqual(nps(answers)! - 1e-9);
      }),
    );
  });

  it("mirror when promoters and detractors swap", () => {
    fc.assert(
      fc.property(anyCounts, ({ detractors, passives, promoters }) => {
        const one = adjustedWaldInterval(counts(detractors, passives, promoters))!;
        const other = adjustedWaldInterval(counts(promoters, passives, detractors))!;
        expectEnds(other, -one.high, -one.low, 9);
      }),
    );
  });

  it("shrink when the same answers come k times over", () => {
    fc.assert(
      fc.property(anyCounts, fc.integer({ min: 2, max: 50 }), ({ detractors, passives, promoters }, k) => {
        const once = adjustedWaldInterval(counts(detractors, passives, promoters), textbook)!;
        const often = adjustedWaldInterval(counts(k * detractors, k * passives, k * promoters), textbook)!;
        expect(often.high - often.low).toBeLessThan(once.high - once.low);
      }),
    );
  });

  it.each([50, 200])("cover the truth in 93 to 97 % of 4,000 samples of %i answers", (n) => {
    const random = seededRandom(`coverage of ${n} answers`);
    const truth = [0.15, 0.35, 0.5] as const;
    const samples = 4000;
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const drawn: [number, number, number] = [0, 0, 0];
      for (let i = 0; i < n; i++) drawn[random.categorical(truth) as 0 | 1 | 2] += 1;
      const { low, high } = adjustedWaldInterval(counts(...drawn))!;
      if (low <= 35 && high >= 35) covered++;
    }
    expect(covered / samples).toBeGreaterThan(0.93);
    expect(covered / samples).toBeLessThan(0.97);
  });
});

describe("the Bayesian interval", () => {
  it("agrees with the closed form and the simulation for the SFO survey of 2017", () => {
    const posterior = dirichletInterval(sfo2017)!;
    expect(posterior.mean).toBeCloseTo(39.818016, 6);
    expect(posterior.sd).toBeCloseTo(1.3337809, 7);
    // The reference is a simulation, good to about 0.02 points.
    expect(Math.abs(posterior.low - 37.19)).toBeLessThan(0.02);
    expect(Math.abs(posterior.high - 42.4)).toBeLessThan(0.02);
  });

  it("does not pretend certainty when all answers are alike, and stays below 100", () => {
    const { low, high } = dirichletInterval(counts(0, 0, 10))!;
    expect(low).toBeLessThan(60);
    expect(high).toBeLessThan(100);
    expect(high).toBeGreaterThan(99);
  });

  it("contains its mean, lies in ±100 and mirrors, for any answers", () => {
    fc.assert(
      fc.property(anyCounts, ({ detractors, passives, promoters }) => {
        const one = dirichletInterval(counts(detractors, passives, promoters))!;
        const other = dirichletInterval(counts(promoters, passives, detractors))!;
        expect(one.low).toBeGreaterThanOrEqual(-100);
        expect(one.high).toBeLessThanOrEqual(100);
        expect(one.low).toBeLessThan(one.mean);
        expect(one.high).toBeGreaterThan(one.mean);
        expectEnds(other, -one.high, -one.low, 5);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the finite population correction", () => {
  it("is √((N − n)/(N − 1)) above 5 % of the population, and 1 below", () => {
    expect(finitePopulationFactor(100, 400)).toBeCloseTo(Math.sqrt(300 / 399), 12);
    expect(finitePopulationFactor(20, 400)).toBe(1);
    expect(finitePopulationFactor(21, 400)).toBeCloseTo(0.9746, 4);
    expect(finitePopulationFactor(400, 400)).toBe(0);
    expect(finitePopulationFactor(1, 1)).toBe(0);
    expect(finitePopulationFactor(100, Infinity)).toBe(1);
  });

  it("refuses more answers than customers", () => {
    expect(() => finitePopulationFactor(11, 10)).toThrow("11 answers cannot come from a population of 10.");
  });

  it("leaves the raw score without any width when everybody answered", () => {
    expect(adjustedWaldInterval(counts(0, 0, 10), { populationSize: 10 })).toEqual({
      low: 100,
      high: 100,
      midpoint: 100,
    });
  });

  it("narrows the interval by its factor", () => {
    const { low, high } = waldInterval(counts(30, 20, 50), { populationSize: 400 })!;
    const wide = waldInterval(counts(30, 20, 50))!;
    expect((high - low) / (wide.high - wide.low)).toBeCloseTo(0.8671, 4);
  });
});
