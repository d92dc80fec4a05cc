import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumClusters } from "./clustered-difference.ts";
import { decideTrial, type TrialFigures } from "./decide-trial.ts";

const plan = { treated: 300, holdout: 300, worth: 0.1 };
const figures = (
  [k1, n1]: readonly [number, number],
  [k0, n0]: readonly [number, number],
  more: Partial<TrialFigures> = {},
): TrialFigures => ({ treated: { k: k1, n: n1 }, holdout: { k: k0, n: n0 }, plan, horizon: "at", ...more });

describe("the decision", () => {
  it("at the horizon is keep above 0, stop below 0 or below what is worth it, else nobody can tell", () => {
    expect(decideTrial(figures([90, 300], [60, 300]))).toMatchObject({ decision: "keep", reason: "works" });
    expect(decideTrial(figures([40, 300], [70, 300]))).toMatchObject({ decision: "stop", reason: "harms" });
    expect(decideTrial(figures([60, 300], [60, 300]))).toMatchObject({
      decision: "stop",
      reason: "smaller than worth it",
    });
    const open = decideTrial(figures([75, 300], [60, 300]));
    expect(open).toMatchObject({ decision: "cannot tell", reason: "something or nothing" });
    // The interval is −1.8 to 11.7 points, 13.4 wide: 600·1.34² = 1,080 in all.
    expect(open.missing).toBeGreaterThan(450);
    expect(open.missing).toBeLessThan(510);
  });

  it("before the horizon needs the stronger words of a sequence, and else says what the plan lacks", () => {
    const early = { horizon: "ahead" } as const;
    expect(decideTrial(figures([45, 150], [30, 150], early))).toMatchObject({
      decision: "cannot tell",
      reason: "horizon not reached",
      missing: 300,
    });
    expect(decideTrial(figures([75, 150], [30, 150], early)).decision).toBe("keep");
    expect(decideTrial(figures([10, 150], [50, 150], early))).toMatchObject({
      decision: "stop",
      reason: "harms",
    });
    const late = figures([900, 4500], [900, 4500], { horizon: "behind" });
    expect(decideTrial(late)).toMatchObject({ decision: "stop", reason: "smaller than worth it" });
  });

  it("is none while results are few, arms are not as assigned, or nobody was left alone", () => {
    expect(decideTrial(figures([9, 10], [0, 10]))).toEqual({
      decision: "cannot tell",
      reason: "too few results",
      interval: undefined,
      missing: 580,
    });
    // At a holdout of 5 % thirty of them take 600.
    const tiny = { plan: { treated: 95, holdout: 5, worth: 0.1 } };
    expect(decideTrial(figures([2, 2], [0, 0], tiny)).missing).toBe(600);
    expect(decideTrial(figures([90, 300], [60, 300], { armsDiffer: true }))).toMatchObject({
      decision: "cannot tell",
      reason: "arms are not as assigned",
      missing: undefined,
    });
    const nobody = { plan: { treated: 300, holdout: 0, worth: 0.1 } };
    expect(decideTrial(figures([90, 300], [0, 0], nobody)).reason).toBe("nobody left alone");
    expect(() => decideTrial(figures([1, 2], [1, 2], { plan: { ...plan, worth: 10 } }))).toThrow("up to 1");
  });

  it("takes the word of clusters where clusters were assigned", () => {
    const arm = (share: number) =>
      sumClusters(Array.from({ length: 30 }, (_, i) => ({ n: 10, k: i < 30 * share ? 10 : 0 })));
    const clusters = { treated: arm(0.3), holdout: arm(0.2) };
    expect(decideTrial(figures([90, 300], [60, 300], { clusters })).decision).toBe("cannot tell");
    expect(decideTrial(figures([90, 300], [60, 300], { clusters, horizon: "ahead" })).decision).toBe(
      "cannot tell",
    );
    const few = { treated: sumClusters([{ n: 300, k: 90 }]), holdout: arm(0.2) };
    expect(decideTrial(figures([90, 300], [60, 300], { clusters: few })).reason).toBe("too few results");
  });

  it("agrees with its interval, and more successes of the treated never make it worse", () => {
    const rank = { stop: 0, "cannot tell": 1, keep: 2 };
    const arm = fc.tuple(fc.nat(300), fc.nat(300)).map(([k, others]) => [k, k + others + 30] as const);
    const horizon = fc.constantFrom("ahead" as const, "at" as const, "behind" as const);
    fc.assert(
      fc.property(arm, arm, horizon, fc.nat(50), (a, b, at, more) => {
        const said = decideTrial(figures(a, b, { horizon: at }));
        if (said.decision === "keep") expect(said.interval!.low).toBeGreaterThan(0);
        if (said.decision === "stop") expect(said.interval!.high).toBeLessThan(plan.worth);
        if (said.decision === "cannot tell") expect(said.missing).toBeGreaterThanOrEqual(1);
        if (said.reason === "too few results") return;
        const better = [Math.min(a[1], a[0] + more), a[1]] as const;
        const then = decideTrial(figures(better, b, { horizon: at }));
        if (then.reason !== "too few results") {
          expect(rank[then.decision]).toBeGreaterThanOrEqual(rank[said.decision]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("can be told once what was missing has come in, with the same shares", () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 80 }), fc.integer({ min: 40, max: 80 }), (k1, k0) => {
        const open = decideTrial(figures([k1, 300], [k0, 300]));
        if (open.decision !== "cannot tell") return;
        const times = Math.ceil((1.02 * (600 + open.missing!)) / 6) / 100;
        const then = decideTrial(figures([k1 * times, 300 * times], [k0 * times, 300 * times]));
        expect(then.decision).not.toBe("cannot tell");
      }),
    );
  });
});
