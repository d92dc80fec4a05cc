import type { Country } from "../names.ts";

const day = 86_400_000;

/** Who works when. */
export interface Rhythm {
  country: Country;
  /** Works on Saturdays. */
  saturdays: boolean;
  /** Shuts between Christmas and New Year. */
  closesAtChristmas: boolean;
}

const weekdays = [0.06, 1.05, 1.1, 1.05, 1, 0.8, 0.14];
const openOnSaturdays = [0.1, 0.7, 1, 1, 1, 1.1, 0.9];
const [weekSum, saturdaySum] = [weekdays, openOnSaturdays].map((week) => week.reduce((a, b) => a + b)) as [
  number,
  number,
];

/** How much of a usual week's activity falls on each of the seven days from this Monday: together 1, less when people rest. */
export function newWeekShares(): (rhythm: Rhythm, monday: number) => readonly number[] {
  const known = new Map<string, number[]>();
  return (rhythm, monday) => {
    const key = `${rhythm.country} ${rhythm.saturdays} ${rhythm.closesAtChristmas} ${monday}`;
    let shares = known.get(key);
    if (!shares) {
      shares = [0, 1, 2, 3, 4, 5, 6].map((at) => shareOfDay(rhythm, new Date(monday + at * day)));
      known.set(key, shares);
    }
    return shares;
  };
}

function shareOfDay({ country, saturdays, closesAtChristmas }: Rhythm, date: Date): number {
  const usual = (saturdays ? openOnSaturdays : weekdays)[date.getUTCDay()]!;
  const week = saturdays ? saturdaySum : weekSum;
  const holiday = isHoliday(country, date) ? 0.12 : 1;
  return (usual / week) * Math.min(holiday, atChristmas(date, closesAtChristmas)) * season(date);
}

/** The days between the years, as a share of the usual. */
function atChristmas(date: Date, closes: boolean): number {
  const [month, on] = [date.getUTCMonth(), date.getUTCDate()];
  if (month === 11 && on >= 21) {
    if (on >= 24 && closes) return 0.02;
    return on <= 22 ? 0.75 : on === 23 ? 0.5 : on <= 26 ? 0.08 : 0.3;
  }
  if (month > 0 || on > 6) return 1;
  return on === 1 ? 0.04 : on === 2 && closes ? 0.1 : 0.6;
}

/** The summer dip, and more paper to do at the beginning of a year and after each quarter. */
function season(date: Date): number {
  const [month, on] = [date.getUTCMonth(), date.getUTCDate()];
  if ((month === 6 && on >= 12) || (month === 7 && on <= 27)) return 0.8;
  if (month === 0 && on >= 7) return 1.12;
  return month % 3 === 0 && on <= 12 ? 1.08 : 1;
}

const fixed: Record<Country, string[]> = {
  DE: ["05-01", "10-03"],
  AT: ["01-06", "05-01", "08-15", "10-26", "12-08"],
  CH: ["08-01"],
  NL: ["04-27"],
  UK: [],
  US: ["07-04", "11-11"],
};

function isHoliday(country: Country, date: Date): boolean {
  if (fixed[country].includes(date.toISOString().slice(5, 10))) return true;
  if (country === "US") return isThanksgiving(date);
  const afterEaster = Math.round((date.getTime() - easter(date.getUTCFullYear())) / day);
  if (afterEaster === -2 || afterEaster === 1) return true;
  return country !== "UK" && (afterEaster === 39 || afterEaster === 50);
}

function isThanksgiving(date: Date): boolean {
  const on = date.getUTCDate();
  return date.getUTCMonth() === 10 && date.getUTCDay() === 4 && on >= 22 && on <= 28;
}

const easters = new Map<number, number>();

/** Easter Sunday of a year, by the rule of Gauss as Meeus wrote it down. */
function easter(year: number): number {
  const known = easters.get(year);
  if (known !== undefined) return known;
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const sunday = Date.UTC(year, Math.floor(f / 31) - 1, 1 + (f % 31));
  easters.set(year, sunday);
  return sunday;
}
