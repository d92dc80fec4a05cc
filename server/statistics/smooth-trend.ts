import { enoughAnswers } from "./forecast.ts";
import { defaultLevel, type Interval } from "./interval.ts";
import { categoryCounts, nps, type ScoreCounts, totalAnswers } from "./nps.ts";
import { adjustedWaldInterval } from "./nps-interval.ts";
import { kishEffectiveN } from "./weighted-nps.ts";

export type SmoothedPeriod = {
  /** Smoothed score, points; `undefined` where too few answers are near. */
  readonly nps: number | undefined;
  /** Where the smoothed score lies, points; `undefined` where too few answers are near. */
  readonly interval: Interval | undefined;
  /** Kish's effective number of answers behind the smoothed score. */
  readonly effectiveN: number;
};

/**
 * A smooth line through the scores of successive periods, with a band.
 *
 * Question: how does the score move, apart from the noise of single periods? Each period's score counts the answers of
 * all periods, by a Gaussian kernel exp(−½(distance/bandwidth)²): those of the period itself fully, those three
 * bandwidths away 1 %, farther ones not at all. The band is adjusted Wald with Kish's effective number of answers. It
 * describes the smoothed line: a dip shorter than the bandwidth is flattened, and neighbouring bands move together.
 *
 * Undefined where the kernel-weighted number of nearby answers is below `minimumAnswers`. The effective number alone
 * would not do: a thousand answers four bandwidths away are a thousand effective answers, but say nothing about today.
 * @param periods score counts in order of time, equally long, empty ones included
 * @param options.bandwidth in periods, above 0
 * @see Wand & Jones (1995), Kernel Smoothing
 */
export function smoothTrend(
  periods: readonly ScoreCounts[],
  {
    bandwidth = 1.5,
    level = defaultLevel,
    minimumAnswers = enoughAnswers,
  }: { readonly bandwidth?: number; readonly level?: number; readonly minimumAnswers?: number } = {},
): SmoothedPeriod[] {
  if (!(bandwidth > 0))
    throw new RangeError(`The bandwidth is a number of periods above 0, not ${bandwidth}.`);
  const counts = periods.map(categoryCounts);
  const reach = Math.floor(3 * bandwidth);

  return counts.map((_, here) => {
    const smooth = { detractors: 0, passives: 0, promoters: 0 };
    let squares = 0;
    for (let there = Math.max(0, here - reach); there <= Math.min(counts.length - 1, here + reach); there++) {
      const kernel = Math.exp(-0.5 * ((there - here) / bandwidth) ** 2);
      const period = counts[there]!;
      smooth.detractors += kernel * period.detractors;
      smooth.passives += kernel * period.passives;
      smooth.promoters += kernel * period.promoters;
      squares += kernel ** 2 * totalAnswers(period);
    }
    const nearby = totalAnswers(smooth);
    const effectiveN = kishEffectiveN(nearby, squares);
    if (nearby === 0 || nearby < minimumAnswers) return { nps: undefined, interval: undefined, effectiveN };

    const scale = effectiveN / nearby;
    const { low, high } = adjustedWaldInterval(
      {
        detractors: smooth.detractors * scale,
        passives: smooth.passives * scale,
        promoters: smooth.promoters * scale,
      },
      { level },
    )!;
    return { nps: nps(smooth), interval: { low, high }, effectiveN };
  });
}
