import type { SeededRandom } from "../../statistics/seeded-random.ts";

/** Time away, as moments: the first day, and the first one back. */
export interface Leave {
  from: number;
  to: number;
}

const day = 86_400_000;

/** Draws when somebody is away within a time: most for one to three weeks in summer, and for some days at another time. */
export function drawLeaves(random: SeededRandom, start: number, end: number): Leave[] {
  const years = [];
  for (let year = new Date(start).getUTCFullYear(); Date.UTC(year) < end; year++) years.push(year);
  return years.flatMap((year) => {
    const ofYear = random.fork(year);
    const summer = { from: Date.UTC(year, 6, 6 + ofYear.integer(46)), days: 7 + 7 * ofYear.integer(3) };
    const other = { from: Date.UTC(year, 0, 10 + ofYear.integer(320)), days: 4 + ofYear.integer(8) };
    return [...(ofYear.chance(0.7) ? [summer] : []), ...(ofYear.chance(0.75) ? [other] : [])].map(
      ({ from, days }) => ({ from, to: from + days * day }),
    );
  });
}
