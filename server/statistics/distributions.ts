import jstat from "jstat";

/** The value that a standard normal variable stays below with probability `p`. */
export function normalQuantile(p: number): number {
  return jstat.normal.inv(p, 0, 1);
}

/**
 * Two-sided p-value of a standard normal statistic.
 *
 * jstat computes 1 − erf, which is 0 from z ≈ 8 on; far tails use the continued fraction of Mills' ratio instead
 * (Abramowitz & Stegun 26.2.14), so that small p-values keep their order.
 */
export function twoSidedPValue(z: number): number {
  const x = Math.abs(z);
  if (x < 4) return 2 * jstat.normal.cdf(-x, 0, 1);
  let fraction = x;
  for (let k = 60; k >= 1; k--) fraction = x + k / fraction;
  return (2 * Math.exp((-x * x) / 2)) / (Math.sqrt(2 * Math.PI) * fraction);
}

/** Natural logarithm of the gamma function for x > 0, by Stirling's series after shifting x above 10. */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) product *= shifted++;
  const square = 1 / (shifted * shifted);
  const series =
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product)
  );
}

/**
 * Probability that a Beta(a, b) variable is at most `x`: the regularised incomplete beta function.
 *
 * jstat stops its continued fraction after 100 steps, too early beyond some ten thousand answers; this one goes on
 * until it has converged (about √(a + b) steps). Lentz's method, Abramowitz & Stegun 26.5.8.
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);

  const logFront = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const front = Math.exp(logFront) / a;
  if (front < 1e-300) return 0;

  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let c = 1;
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

function awayFromZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}

/** The probability that a standard normal variable is at most `z`. */
export function normalCdf(z: number): number {
  return z < 0 ? twoSidedPValue(z) / 2 : 1 - twoSidedPValue(z) / 2;
}

/** The value that Student's t with `df` degrees of freedom (may be a fraction) stays below with probability `p`. */
export function studentQuantile(p: number, df: number): number {
  return jstat.studentt.inv(p, df);
}

/**
 * Probability that χ² with `df` degrees of freedom exceeds `x`: the upper regularised gamma function Q(df/2, x/2).
 *
 * jstat computes 1 − P, which is 0 in the far tail; here the tail has its own continued fraction (Lentz's method,
 * Abramowitz & Stegun 6.5.31), and the series 6.5.29 serves below the mean.
 */
export function chiSquareTail(x: number, df: number): number {
  if (x <= 0) return 1;
  const [a, y] = [df / 2, x / 2];
  const front = Math.exp(a * Math.log(y) - y - logGamma(a));
  if (y < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > sum * 1e-16; k++) sum += term *= y / (a + k);
    return 1 - front * sum;
  }
  let b = y + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 100_000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / awayFromZero(step * d + b);
    c = awayFromZero(b + step / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

/**
 * Two-sided exact binomial test: the probability, when each of n succeeds with probability p, of all counts that are no
 * likelier than k. What R's binom.test computes.
 */
export function binomialTest(k: number, n: number, p: number): number {
  const logChance = (i: number) =>
    logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) + i * Math.log(p) + (n - i) * Math.log1p(-p);
  // Outcomes that are as likely as k must not be lost to rounding.
  const limit = logChance(k) + 1e-7;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const log = logChance(i);
    if (log <= limit) sum += Math.exp(log);
  }
  return Math.min(1, sum);
}
