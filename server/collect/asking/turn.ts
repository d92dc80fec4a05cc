import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import type { SurveySettings } from "../surveys/survey-settings.ts";

/** A survey as far as it matters for whose turn it is. */
export interface Asking {
  workspaceId: string;
  id: string;
  /** Since when it asks without a break. */
  liveSince: Date;
  settings: SurveySettings;
}

/** A turn of the customer `c`, in SQL. */
export interface Turn {
  /** The last turn that has come: a whole number, or null before the first. */
  number: RawBuilder<number | null>;
  /** When it came. */
  dueAt: RawBuilder<Date | null>;
  /** When the one after it comes; null where there is none. */
  nextAt: RawBuilder<Date | null>;
  /** Asks and answers of this survey after this moment use the turn up. */
  usedUpAfter: RawBuilder<Date | null>;
  /** No invitation before this uses a turn up. */
  looksBackTo: Date;
  /** No answer before this uses a turn up. */
  answersFrom: Date;
  /** The condition that chance has chosen the customer for the turn of this number. */
  sampled: (number: RawBuilder<number | null>) => RawBuilder<boolean>;
}

const day = 24 * 3600;
/** Turns may come closer than the rhythm says where the one before came late, but not much. */
const closest = 0.9;

/**
 * Whose turn it is, at a moment. Of `every` so many days, each customer has a place in the cycle that follows from their
 * id and the survey, so each day brings about the same number, and an import of customers does not make a rush. Why so:
 * docs/decisions/0020-spreading-asks.md.
 * @returns undefined for rhythms without turns (`manual`, `after`)
 */
export function turnOf(survey: Asking, now: Date): Turn | undefined {
  const { rhythm } = survey.settings;
  if (rhythm.kind === "once") return onlyTurn(survey, rhythm.at, now);
  if (rhythm.kind === "every") return recurringTurn(survey, rhythm.days, now);
  return undefined;
}

function recurringTurn(survey: Asking, days: number, now: Date): Turn {
  const since = survey.liveSince.getTime() / 1000;
  const length = days * day;
  const place = fraction(sql`c.id`, sql`${seedOf("place", survey.id)}::bigint`);
  const number = sql<number>`floor(${(now.getTime() / 1000 - since) / length}::float8 - ${place})`;
  const comesAt = (turn: RawBuilder<unknown>) =>
    sql<Date>`to_timestamp(${since}::float8 + (${turn} + ${place}) * ${length}::float8)`;
  const gap = new Date(now.getTime() - days * day * closest * 1000);
  const oneTurnAgo = new Date(now.getTime() - length * 1000);
  // Before the first turn, and for customers who came after it, the last turn never was.
  const known = sql<number>`case when ${number} >= 0 and ${comesAt(number)} >= c.created_at then ${number} end`;
  const dueAt = comesAt(known);
  return {
    number: known,
    dueAt,
    nextAt: comesAt(sql`(greatest(${number}, -1) + 1)`),
    usedUpAfter: sql<Date>`least(${dueAt}, ${gap}::timestamptz)`,
    looksBackTo: oneTurnAgo,
    answersFrom: oneTurnAgo,
    sampled: (turn) => isSampled(survey, survey.liveSince.toISOString(), turn),
  };
}

function onlyTurn(survey: Asking, at: string | null, now: Date): Turn {
  const start = at === null ? survey.liveSince : new Date(at);
  const isKnown = sql`c.created_at <= ${start}::timestamptz`;
  const came = start <= now;
  const startAt = sql<Date>`case when ${isKnown} then ${start}::timestamptz end`;
  // "When published" is once: publishing again, or a pause, begins no second round.
  const looksBackTo = at === null ? new Date(0) : start;
  return {
    number: came ? sql<number>`case when ${isKnown} then 0 end` : sql<null>`null::integer`,
    dueAt: came ? startAt : sql<null>`null::timestamptz`,
    nextAt: came ? sql<null>`null::timestamptz` : startAt,
    usedUpAfter: sql<Date>`${looksBackTo}::timestamptz`,
    looksBackTo,
    answersFrom: start,
    sampled: (turn) => isSampled(survey, at ?? "published", turn),
  };
}

/** When the wave of a turn begins and ends, and what names it: the same turn of the same survey has the same wave. */
export function waveOf(
  { liveSince, settings: { rhythm } }: Asking,
  turn: number,
): { name: string; startsAt: Date; endsAt: Date | null } {
  if (rhythm.kind === "every") {
    const length = rhythm.days * day * 1000;
    const startsAt = new Date(liveSince.getTime() + turn * length);
    const endsAt = new Date(startsAt.getTime() + length);
    return { name: `${startsAt.toISOString()} ${rhythm.days}`, startsAt, endsAt };
  }
  const at = rhythm.kind === "once" ? rhythm.at : null;
  return { name: `once ${at ?? "published"}`, startsAt: at ? new Date(at) : liveSince, endsAt: null };
}

/**
 * The condition that the customer `c` is among the share of `settings.sample` on an occasion: the same for the same
 * customer, survey and occasion whenever it is asked, and independent of other occasions.
 */
export function isSampled(
  { id, settings: { sample } }: Pick<Asking, "id" | "settings">,
  occasion: string,
  turn: RawBuilder<number | null>,
): RawBuilder<boolean> {
  if (sample >= 1) return sql<boolean>`true`;
  const seed = sql`(${seedOf("sample", id, occasion)}::bigint + (${turn})::bigint)`;
  return sql<boolean>`${fraction(sql`c.id`, seed)} < ${sample}::float8`;
}

/**
 * A number from 0 to 1 (excluded) that looks like chance and always belongs to this id and seed. PostgreSQL must keep
 * this hash as it is, because hash-partitioned tables stand on it.
 */
function fraction(id: RawBuilder<unknown>, seed: RawBuilder<unknown>): RawBuilder<number> {
  return sql`((uuid_hash_extended(${id}, ${seed}) & 9007199254740991)::float8 / 9007199254740992)`;
}

/** Far enough from the ends of a bigint that turns can be added. */
function seedOf(...words: string[]): string {
  const bytes = createHash("sha256").update(words.join("\u0000")).digest();
  return String(bytes.readBigInt64BE(0) >> 2n);
}
