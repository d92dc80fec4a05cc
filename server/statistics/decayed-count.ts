/**
 * A count in which each event weighs half as much for every half-life that has passed since, as of a time.
 * Times are numbers in the unit of the half-life (here: days).
 */
export type DecayedCount = { readonly sum: number; readonly at: number };

/** Half-lives, in days, of the counts that say what somebody does at present, and what they are used to. */
export const halfLives = { short: 14, long: 90 } as const;

/**
 * What a count as of one time weighs at another: sum · 2^(−(at − count.at)/halfLife).
 *
 * Question: how much of this is left? Earlier times than the count's give more than its sum, as of events to come.
 */
export function decayedAt({ sum, at: counted }: DecayedCount, at: number, halfLife: number): number {
  checkHalfLife(halfLife);
  return sum * 2 ** (-(at - counted) / halfLife);
}

/**
 * Two decayed counts as one, as of the later of both.
 *
 * Addition in this sense is commutative and associative, so events, and counts of several events, may come in any
 * order: a late event adds what is left of it by now.
 */
export function addDecayed(a: DecayedCount, b: DecayedCount, halfLife: number): DecayedCount {
  const at = Math.max(a.at, b.at);
  return { sum: decayedAt(a, at, halfLife) + decayedAt(b, at, halfLife), at };
}

/** The decayed count of some events, as of the last; `undefined` for none. */
export function decayedCountOf(times: readonly number[], halfLife: number): DecayedCount | undefined {
  if (times.length === 0) return undefined;
  return times.map((at) => ({ sum: 1, at })).reduce((a, b) => addDecayed(a, b, halfLife));
}

/**
 * Events per unit of time, from what a decayed count weighs now: sum · ln 2 / (H · (1 − 2^(−age/H))).
 *
 * Question: how often does it happen at present? The divisor is what one event per unit since `age` would weigh, so a
 * short history is not taken for a low rate.
 * @param sum the count as of now
 * @param age since when events are counted, above 0
 */
export function decayedRate(sum: number, { halfLife, age }: { halfLife: number; age: number }): number {
  checkHalfLife(halfLife);
  if (!(age > 0)) throw new RangeError(`A rate needs an age above 0, not ${age}.`);
  return (sum * Math.LN2) / (halfLife * (1 - 2 ** (-age / halfLife)));
}

/**
 * The logarithm of how many times the present rate is the long one: ln((short + ε)/(long + ε)).
 *
 * Question: more or less than they used to? 0: as ever; −0.69: half; 0.69: double.
 * @param epsilon events per unit of time that keep nothing and almost nothing apart by no more than they are
 */
export function rateTrend(short: number, long: number, { epsilon = 0.01 } = {}): number {
  if (!(short >= 0 && long >= 0 && epsilon > 0))
    throw new RangeError(`Rates are 0 or more and ε is above 0, not ${short}, ${long}, ${epsilon}.`);
  return Math.log((short + epsilon) / (long + epsilon));
}

function checkHalfLife(halfLife: number): void {
  if (!(halfLife > 0)) throw new RangeError(`A half-life is above 0, not ${halfLife}.`);
}
