import type { Category } from "../../collect/response.ts";
import type { SeededRandom } from "../../statistics/seeded-random.ts";

/** A stretch in which somebody does less, or more, than before. */
export interface Episode {
  /** The first and the last week, counted from the first of the course. */
  from: number;
  to: number;
  /** The level before it, that which it comes to, and that after it: 0 where somebody comes no more. */
  before: number;
  reaches: number;
  after: number;
}

/** Weeks in which an episode may begin, and the customer's category then. */
export interface Stretch {
  from: number;
  weeks: number;
  category: Category;
}

// How likely an episode begins within a quarter.
const cools: Record<Category, number> = { promoter: 0.03, passive: 0.16, detractor: 0.15 };
const warms: Record<Category, number> = { promoter: 0.07, passive: 0.035, detractor: 0.02 };
const rampWeeks = 3;

/** Draws how the activity of one customer goes. Passives and detractors cool more often; some recover, some settle, some leave. */
export function drawCourse(random: SeededRandom, stretches: readonly Stretch[]): Episode[] {
  const episodes: Episode[] = [];
  for (const { from, weeks, category } of stretches) {
    const begins = from + random.integer(weeks);
    const [isCool, isWarm] = [random.chance(cools[category]), random.chance(warms[category])];
    const last = episodes.at(-1);
    const before = last?.after ?? 1;
    if ((!isCool && !isWarm) || before === 0 || (last && begins <= last.to)) continue;
    episodes.push(isCool ? cooling(random, begins, before) : warming(random, begins, before));
  }
  return episodes;
}

function cooling(random: SeededRandom, from: number, before: number): Episode {
  const to = from + 10 + random.integer(17);
  if (random.chance(0.08)) return { from, to, before, reaches: 0, after: 0 };
  const reaches = before * (0.1 + 0.45 * random.uniform());
  const fate = random.uniform();
  if (fate < 0.55) return { from, to, before, reaches, after: fate < 0.12 ? 0 : before };
  // The others get used to it: after half a year, what they do less is their usual.
  return { from, to: from + 26, before, reaches, after: reaches };
}

function warming(random: SeededRandom, from: number, before: number): Episode {
  const reaches = before * (1.35 + 0.75 * random.uniform());
  return { from, to: from + 26, before, reaches, after: reaches };
}

/** The level in a week, 1 where nothing has happened yet. */
export function levelIn(episodes: readonly Episode[], week: number): number {
  const episode = episodes.findLast(({ from }) => week >= from);
  if (!episode) return 1;
  const { from, to, before, reaches, after } = episode;
  if (week > to) return after;
  return before + (reaches - before) * Math.min(1, (week - from + 1) / rampWeeks);
}

/** How much the last four weeks lie above or below the level before the episode that holds, e.g. −0.4; 0 outside of one. */
export function changeIn(episodes: readonly Episode[], week: number): number {
  const episode = episodes.findLast(({ from }) => week >= from);
  if (!episode || week > episode.to) return 0;
  const recent = [0, 1, 2, 3].map((ago) => levelIn(episodes, week - ago)).reduce((a, b) => a + b) / 4;
  return recent / episode.before - 1;
}

/** For how many whole weeks somebody has not come any more, up to this one; 0 where they still come. */
export function weeksGone(episodes: readonly Episode[], week: number): number {
  let gone = 0;
  while (gone <= week && levelIn(episodes, week - gone) === 0) gone++;
  return gone;
}
