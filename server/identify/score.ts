import { z } from "@hono/zod-openapi";
import { type ScoreSums, totalOf } from "../collect/score-sums.ts";
import type { Interval } from "../statistics/interval.ts";
import { categoryCounts, nps } from "../statistics/nps.ts";
import { adjustedWaldInterval } from "../statistics/nps-interval.ts";
import { wilsonInterval } from "../statistics/share-interval.ts";
import { weightedNps } from "../statistics/weighted-nps.ts";

const pair = z.tuple([z.number(), z.number()]);

/** What some answers say together. NPS in points, shares in percent, intervals at 95 %, all unrounded. */
export const Score = z
  .object({
    n: z.int(),
    scores: z.array(z.int()).length(11).describe("How many answers gave each score from 0 to 10."),
    detractors: z.int(),
    passives: z.int(),
    promoters: z.int(),
    sevens: z.int(),
    eights: z.int(),
    nps: z.number().nullable(),
    npsInterval: pair.nullable().describe("Adjusted Wald."),
    detractorShare: z.number().nullable(),
    passiveShare: z.number().nullable(),
    passiveShareInterval: pair.nullable().describe("Wilson."),
    promoterShare: z.number().nullable(),
    weighted: z
      .object({
        nps: z.number(),
        npsInterval: pair,
        passiveShare: z.number(),
        passiveShareInterval: pair,
        effectiveN: z.number(),
      })
      .optional()
      .describe("Only where an answer has a weight other than 1."),
  })
  .openapi("Score");

export type Score = z.infer<typeof Score>;

/** The score of some answers, from their counts. */
export function scoreOf(sums: ScoreSums): Score {
  const scores = sums.counts;
  const counts = categoryCounts(scores);
  const n = totalOf(sums);
  const share = (count: number) => (n === 0 ? null : (100 * count) / n);
  const weighted = weightedOf(sums);
  return {
    n,
    scores,
    ...counts,
    sevens: scores[7]!,
    eights: scores[8]!,
    nps: nps(counts) ?? null,
    npsInterval: asPair(adjustedWaldInterval(counts)),
    detractorShare: share(counts.detractors),
    passiveShare: share(counts.passives),
    passiveShareInterval: asPair(wilsonInterval(counts.passives, n), 100),
    promoterShare: share(counts.promoters),
    ...(weighted && { weighted }),
  };
}

function weightedOf(sums: ScoreSums): Score["weighted"] {
  const cleaned = withoutResidue(sums);
  const result = cleaned && weightedNps(cleaned);
  if (!result) return undefined;
  return {
    nps: result.nps,
    npsInterval: asPair(result.interval)!,
    passiveShare: 100 * result.shares.passives,
    passiveShareInterval: asPair(result.passiveShareInterval, 100)!,
    effectiveN: result.effectiveN,
  };
}

/**
 * Weights that were added and taken away again leave 1e-17 behind, in scores that nobody gave any more or where all
 * weights are 1 again; that is not a weight.
 * @returns undefined when all weights are 1
 */
function withoutResidue({ counts, weights, squaredWeights }: ScoreSums) {
  if (!weights && !squaredWeights) return undefined;
  const sums = weights ?? counts;
  const squares = squaredWeights ?? counts;
  const near = (x: number, y: number) => Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(y));
  if (counts.every((count, i) => near(sums[i]!, count) && near(squares[i]!, count))) return undefined;
  const cleanWeights = counts.map((count, i) => (count === 0 ? 0 : Math.max(sums[i]!, 1e-6 * count)));
  return {
    counts,
    weights: cleanWeights,
    // No less than when all weights of the score are equal.
    squaredWeights: counts.map((count, i) =>
      count === 0 ? 0 : Math.max(squares[i]!, cleanWeights[i]! ** 2 / count),
    ),
  };
}

function asPair(interval: Interval | undefined, factor = 1): [number, number] | null {
  return interval ? [factor * interval.low, factor * interval.high] : null;
}
