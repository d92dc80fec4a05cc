import { expect, test } from "vitest";
import { effectHeterogeneity } from "./effect-heterogeneity.ts";
import { seededRandom } from "./seeded-random.ts";
import { newcombeInterval } from "./share-difference.ts";

const around = (difference: number, error: number) => ({
  difference,
  low: difference - 1.959964 * error,
  high: difference + 1.959964 * error,
});

test("Q is the one of the formula, and alike groups have none", () => {
  // R: d <- c(.1, .02); w <- 1/c(.02, .02)^2; q <- sum(w * (d - weighted.mean(d, w))^2); c(q, pchisq(q, 1, lower = FALSE))
  const two = effectHeterogeneity([around(0.1, 0.02), around(0.02, 0.02)])!;
  expect(two.q).toBeCloseTo(8, 4);
  expect(two.pValue).toBeCloseTo(0.004678, 5);
  expect(effectHeterogeneity([around(0.1, 0.02), around(0.1, 0.03)])!.q).toBeCloseTo(0, 10);
  expect(effectHeterogeneity([around(0.1, 0.02)])).toBeUndefined();
});

test("groups in which the effect is the same are called different about once in twenty", () => {
  const random = seededRandom("groups");
  const group = (n: number) => {
    let [a, b] = [0, 0];
    for (let i = 0; i < n; i++) {
      if (random.chance(0.3)) a++;
      if (random.chance(0.2)) b++;
    }
    return newcombeInterval(a, n, b, n)!;
  };
  let called = 0;
  for (let i = 0; i < 600; i++)
    if (effectHeterogeneity([group(150), group(80), group(200)])!.pValue < 0.05) called++;
  expect(called / 600).toBeGreaterThan(0.025);
  expect(called / 600).toBeLessThan(0.075);
});
