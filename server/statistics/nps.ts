/** How many answers gave each score: eleven numbers, the index is the score from 0 to 10. */
export type ScoreCounts = readonly number[];

/** How many answers fall into each category: detractors 0–6, passives 7–8, promoters 9–10. */
export type CategoryCounts = {
  readonly detractors: number;
  readonly passives: number;
  readonly promoters: number;
};

/** Eleven zeros, a new array each time: the start of a count. */
export function emptyScoreCounts(): number[] {
  return Array.from({ length: 11 }, () => 0);
}

/** The counts of both together, score by score. */
export function addScoreCounts(a: ScoreCounts, b: ScoreCounts): number[] {
  checkScoreCounts(a);
  checkScoreCounts(b);
  return a.map((count, score) => count + b[score]!);
}

/** The three categories of eleven score counts. @throws RangeError unless there are eleven counts of 0 or more */
export function categoryCounts(scores: ScoreCounts): CategoryCounts {
  checkScoreCounts(scores);
  return {
    detractors: sum(scores.slice(0, 7)),
    passives: scores[7]! + scores[8]!,
    promoters: scores[9]! + scores[10]!,
  };
}

/** How many answers there are in all three categories. @throws RangeError when a count is negative or not a number */
export function totalAnswers({ detractors, passives, promoters }: CategoryCounts): number {
  for (const count of [detractors, passives, promoters]) checkCount(count);
  return detractors + passives + promoters;
}

/**
 * Net Promoter Score: share of promoters minus share of detractors.
 *
 * Question: how many more customers would recommend us than would not, per hundred answers?
 * @returns points from −100 to 100; `undefined` for no answers
 * @see Reichheld (2003), The one number you need to grow, Harvard Business Review 81(12)
 */
export function nps(counts: CategoryCounts): number | undefined {
  const n = totalAnswers(counts);
  if (n === 0) return undefined;
  return (100 * (counts.promoters - counts.detractors)) / n;
}

/**
 * Variance of one answer, counted −1 (detractor), 0 (passive) or 1 (promoter): p + d − (p − d)².
 *
 * Question: how different are the answers? 0 when all are alike, 1 when half promote and half detract.
 * @returns a number from 0 to 1, on the −1..1 scale; `undefined` for no answers
 */
export function npsVariance(counts: CategoryCounts): number | undefined {
  const n = totalAnswers(counts);
  if (n === 0) return undefined;
  const mean = (counts.promoters - counts.detractors) / n;
  // Rounding can leave −1e-17 where every answer is alike.
  return Math.max(0, (counts.promoters + counts.detractors) / n - mean * mean);
}

/**
 * Standard error of the NPS: 100·√(variance / n).
 *
 * Question: how far would the score typically be from the truth, had we drawn other customers at random?
 * @returns points; 0 where all answers are alike, which is no certainty; `undefined` for no answers
 */
export function npsStandardError(counts: CategoryCounts): number | undefined {
  const variance = npsVariance(counts);
  if (variance === undefined) return undefined;
  return 100 * Math.sqrt(variance / totalAnswers(counts));
}

function checkScoreCounts(scores: ScoreCounts): void {
  if (scores.length !== 11) {
    throw new RangeError(
      `Score counts are eleven numbers, one for each score from 0 to 10; here are ${scores.length}.`,
    );
  }
  for (const count of scores) checkCount(count);
}

function checkCount(count: number): void {
  if (!(count >= 0 && count < Infinity)) {
    throw new RangeError(`A count of answers is a number of 0 or more, not ${count}.`);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, x) => total + x, 0);
}
