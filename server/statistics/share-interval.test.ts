import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goodmanIntervals, wilsonInterval } from "./share-interval.ts";

const kOfN = fc.nat(10_000).chain((n) =>
  fc.tuple(
    fc.nat(n + 1).map((k) => Math.min(k, n + 1)),
    fc.constant(n + 1),
  ),
);

describe("Wilson's interval", () => {
  it("agrees with R's binom and statsmodels", () => {
    expect(wilsonInterval(18, 20)?.low).toBeCloseTo(0.69896635477, 10);
    expect(wilsonInterval(18, 20)?.high).toBeCloseTo(0.97213351879, 10);
    expect(wilsonInterval(81, 263)?.low).toBeCloseTo(0.25528852, 8);
    expect(wilsonInterval(81, 263)?.high).toBeCloseTo(0.36620958, 8);
  });

  it("is undefined of nobody, and exact at none and all", () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    expect(wilsonInterval(0, 10)?.low).toBe(0);
    expect(wilsonInterval(10, 10)?.high).toBe(1);
  });

  it("refuses more than all and less than none", () => {
    expect(() => wilsonInterval(11, 10)).toThrow("0 ≤ k ≤ n");
    expect(() => wilsonInterval(-1, 10)).toThrow("0 ≤ k ≤ n");
    expect(() => wilsonInterval(Number.NaN, 10)).toThrow("0 ≤ k ≤ n");
  });

  it("contains the share and lies in 0..1; the others' share has the mirrored interval", () => {
    fc.assert(
      fc.property(kOfN, ([k, n]) => {
        const { low, high } = wilsonInterval(k, n)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(k / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(k / n - 1e-12);
        const others = wilsonInterval(n - k, n)!;
        expect(others.low).toBeCloseTo(1 - high, 10);
        expect(others.high).toBeCloseTo(1 - low, 10);
      }),
    );
  });

  it("shrinks when the same answers come k times over", () => {
    fc.assert(
      fc.property(kOfN, fc.integer({ min: 2, max: 50 }), ([k, n], times) => {
        const once = wilsonInterval(k, n)!;
        const often = wilsonInterval(k * times, n * times)!;
        expect(often.high - often.low).toBeLessThan(once.high - once.low);
      }),
    );
  });
});

describe("Goodman's intervals", () => {
  it("agree with Sison and Glaz's example to the three digits of statsmodels", () => {
    const expected = [
      [0.085, 0.166],
      [0.115, 0.204],
      [0.116, 0.207],
      [0.091, 0.173],
      [0.096, 0.181],
      [0.143, 0.239],
      [0.089, 0.171],
    ];
    const intervals = goodmanIntervals([56, 72, 73, 59, 62, 87, 58])!;
    expect(intervals.map(({ low, high }) => [Number(low.toFixed(3)), Number(high.toFixed(3))])).toEqual(
      expected,
    );
  });

  it("agree with the SFO survey of 2017", () => {
    const [detractors, passives, promoters] = goodmanIntervals([342, 968, 1436])!;
    expect(detractors?.low).toBeCloseTo(0.11023705, 8);
    expect(detractors?.high).toBeCloseTo(0.14041649, 8);
    expect(passives?.low).toBeCloseTo(0.33101455, 8);
    expect(passives?.high).toBeCloseTo(0.3746253, 8);
    expect(promoters?.low).toBeCloseTo(0.50010014, 8);
    expect(promoters?.high).toBeCloseTo(0.54568922, 8);
  });

  it("are undefined when nobody answered, and Wilson's when there is only one share to state", () => {
    expect(goodmanIntervals([0, 0, 0])).toBeUndefined();
    expect(goodmanIntervals([7])).toEqual([wilsonInterval(7, 7)]);
  });

  it("are wider than Wilson's for each share", () => {
    const [detractors] = goodmanIntervals([342, 968, 1436])!;
    const alone = wilsonInterval(342, 2746)!;
    expect(detractors!.low).toBeLessThan(alone.low);
    expect(detractors!.high).toBeGreaterThan(alone.high);
  });
});
