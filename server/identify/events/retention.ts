/** The first moment of which events are kept: they go by whole months, in UTC. */
export function keptFrom(now: Date, months: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
}
