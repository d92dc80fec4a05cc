import type { PublishedSurvey } from "../surveys/published-survey.ts";
import type { Hours } from "./hours.ts";

const minute = 60_000;
/** The planner runs this often; a shorter pause is none. */
const betweenRuns = 30_000;
const longestPause = 10 * minute;
/** Looking takes a survey at most this part of the time. */
const share = 1 / 400;

/**
 * When to look again for whom a survey asks, after a look that took so many milliseconds and left nobody who could be
 * asked: looks at all customers are rare where they are dear, and as frequent as the planner runs where they are not.
 * Whoever becomes due in between is asked a few minutes later.
 * @returns null for the next run
 */
export function nextLook(
  { settings: { rhythm, hours } }: Pick<PublishedSurvey, "settings">,
  took: number,
  now: Date,
): Date | null {
  // Until then it is nobody's turn.
  if (rhythm.kind === "once" && rhythm.at !== null && new Date(rhythm.at) > now) return new Date(rhythm.at);
  const pause = Math.min(took / share, longestPause);
  // Hours that are shorter than pauses would be slept through.
  if (pause < betweenRuns || minutesOpen(hours) * minute < 3 * longestPause) return null;
  return new Date(now.getTime() + pause);
}

function minutesOpen({ from, to }: Hours): number {
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const day = 24 * 60;
  return (minutesOf(to) - minutesOf(from) + day) % day || day;
}
