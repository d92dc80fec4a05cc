import type { SeededRandom } from "../statistics/seeded-random.ts";
import type { Country } from "./names.ts";
import type { Quarter } from "./quarters.ts";

const hour = 3_600_000;
const day = 24 * hour;

// Close enough without the switch to summer time.
const hoursFromUtc: Record<Country, number> = { DE: 1, AT: 1, CH: 1, NL: 1, UK: 0, US: -6 };

export type Channel = "email" | "widget" | "link";

interface Asked {
  channel: Channel;
  country: Country;
  quarter: Quarter;
  /** How far into the quarter the customer's turn is, from 0 to 1. */
  turn: number;
}

/** When a customer is asked: mails leave on Tuesday to Thursday at nine, the others are met when they work. */
export function askedAt(random: SeededRandom, { channel, country, quarter, turn }: Asked): Date {
  // Not in the last days, so that an answer still falls into its quarter.
  const midnight = new Date(quarter.start.getTime() + Math.floor(turn * (quarter.days - 8)) * day);
  const weekday = midnight.getUTCDay();
  const local = hoursFromUtc[country] * hour;
  if (channel === "email") {
    const toTuesday = [2, 1, 0, 0, 0, 4, 3][weekday]!;
    const shift = toTuesday > 0 ? toTuesday + random.integer(3) : 0;
    return new Date(midnight.getTime() + shift * day + 9 * hour - local + random.uniform() * hour);
  }
  const restsOn = (weekday === 0 && random.chance(0.9)) || (weekday === 6 && random.chance(0.65));
  const shift = restsOn ? (weekday === 0 ? 1 : 2) : 0;
  const clockHour = channel === "widget" ? random.normal(12.5, 2.6) : random.normal(15, 3.4);
  return new Date(midnight.getTime() + shift * day + Math.min(22, Math.max(7, clockHour)) * hour - local);
}

/** When the answer comes: at once where it is asked on the page, within hours or days by mail, some after the reminder. */
export function answeredAt(random: SeededRandom, asked: Date, { channel, country, quarter }: Asked): Date {
  const at = new Date(asked.getTime() + delay(random, channel));
  const localHour = (((at.getTime() / hour + hoursFromUtc[country]) % 24) + 24) % 24;
  // Nobody answers at night: it is read over breakfast.
  const asleep = localHour >= 23 ? 24 - localHour + 7 : localHour < 6.5 ? 7 - localHour : 0;
  const awake = at.getTime() + (asleep > 0 ? (asleep + 1.5 * random.uniform()) * hour : 0);
  const last = quarter.end.getTime() - 1 - Math.floor(random.uniform() * 10 * hour);
  return new Date(1000 * Math.floor(Math.min(awake, last) / 1000));
}

function delay(random: SeededRandom, channel: Channel): number {
  if (channel !== "email") return (0.2 + random.uniform()) * 60_000;
  const kind = random.uniform();
  const reading = Math.exp(random.normal(Math.log(2.2), 1.1)) * hour;
  if (kind < 0.64) return reading;
  return kind < 0.84 ? (1 + 2.5 * random.uniform()) * day : 5 * day + reading;
}
