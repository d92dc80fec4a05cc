import { gapProbability } from "./gap-probability.ts";

/** When silence is more than a pause. */
export const silenceSettings = {
  /** Fewer silent weeks are a pause, whatever is usual. */
  weeks: 4,
  /** Silence that is less likely than this, at their usual pace, is dormancy. */
  chance: 0.05,
  /** As is silence of so many weeks, however rarely they came. */
  long: 26,
  /** How many weeks before the silence say what is usual. */
  window: 26,
} as const;

/** How long somebody has been silent; a week at a time. */
export interface Silence {
  weeks: number;
  /** The silent weeks by the common rhythm: a week of holidays is a part of one. */
  exposure: number;
  /** Weeks from one active week to the next, before the silence. */
  usualGap: number;
  dormant: boolean;
}

export function newSilence(): Silence {
  return { weeks: 0, exposure: 0, usualGap: Infinity, dormant: false };
}

/**
 * Goes on by a week.
 *
 * Question: is this silence more than a pause? Dormant begins after four weeks of nothing, when by their usual pace
 * so long a silence would have a chance below 5 %, which is when three active weeks should have come; or after half a
 * year. It ends with the first event.
 * @param counts events by week; `index` is the week to look at
 * @param r the common rhythm of that week
 */
export function lookAtSilence(silence: Silence, counts: ArrayLike<number>, index: number, r: number): void {
  if ((counts[index] ?? 0) > 0) {
    silence.weeks = silence.exposure = 0;
    silence.dormant = false;
    return;
  }
  if (silence.weeks === 0) silence.usualGap = usualGapBefore(counts, index);
  silence.weeks++;
  silence.exposure += Math.min(1, r);
  const { weeks, chance, long } = silenceSettings;
  silence.dormant ||=
    silence.weeks >= long ||
    (silence.weeks >= weeks && gapProbability(silence.exposure, silence.usualGap) < chance);
}

function usualGapBefore(counts: ArrayLike<number>, index: number): number {
  const from = Math.max(0, index - silenceSettings.window);
  let active = 0;
  for (let each = from; each < index; each++) if ((counts[each] ?? 0) > 0) active++;
  return active > 0 ? (index - from) / active : Infinity;
}
