/** The settings of the usual level, in weeks. */
export const baselineWeeks = {
  /** The first week, which is a part only, and the second are no measure of what becomes usual. */
  settling: 2,
  /** The last weeks, which are compared with what was usual before them. */
  recent: 4,
  /** The weeks before those; what is usual is what was done in them. */
  window: 26,
  /** Fewer weeks say nothing. */
  enough: 6,
} as const;

const reach = 3;

/**
 * Somebody's usual level, week by week, each week by those before it only.
 *
 * Question: how much do they usually do in a week, and how much does that vary? The level is the number of events over
 * the exposure, Σn/Σr, where the rhythm r of a week is how much of the ordinary the whole workspace does in it: a
 * holiday lowers the expectation, not the level. Weeks vary φ times as much as a Poisson process (quasi-Poisson, from
 * Pearson's residuals, at least 1). A week beyond three standard deviations counts as if it were three away, so that
 * one odd week does not become the measure.
 * @see McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., §6.2; Huber (1964) for limiting what is odd
 */
export interface WeeklyBaseline {
  /** Events of each week from the first on; weeks beyond the end have none. */
  readonly counts: ArrayLike<number>;
  /** The number of the first week, in the numbering of the rhythm. */
  readonly first: number;
  /** The counts as they enter the level, odd weeks limited. */
  readonly limited: Float64Array;
  /** Weeks in the window, and sums over them: of counts, of the rhythm, of squared counts over the rhythm. */
  weeks: number;
  counted: number;
  exposure: number;
  squares: number;
  /** Of the present week: the usual level, undefined where too little is known, and how it compares. */
  level: number | undefined;
  dispersion: number;
  /** How far the week lies from what was expected, in standard deviations. */
  z: number;
}

/** The baseline of a series before its first week; `weeks` is how many will be gone through. */
export function newWeeklyBaseline(
  counts: ArrayLike<number>,
  { first, weeks }: { first: number; weeks: number },
): WeeklyBaseline {
  return {
    counts,
    first,
    limited: new Float64Array(weeks),
    weeks: 0,
    counted: 0,
    exposure: 0,
    squares: 0,
    level: undefined,
    dispersion: 1,
    z: 0,
  };
}

/** Takes what is usual on to that week: all weeks up to four before it. Before anything is known of the week itself. */
export function moveBaseline(baseline: WeeklyBaseline, week: number, rhythm: ArrayLike<number>): void {
  const { settling, recent, window, enough } = baselineWeeks;
  const index = week - baseline.first;
  addWeek(baseline, index - recent, rhythm, 1);
  if (index - recent - window >= settling) addWeek(baseline, index - recent - window, rhythm, -1);
  const { weeks, counted, exposure, squares } = baseline;
  if (weeks < enough) {
    baseline.level = undefined;
    return;
  }
  const level = Math.max(0, counted / exposure);
  baseline.level = level;
  baseline.dispersion = level > 0 ? Math.max(1, (squares / level - counted) / (weeks - 1)) : 1;
}

function addWeek(baseline: WeeklyBaseline, index: number, rhythm: ArrayLike<number>, sign: 1 | -1): void {
  if (index < baselineWeeks.settling) return;
  const r = rhythm[index + baseline.first]!;
  const n = baseline.limited[index]!;
  baseline.weeks += sign;
  baseline.counted += sign * n;
  baseline.exposure += sign * r;
  baseline.squares += (sign * n * n) / r;
}

/**
 * The standard deviation of a week's count around the usual level times the rhythm: √(φ·u·r·(1 + r/Σr)), with the
 * uncertainty of the level itself, and 2/n more where the baseline has only n weeks.
 */
export function deviationOf({ level, dispersion, exposure, weeks }: WeeklyBaseline, r: number): number {
  // Who did nothing at all has a level of half an event in the whole window, so that one event is no sensation.
  const expected = Math.max(level ?? 0, 0.5 / exposure) * r;
  return Math.sqrt(dispersion * expected * (1 + r / exposure)) * (1 + 2 / weeks);
}

/** Looks at the week itself, now that its rhythm is known; `moveBaseline` came before. */
export function lookAtWeek(baseline: WeeklyBaseline, week: number, r: number): void {
  const index = week - baseline.first;
  const count = baseline.counts[index] ?? 0;
  if (baseline.level === undefined) {
    baseline.z = 0;
    baseline.limited[index] = count;
    return;
  }
  const expected = baseline.level * r;
  const deviation = deviationOf(baseline, r);
  baseline.z = (count - expected) / deviation;
  baseline.limited[index] = Math.min(
    Math.max(count, expected - reach * deviation),
    expected + reach * deviation,
  );
}
