const dayInMilliseconds = 86_400_000;

/** A quarter of the calendar (UTC), as Larkfield asks once in each. */
export interface Quarter {
  /** As waves are named: 2026-Q3. */
  id: string;
  start: Date;
  /** The first moment after it. */
  end: Date;
  days: number;
}

/** The quarter that this many quarters lie between it and the one of `now`: 0 the current, −1 the one before. */
export function quarterFrom(now: Date, distance: number): Quarter {
  const month = 3 * Math.floor(now.getUTCMonth() / 3) + 3 * distance;
  const start = new Date(Date.UTC(now.getUTCFullYear(), month, 1));
  const end = new Date(Date.UTC(now.getUTCFullYear(), month + 3, 1));
  return {
    id: `${start.getUTCFullYear()}-Q${1 + start.getUTCMonth() / 3}`,
    start,
    end,
    days: (end.getTime() - start.getTime()) / dayInMilliseconds,
  };
}
