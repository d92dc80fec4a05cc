import { clipToPoints, defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import {
  addScoreCounts,
  categoryCounts,
  type CategoryCounts,
  emptyScoreCounts,
  totalAnswers,
} from "./nps.ts";
import { adjustedWaldInterval } from "./nps-interval.ts";
import { wilsonInterval } from "./share-interval.ts";

/** All that is needed of weighted answers, per score from 0 to 10: how many, the sum of their weights, of its squares. */
export type WeightedScoreCounts = {
  readonly counts: readonly number[];
  readonly weights: readonly number[];
  readonly squaredWeights: readonly number[];
};

export type WeightedNps = {
  /** Points from −100 to 100. */
  readonly nps: number;
  /** Linearised standard error, points. */
  readonly standardError: number;
  readonly interval: Interval;
  readonly n: number;
  /** Kish: by how much unequal weights inflate the variance, 1 when all are equal. */
  readonly designEffect: number;
  /** Kish: as many equally weighted answers as these are worth. */
  readonly effectiveN: number;
  /** Weighted shares from 0 to 1. */
  readonly shares: CategoryCounts;
  /** Wilson's interval for the passives' weighted share, with the effective n. */
  readonly passiveShareInterval: Interval;
};

type Growing = { counts: number[]; weights: number[]; squaredWeights: number[] };

/** No answers yet: a new object to which `addWeightedAnswer` adds. */
export function emptyWeightedScoreCounts(): Growing {
  return { counts: emptyScoreCounts(), weights: emptyScoreCounts(), squaredWeights: emptyScoreCounts() };
}

/** Counts one more answer, in place. @throws RangeError for a score outside 0–10 or a weight that is not above 0 */
export function addWeightedAnswer(into: Growing, score: number, weight: number): void {
  if (!(Number.isInteger(score) && score >= 0 && score <= 10)) {
    throw new RangeError(`A score is a whole number from 0 to 10, not ${score}.`);
  }
  if (!(weight > 0 && weight < Infinity)) {
    throw new RangeError(`A weight is a number above 0, not ${weight}; leave the answer out or weigh it 1.`);
  }
  into.counts[score]! += 1;
  into.weights[score]! += weight;
  into.squaredWeights[score]! += weight ** 2;
}

/** Sums weighted answers score by score. @throws RangeError for a score outside 0–10 or a weight that is not above 0 */
export function weightedScoreCounts(
  answers: Iterable<{ score: number; weight: number }>,
): WeightedScoreCounts {
  const counted = emptyWeightedScoreCounts();
  for (const { score, weight } of answers) addWeightedAnswer(counted, score, weight);
  return counted;
}

/** The sums of both together, score by score. */
export function addWeightedScoreCounts(a: WeightedScoreCounts, b: WeightedScoreCounts): WeightedScoreCounts {
  return {
    counts: addScoreCounts(a.counts, b.counts),
    weights: addScoreCounts(a.weights, b.weights),
    squaredWeights: addScoreCounts(a.squaredWeights, b.squaredWeights),
  };
}

/**
 * Weighted NPS with its linearised standard error, Kish's design effect and the weighted share of passives.
 *
 * Question: what would the score be if those who answered had the make-up we weigh them to? Corrects what the weights
 * were made from, nothing else. v is −1, 0 or 1, v̄ its weighted mean:
 * SE = √(Σw²(v − v̄)²)/Σw · effective n = (Σw)²/Σw² · design effect = n / effective n.
 * The interval is v̄ ± z·SE, clipped; where all answers are alike and SE is 0, adjusted Wald with the effective n.
 * @returns points and shares; `undefined` for no answers
 * @throws RangeError when the three sums cannot belong together, as after weights that are negative or not a number
 * @see Kish (1965), Survey Sampling; Lumley (2010), Complex Surveys, for the linearised error
 */
export function weightedNps(
  answers: WeightedScoreCounts,
  { level = defaultLevel }: { readonly level?: number } = {},
): WeightedNps | undefined {
  checkSums(answers);
  const n = totalAnswers(categoryCounts(answers.counts));
  if (n === 0) return undefined;
  const weights = categoryCounts(answers.weights);
  const squares = categoryCounts(answers.squaredWeights);
  const sum = totalAnswers(weights);

  const mean = (weights.promoters - weights.detractors) / sum;
  const squaredResiduals =
    squares.detractors * (1 + mean) ** 2 + squares.passives * mean ** 2 + squares.promoters * (1 - mean) ** 2;
  const standardError = (100 * Math.sqrt(squaredResiduals)) / sum;

  const effectiveN = kishEffectiveN(sum, totalAnswers(squares));
  const shares = scaled(weights, 1 / sum);
  const reach = standardErrorsFor(level) * standardError;
  return {
    nps: 100 * mean,
    standardError,
    interval:
      standardError > 0
        ? clipToPoints({ low: 100 * mean - reach, high: 100 * mean + reach })
        : adjustedWaldInterval(scaled(shares, effectiveN), { level })!,
    n,
    designEffect: n / effectiveN,
    effectiveN,
    shares,
    passiveShareInterval: wilsonInterval(Math.min(1, shares.passives) * effectiveN, effectiveN, level)!,
  };
}

/** Kish's effective number of answers, (Σw)²/Σw²; 0 for none. */
export function kishEffectiveN(sumOfWeights: number, sumOfSquaredWeights: number): number {
  return sumOfWeights === 0 ? 0 : sumOfWeights ** 2 / sumOfSquaredWeights;
}

function scaled(counts: CategoryCounts, factor: number): CategoryCounts {
  return {
    detractors: counts.detractors * factor,
    passives: counts.passives * factor,
    promoters: counts.promoters * factor,
  };
}

function checkSums({ counts, weights, squaredWeights }: WeightedScoreCounts): void {
  for (let score = 0; score <= 10; score++) {
    const [count, weight, square] = [counts[score]!, weights[score]!, squaredWeights[score]!];
    // Squares sum to at least (Σw)²/n, when all are equal; the rest is rounding.
    const possible =
      count > 0 ? weight > 0 && square >= (weight ** 2 / count) * (1 - 1e-6) : weight === 0 && square === 0;
    if (!possible || square === Infinity) {
      throw new RangeError(
        `Score ${score} has ${count} answers with weights that sum to ${weight} and squares that sum to ${square}; ` +
          "each weight must be a number above 0.",
      );
    }
  }
}
