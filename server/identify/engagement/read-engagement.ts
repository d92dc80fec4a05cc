import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { followMerges } from "../../collect/customers/follow-merges.ts";
import { Refusal } from "../../platform/errors.ts";
import { followActivity } from "../../statistics/activity-states.ts";
import { decayedAt, decayedRate, halfLives, rateTrend } from "../../statistics/decayed-count.ts";
import type { Engagement } from "./engagement.ts";
import { statesKept } from "./judge-customer.ts";
import type { WorkspaceRhythm } from "./measure-rhythm.ts";
import { addWeeks, mondayOf, weeksBetween } from "./week.ts";

const dayLength = 24 * 3600 * 1000;

/**
 * What a customer does, against what they are used to.
 * @throws Refusal when there is no such customer
 */
export async function readEngagement(
  db: Database,
  clock: Clock,
  workspaceId: string,
  id: string,
): Promise<Engagement> {
  const customerId = (await followMerges(db, [id])).get(id) ?? id;
  const customer = await db
    .selectFrom("customers as c")
    .leftJoin("engagement as e", "e.customerId", "c.id")
    .select("c.id")
    .selectAll("e")
    .where("c.id", "=", customerId)
    .where("c.workspaceId", "=", workspaceId)
    .executeTakeFirst();
  if (!customer)
    throw new Refusal("not_found", `There is no customer ${id} here; they may have been erased.`, {
      reason: "no_such_customer",
    });
  const now = clock.now();
  const { firstWeek, weekEvents, weekDays, usual, usualLow, usualHigh } = customer;
  const dayOf = (monday: string) => {
    const index = firstWeek === null ? -1 : weeksBetween(firstWeek, monday);
    return { week: monday, events: weekEvents?.[index] ?? 0, days: daysIn(weekDays?.[index] ?? 0) };
  };
  return {
    weeks:
      firstWeek === null ? [] : weeksOf(firstWeek, weekEvents!, dayOf, await readRhythm(db, workspaceId)),
    thisWeek: dayOf(mondayOf(now)),
    usual: usual === null ? null : { level: usual, low: usualLow!, high: usualHigh! },
    recent: customer.recent,
    change: customer.change,
    state: customer.state ?? "unknown",
    since: customer.stateSince,
    ...ratesOf(customer, now),
    breadth: customer.breadth,
    features: await readFeatures(db, workspaceId, customerId),
    firstAt: customer.firstAt?.toISOString() ?? null,
    lastAt: customer.lastAt?.toISOString() ?? null,
  };
}

/** The rhythm as it was found last; the states of the weeks that come out are the stored ones. */
async function readRhythm(db: Database, workspaceId: string): Promise<WorkspaceRhythm | undefined> {
  const rows = await db
    .selectFrom("activityWeeks")
    .select(["week", "rhythm", "spread"])
    .where("workspaceId", "=", workspaceId)
    .orderBy("week")
    .execute();
  if (!rows[0]) return undefined;
  return {
    from: rows[0].week,
    weeks: rows.length,
    level: Float64Array.from(rows, ({ rhythm }) => rhythm),
    spread: Float64Array.from(rows, ({ spread }) => spread),
  };
}

function weeksOf(
  firstWeek: string,
  counts: readonly number[],
  dayOf: (monday: string) => { week: string; events: number; days: number },
  rhythm: WorkspaceRhythm | undefined,
): Engagement["weeks"] {
  if (!rhythm) return [];
  const first = weeksBetween(rhythm.from, firstWeek);
  const series = first >= 0 ? { first, counts } : { first: 0, counts: counts.slice(-first) };
  const weeks: Engagement["weeks"] = [];
  followActivity(series, rhythm, rhythm.weeks, (state, details, week) => {
    if (week < rhythm.weeks - statesKept) return;
    weeks.push({ ...dayOf(addWeeks(rhythm.from, week)), state, usual: details().expected ?? null });
  });
  return weeks;
}

interface Counted {
  firstAt: Date | null;
  lastAt: Date | null;
  short: number | null;
  long: number | null;
}

function ratesOf(
  { firstAt, lastAt, short, long }: Counted,
  now: Date,
): Pick<Engagement, "perWeek" | "trend"> {
  if (!firstAt || !lastAt) return { perWeek: null, trend: null };
  const days = (time: Date) => time.getTime() / dayLength;
  // Somebody's first day is a whole one.
  const age = Math.max(1, days(now) - days(firstAt));
  const rate = (sum: number, halfLife: number) =>
    decayedRate(decayedAt({ sum, at: days(lastAt) }, days(now), halfLife), { halfLife, age });
  const [present, usual] = [rate(short!, halfLives.short), rate(long!, halfLives.long)];
  return {
    perWeek: { now: inThreeDigits(7 * present), usual: inThreeDigits(7 * usual) },
    trend: inThreeDigits(rateTrend(present, usual)),
  };
}

async function readFeatures(db: Database, workspaceId: string, customerId: string) {
  const rows = await db
    .selectFrom("featureUse as u")
    .innerJoin("eventNames as n", (join) =>
      join.onRef("n.name", "=", "u.name").onRef("n.workspaceId", "=", "u.workspaceId"),
    )
    .select(["u.name", "u.n", "u.firstAt", "u.lastAt", "u.long"])
    .where("u.customerId", "=", customerId)
    .where("u.workspaceId", "=", workspaceId)
    .where("n.countsAs", "=", "feature")
    .execute();
  const newest = Math.max(...rows.map(({ lastAt }) => lastAt.getTime()));
  const left = (row: (typeof rows)[number]) =>
    decayedAt({ sum: row.long, at: row.lastAt.getTime() / dayLength }, newest / dayLength, halfLives.long);
  return rows
    .toSorted((a, b) => left(b) - left(a) || (a.name < b.name ? -1 : 1))
    .map(({ name, n, firstAt, lastAt }) => ({
      name,
      n,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    }));
}

const inThreeDigits = (value: number) => Number(value.toPrecision(3));

/** How many of the seven bits are set. */
function daysIn(bits: number): number {
  let days = 0;
  for (let left = bits; left > 0; left >>= 1) days += left & 1;
  return days;
}
