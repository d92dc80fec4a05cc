import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";

/** An arm as it stands: k of n reached the goal. */
export type ArmCount = { readonly k: number; readonly n: number };

/**
 * With fewer results in an arm, or fewer than five successes or failures expected in it (by the share of both arms
 * together), the normal approximation that the sequence stands on is not to be trusted.
 */
export const firstLook = { results: 30, expected: 5 };

/**
 * How many standard errors a confidence sequence reaches to each side, whose moment of least width is known.
 *
 * With the share f of the information planned: √(2(1 + 1/(c·f))·ln(√(1 + c·f)/α)), where c = 8.21 for 95 % solves
 * c = ln(1 + c) − 2·ln α, so that at f = 1 the sequence is as narrow as one can be there. 3.04 at f = 1 (a single look
 * needs 1.96), 3.25 at a quarter and 3.13 at four times of it.
 * @param fraction of the information that the sequence is made for: (planned standard error/present one)²
 * @see Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Time-uniform central limit theory and asymptotic confidence
 *   sequences, Annals of Statistics 52(6); Robbins (1970), Annals of Mathematical Statistics 41
 */
export function sequenceReach(fraction: number, level = defaultLevel): number {
  standardErrorsFor(level);
  if (!(fraction > 0)) throw new RangeError(`A share of information is above 0, not ${fraction}.`);
  const alpha = 1 - level;
  const weight = fraction * bestWeight(alpha);
  return Math.sqrt(2 * (1 + 1 / weight) * Math.log(Math.sqrt(1 + weight) / alpha));
}

/**
 * Confidence sequence for the difference of two shares: intervals that hold at all looks together.
 *
 * Question: where does the true difference lie, if we look every day and may stop whenever we like? With a probability
 * of 95 % no look ever misses it. The normal mixture of Robbins, in its asymptotic form: difference ±
 * `sequenceReach`·√(p̃₁(1 − p̃₁)/n₁ + p̃₂(1 − p̃₂)/n₂), with p̃ = (k + 1)/(n + 2) so that arms in which all or none
 * succeeded keep a width. Assumes units assigned by chance, each counted once its result is final, and as many
 * of them in each arm as `firstLook` says before anybody looks. Wider than Newcombe's interval by about half, which is the price of looking.
 * @param planned results per arm at which the sequence shall be narrowest: those of the plan
 * @returns shares, from −1 to 1; `undefined` as long as there is too little for a first look
 */
export function differenceSequence(
  first: ArmCount,
  second: ArmCount,
  planned: { readonly first: number; readonly second: number },
  level = defaultLevel,
): (Interval & { readonly difference: number }) | undefined {
  for (const { k, n } of [first, second]) {
    if (!(k >= 0 && k <= n && n < Infinity)) {
      throw new RangeError(`A share needs 0 ≤ k ≤ n, not k = ${k} and n = ${n}.`);
    }
  }
  if (!(planned.first > 0 && planned.second > 0)) {
    throw new RangeError("A sequence is made for a number of results above 0 in each arm.");
  }
  const smaller = Math.min(first.n, second.n);
  const p = (first.k + second.k) / (first.n + second.n);
  if (!(smaller >= firstLook.results && smaller * Math.min(p, 1 - p) >= firstLook.expected)) return undefined;

  const spreads = [spread(first), spread(second)] as const;
  const error = Math.sqrt(spreads[0] / first.n + spreads[1] / second.n);
  const plannedError = Math.sqrt(spreads[0] / planned.first + spreads[1] / planned.second);
  return around(first.k / first.n - second.k / second.n, error, plannedError, level);
}

/**
 * The same for any estimate whose standard error is known at each look, for example with clusters.
 * @param plannedError the standard error at which the sequence shall be narrowest
 * @returns in the unit of the estimate, not clipped; `undefined` when there is no standard error yet
 */
export function estimateSequence(
  estimate: number,
  standardError: number,
  plannedError: number,
  level = defaultLevel,
): Interval | undefined {
  if (!(standardError > 0)) return undefined;
  const reach = standardError * sequenceReach((plannedError / standardError) ** 2, level);
  return { low: estimate - reach, high: estimate + reach };
}

function around(difference: number, error: number, plannedError: number, level: number) {
  const { low, high } = estimateSequence(difference, error, plannedError, level)!;
  return { difference, low: Math.max(-1, low), high: Math.min(1, high) };
}

function spread({ k, n }: ArmCount): number {
  const p = (k + 1) / (n + 2);
  return p * (1 - p);
}

/** The weight ρ²·t at which the reach is least at f = 1: −W₋₁(−α²/e) − 1, found by going round. */
function bestWeight(alpha: number): number {
  const start = -2 * Math.log(alpha);
  let c = start + 1;
  for (let step = 0; step < 100; step++) {
    const next = start + Math.log1p(c);
    if (Math.abs(next - c) < 1e-14 * c) break;
    c = next;
  }
  return c;
}
