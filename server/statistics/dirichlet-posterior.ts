import { betaCdf, logGamma } from "./distributions.ts";
import type { CategoryCounts } from "./nps.ts";

/**
 * The distribution of promoters' minus detractors' share when all three shares follow a Dirichlet distribution.
 *
 * The share of passives p is Beta(P, D + M); given it, the promoters' part r of the rest is Beta(M, D), independent
 * of p, and the difference is (1 − p)(2r − 1). So its distribution function is one integral over p, computed by
 * tanh-sinh quadrature, which copes with the infinite densities that counts of zero bring.
 * @param parameters three Dirichlet parameters above 0
 * @returns mean and sd on the −1..1 scale, `cdf(x)` and `quantile(probability)`
 */
export function dirichletPosterior({ detractors, passives, promoters }: CategoryCounts) {
  const total = detractors + passives + promoters;
  const mean = (promoters - detractors) / total;
  const sd = Math.sqrt(((promoters + detractors) / total - mean ** 2) / (total + 1));
  const rest = detractors + promoters;
  const passiveMean = passives / total;
  const passiveSd = Math.sqrt((passiveMean * (1 - passiveMean)) / (total + 1));
  const logScale = logGamma(total) - logGamma(passives) - logGamma(rest);

  const passiveDensity = (p: number) =>
    Math.exp(logScale + (passives - 1) * Math.log(p) + (rest - 1) * Math.log1p(-p));

  function cdf(x: number): number {
    if (x <= -1) return 0;
    if (x >= 1) return 1;
    // Beyond ten standard deviations the density is nothing; leaving it out keeps the peak wide enough to be seen.
    const from = Math.max(0, passiveMean - 10 * passiveSd - 10 / total);
    const to = Math.min(1 - Math.abs(x), passiveMean + 10 * passiveSd + 10 / total);
    const within = integrate(
      (p) => passiveDensity(p) * betaCdf((1 + x / (1 - p)) / 2, promoters, detractors),
      from,
      to,
    );
    // Where the passives leave less room than |x|, the difference cannot reach it.
    const outside = x > 0 ? 1 - betaCdf(1 - x, passives, rest) : 0;
    return Math.min(1, within + outside);
  }

  const quantile = (probability: number) => root((x) => cdf(x) - probability, mean, sd);
  return { mean, sd, cdf, quantile };
}

/** ∫ f from a to b by tanh-sinh quadrature; f may be infinite at `a`, where nodes are exact to the last digit. */
function integrate(f: (x: number) => number, a: number, b: number): number {
  if (b <= a) return 0;
  const step = 1 / 32;
  let total = 0;
  for (let k = -116; k <= 116; k++) {
    const t = k * step;
    const u = (Math.PI / 2) * Math.sinh(t);
    const x = a + (b - a) / (1 + Math.exp(-2 * u));
    if (x <= a || x >= b) continue;
    total += (f(x) * (Math.PI / 2) * Math.cosh(t)) / Math.cosh(u) ** 2;
  }
  return (total * step * (b - a)) / 2;
}

/** Zero of an increasing function on −1..1 near `start`: false position (Illinois), which never leaves its bracket. */
function root(f: (x: number) => number, start: number, scale: number): number {
  let low = Math.max(-1, start - 4 * scale);
  let high = Math.min(1, start + 4 * scale);
  let atLow = f(low);
  let atHigh = f(high);
  if (atLow > 0) [low, atLow] = [-1, f(-1)];
  if (atHigh < 0) [high, atHigh] = [1, f(1)];
  for (let step = 0; step < 200 && high - low > 1e-12; step++) {
    const x = step % 3 === 2 ? (low + high) / 2 : low - (atLow * (high - low)) / (atHigh - atLow);
    const y = f(x);
    if (Math.abs(y) < 1e-13) return x;
    if (y < 0) {
      [low, atLow] = [x, y];
      atHigh /= 2;
    } else {
      [high, atHigh] = [x, y];
      atLow /= 2;
    }
  }
  return (low + high) / 2;
}
