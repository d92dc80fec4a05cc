import { type RawBuilder, sql } from "kysely";
import { halfLives } from "../../statistics/decayed-count.ts";
import { weeksKept } from "./week.ts";

/** What is left of a weight of 1 after the time from `at` to `now`; in SQL of double precision throughout. */
export function leftOf(at: string, now: string, halfLife: number): string {
  // PostgreSQL refuses powers too small to be written; what is left after 60 half-lives is nothing.
  return `2 ^ greatest(-60, extract(epoch from ${at} - ${now})::float8 / ${halfLife * 86_400})`;
}

const lastWeek = (row: string) => `${row}.first_week + 7 * (cardinality(${row}.week_events) - 1)`;
const newestWeek = `greatest(${lastWeek("e")}, ${lastWeek("excluded")})`;
const firstWeek = `greatest(least(e.first_week, excluded.first_week), ${newestWeek} - ${7 * (weeksKept - 1)})`;

/** The weeks of both rows added, those before the kept ones left out. Beyond the ends of an array there is null. */
function addedWeeks(column: "week_events" | "week_days", operator: "+" | "|"): string {
  const [old, added] = [`e.${column}`, `excluded.${column}`];
  const place = "((excluded.first_week - e.first_week) / 7 + 1)";
  const at = (row: string) => `coalesce(${row}.${column}[(w - ${row}.first_week) / 7 + 1], 0)`;
  const type = column === "week_days" ? "::smallint" : "";
  // Most events are of one week: one that the customer has already, or a later one.
  return `case
    when cardinality(${added}) = 1 and ${place} between 1 and cardinality(${old})
    then ${old}[:${place} - 1] || (${old}[${place}] ${operator} ${added}[1]) || ${old}[${place} + 1:]
    when ${place} > cardinality(${old}) and ${place} + cardinality(${added}) <= cardinality(${old}) + ${weeksKept + 1}
    then ${old}[greatest(1, ${place} + cardinality(${added}) - ${weeksKept}):]
      || array_fill(0${type}, array[${place} - 1 - cardinality(${old})]) || ${added}
    else (select array_agg(${at("e")} ${operator} ${at("excluded")} order by w)
      from (select ${firstWeek} + 7 * i as w from generate_series(0, (${newestWeek} - ${firstWeek}) / 7) as i) as weeks)
  end`;
}

function addedDecayed(column: "short" | "long", halfLife: number): string {
  const left = (row: string) =>
    `${row}.${column} * ${leftOf(`${row}.last_at`, "greatest(e.last_at, excluded.last_at)", halfLife)}`;
  return `${left("e")} + ${left("excluded")}`;
}

/**
 * Adds the row of `engagement` that could not be inserted to the one there is, `e`. Nothing of it depends on which of
 * both is older, so events may be counted in any order.
 */
export const addEngagement: RawBuilder<unknown> = sql.raw(`on conflict (customer_id) do update set
  first_at = least(e.first_at, excluded.first_at), last_at = greatest(e.last_at, excluded.last_at),
  short = ${addedDecayed("short", halfLives.short)}, long = ${addedDecayed("long", halfLives.long)},
  first_week = ${firstWeek}, week_events = ${addedWeeks("week_events", "+")}, week_days = ${addedWeeks("week_days", "|")},
  updated_at = excluded.updated_at`);

/** The same for a row of `feature_use`, named `e` too. */
export const addFeatureUse: RawBuilder<unknown> = sql.raw(`on conflict (customer_id, name) do update set
  n = e.n + excluded.n, first_at = least(e.first_at, excluded.first_at), last_at = greatest(e.last_at, excluded.last_at),
  long = ${addedDecayed("long", halfLives.long)}`);
