import { z } from "@hono/zod-openapi";
import { Refusal } from "../platform/errors.ts";

/** A period of asking. Until waves are planned, the quarters of the calendar (UTC). */
export const Wave = z
  .object({ id: z.string(), name: z.string(), from: z.iso.date(), to: z.iso.date() })
  .openapi("Wave");

export type Wave = z.infer<typeof Wave>;

/** The id of the wave a day belongs to. */
export function waveIdOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The wave with this id, e.g. 2026-Q3. @throws Refusal when it is not the id of a wave */
export function waveById(id: string): Wave {
  const parts = /^([1-9]\d{3})-Q([1-4])$/.exec(id);
  if (parts) return quarter(Number(parts[1]), Number(parts[2]));
  throw new Refusal("bad_input", `wave: ${JSON.stringify(id)} is no wave; write it as 2026-Q3, or all.`, {
    reason: "no_such_wave",
  });
}

function quarter(year: number, number: number): Wave {
  const from = new Date(Date.UTC(year, 3 * number - 3, 1));
  const to = new Date(Date.UTC(year, 3 * number, 0));
  return {
    id: `${dayText(from).slice(0, 4)}-Q${number}`,
    name: `Q${number} ${year}`,
    from: dayText(from),
    to: dayText(to),
  };
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** A day some days later, or earlier. */
export function addDays(day: string, days: number): string {
  return dayText(new Date(Date.parse(day) + days * 86_400_000));
}

function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}
