import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DayOfLeaving, retainedAt, retentionCurve, retentionDifference } from "./retention.ts";
import { newcombeInterval } from "./share-difference.ts";
import { wilsonInterval } from "./share-interval.ts";

const day = (at: number, left: number, lastSeen: number): DayOfLeaving => ({ day: at, left, lastSeen });

/** Freireich et al. (1963), weeks of remission with 6-MP and with placebo: the textbooks' example. */
const treated = [
  [6, 3, 1],
  [7, 1, 0],
  [9, 0, 1],
  [10, 1, 1],
  [11, 0, 1],
  [13, 1, 0],
  [16, 1, 0],
  [17, 0, 1],
  [19, 0, 1],
  [20, 0, 1],
  [22, 1, 0],
  [23, 1, 0],
  [25, 0, 1],
  [32, 0, 2],
  [34, 0, 1],
  [35, 0, 1],
].map(([at, left, lastSeen]) => day(at!, left!, lastSeen!));
const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((at) =>
  day(at, 1, 0),
);

describe("retention", () => {
  it("agrees with the textbooks' Kaplan–Meier table", () => {
    const curve = retentionCurve(treated);
    expect(curve.map((point) => [point.day, point.atRisk])).toEqual([
      [6, 21],
      [7, 17],
      [10, 15],
      [13, 12],
      [16, 11],
      [22, 7],
      [23, 6],
    ]);
    const shares = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482];
    const errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346];
    const lows = [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881];
    const highs = [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801];
    for (const [i, point] of curve.entries()) {
      expect(point.share).toBeCloseTo(shares[i]!, 4);
      expect(point.standardError).toBeCloseTo(errors[i]!, 4);
      expect(point.low).toBeCloseTo(lows[i]!, 4);
      expect(point.high).toBeCloseTo(highs[i]!, 4);
    }
  });

  it("is a plain share when everybody was observed long enough", () => {
    const days = [day(3, 2, 0), day(10, 3, 0), day(90, 0, 15)];
    expect(retainedAt(days, 90)!.share).toBeCloseTo(15 / 20, 12);
    expect(retainedAt(days, 9)!.share).toBeCloseTo(18 / 20, 12);
    const point = retainedAt(days, 90)!;
    const wilson = wilsonInterval(15, 20)!;
    expect(point.low).toBeCloseTo(wilson.low, 1);
    expect(point.high).toBeCloseTo(wilson.high, 1);
  });

  it("keeps a width when nobody or everybody has left, and knows nothing beyond what was observed", () => {
    expect(retainedAt(treated, 5)).toMatchObject({ share: 1, high: 1, atRisk: 21 });
    expect(retainedAt(treated, 5)!.low).toBeCloseTo(wilsonInterval(21, 21)!.low, 12);
    expect(retainedAt(placebo, 23)).toMatchObject({ share: 0, low: 0, atRisk: 1 });
    expect(retainedAt(treated, 36)).toBeUndefined();
    expect(retainedAt([], 0)).toBeUndefined();
    expect(retentionCurve([])).toEqual([]);
  });

  it("compares two arms at a day", () => {
    const compared = retentionDifference(treated, placebo, 10)!;
    expect(compared.difference).toBeCloseTo(0.7529411765 - 0.380952381, 9);
    // √(0.2497² + 0.1968²) and √(0.1364² + 0.1979²) of the intervals 0.5032–0.8894 and 0.1831–0.5778.
    expect(compared.low).toBeCloseTo(0.37199 - Math.hypot(0.249742, 0.196836), 4);
    expect(compared.high).toBeCloseTo(0.37199 + Math.hypot(0.136421, 0.197886), 4);
    expect(retentionDifference(treated, placebo, 30)).toBeUndefined();

    const whole = (left: number, stayed: number) => [day(40, left, 0), day(90, 0, stayed)];
    const plain = newcombeInterval(430, 500, 400, 500)!;
    const same = retentionDifference(whole(70, 430), whole(100, 400), 90)!;
    expect(same.difference).toBeCloseTo(plain.difference, 12);
    expect(same.low).toBeCloseTo(plain.low, 2);
  });

  it("falls from day to day, within its interval, whatever the order of the days", () => {
    const days = fc.array(fc.record({ day: fc.nat(100), left: fc.nat(5), lastSeen: fc.nat(5) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(days, (list) => {
        const curve = retentionCurve(list);
        expect(retentionCurve(list.toReversed())).toEqual(curve);
        let share = 1;
        for (const point of curve) {
          expect(point.share).toBeLessThan(share);
          expect(point.low).toBeLessThanOrEqual(point.share + 1e-12);
          expect(point.high).toBeGreaterThanOrEqual(point.share - 1e-12);
          ({ share } = point);
        }
      }),
    );
    expect(() => retentionCurve([day(-1, 1, 0)])).toThrow("0 or more");
  });
});
