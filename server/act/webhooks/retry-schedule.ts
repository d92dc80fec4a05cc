const [second, minute, hour] = [1000, 60_000, 3_600_000];
// Of Standard Webhooks: after the first attempt, which is made at once.
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];
const longestWish = 24 * hour;

/** For so long a webhook may fail before it is disabled. */
export const failingFor = 5 * 24 * hour;

/**
 * When to try again after so many attempts; undefined after the last. Up to a tenth later, so that what failed together does
 * not come back together; and not before the receiver wishes, within a day.
 */
export function nextAttempt(attempts: number, now: Date, retryAfter?: string): Date | undefined {
  const pause = pauses[attempts - 1];
  if (pause === undefined) return undefined;
  const wish = Math.min(wishedPause(retryAfter, now), longestWish);
  return new Date(now.getTime() + Math.max(pause * (1 + Math.random() / 10), wish));
}

function wishedPause(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * second;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : at - now.getTime();
}
