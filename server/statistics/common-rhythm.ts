import { lookAtSilence, newSilence } from "./silence.ts";
import { deviationOf, lookAtWeek, moveBaseline, newWeeklyBaseline } from "./weekly-baseline.ts";

/** Somebody's events by week, from week `first` on. */
export type WeeklySeries = { readonly first: number; readonly counts: ArrayLike<number> };

export type CommonRhythm = {
  /** How much of the ordinary is done in each week: 1 as ever, 0.3 over Christmas. */
  readonly level: Float64Array;
  /** How much more than ordinarily people differ from it in that week: 1 as ever, above where some are away. */
  readonly spread: Float64Array;
};

/** So many imaginary customers who go on as before, so that one or two real ones do not make a rhythm. */
const prior = 2;
const mostTimesUsual = 4;
const memory = 12;
const enoughForSpread = 10;

/**
 * The rhythm that all of a group share, week by week, each week by those before it.
 *
 * Question: how much of the ordinary did everybody do in this week? The level is the mean of n/u, what somebody did
 * over what is usual for them, with weights u/(1 + u): who does little says little, and nobody counts for more than
 * one, however much they do. Growth, new customers and those who left long ago do not move it, for everybody is
 * compared with themselves only. Who is dormant (`silence.ts`) does not count; where everybody pauses, nobody is.
 *
 * The spread is (median |z|/0.6745)², at least 1: in weeks in which some are away and others are not, distance from
 * the common level is less of a surprise. The median is not moved by a minority that really changes.
 * @param weeks how many weeks, numbered from 0
 * @see Anders & Huber (2010), Genome Biology 11:R106, for ratios to the own level as a measure common to all
 */
export function commonRhythm(series: readonly WeeklySeries[], weeks: number): CommonRhythm {
  const level = new Float64Array(weeks).fill(1);
  const spread = new Float64Array(weeks).fill(1);
  const each = series.map(({ first, counts }) => ({
    first,
    baseline: newWeeklyBaseline(counts, { first, weeks: weeks - first }),
    silence: newSilence(),
  }));
  const distances = new Float64Array(each.length);
  for (let week = 0; week < weeks; week++) {
    const recent = level.subarray(Math.max(0, week - memory), week);
    const before = recent.length > 0 ? recent.reduce((sum, r) => sum + r, 0) / recent.length : 1;
    let weights = prior;
    let weighted = prior * before;
    for (const { first, baseline, silence } of each) {
      if (week < first) continue;
      moveBaseline(baseline, week, level);
      const { level: usual, dispersion, exposure } = baseline;
      if (!usual || silence.dormant) continue;
      const most = Math.max(mostTimesUsual * usual, usual + 4 * deviationOf(baseline, 1));
      const count = Math.min(baseline.counts[week - first] ?? 0, most);
      // The usual level is itself uncertain, and dividing by it would make the mean too large.
      const bias = (usual * dispersion) / (exposure * (1 + usual) ** 2);
      weights += (usual + bias) / (1 + usual);
      weighted += (count * (1 - bias)) / (1 + usual);
    }
    level[week] = weighted / weights;

    let known = 0;
    for (const { first, baseline, silence } of each) {
      if (week < first) continue;
      lookAtWeek(baseline, week, level[week]!);
      if (baseline.level && !silence.dormant) distances[known++] = Math.abs(baseline.z);
      lookAtSilence(silence, baseline.counts, week - first, level[week]!);
    }
    if (known >= enoughForSpread) {
      const sorted = distances.subarray(0, known).sort();
      spread[week] = Math.max(1, (sorted[Math.floor(known / 2)]! / 0.6745) ** 2);
    }
  }
  return { level, spread };
}
