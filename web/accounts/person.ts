/** The server refuses shorter ones; said before sending. */
export const shortestPassword = 8;

/** The time zone of this browser, as a first guess for the workspace's. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
