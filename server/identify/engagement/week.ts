const dayLength = 24 * 3600 * 1000;
const weekLength = 7 * dayLength;

/** So many weeks of a customer are kept, up to the newest with an event: two years and a week. */
export const weeksKept = 105;

/** The Monday (UTC) of the week in which a time lies. */
export function mondayOf(time: Date): string {
  const days = Math.floor(time.getTime() / dayLength);
  // Day 0 was a Thursday.
  return dateOf((days - ((days + 3) % 7)) * dayLength);
}

/** The Monday so many weeks later. */
export function addWeeks(monday: string, weeks: number): string {
  return dateOf(Date.parse(monday) + weeks * weekLength);
}

/** Weeks from one Monday to another. */
export function weeksBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / weekLength);
}

function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
