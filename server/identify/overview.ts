import { z } from "@hono/zod-openapi";
import { addScores, noScores, type ScoreSums, totalOf } from "../collect/score-sums.ts";
import { compareNps } from "../statistics/compare-nps.ts";
import { enoughAnswers, whenEnough } from "../statistics/forecast.ts";
import { categoryCounts, nps } from "../statistics/nps.ts";
import { smoothTrend } from "../statistics/smooth-trend.ts";
import { ifPassivesMoved } from "../statistics/what-if.ts";
import { Score, scoreOf } from "./score.ts";
import { addDays, mondayOf, Wave, waveById, waveIdOf } from "./wave.ts";

const pair = z.tuple([z.number(), z.number()]);
const place = z.object({ id: z.uuid(), name: z.string() });

/** All numbers of the overview page. */
export const Overview = z
  .object({
    survey: place.nullable(),
    waves: z.array(Wave.extend({ n: z.int() })).describe("Newest first; those that have answers."),
    wave: Wave.nullable().describe("Null for all waves together."),
    score: Score,
    previous: z.object({ wave: Wave, score: Score }).nullable(),
    change: z
      .object({
        points: z.number(),
        interval: pair,
        pValue: z.number(),
        distinguishable: z.boolean(),
        smallestDetectable: z.number(),
      })
      .nullable()
      .describe("Against the previous wave; null where either has fewer than 30 answers."),
    whatIf: z
      .object({ share: z.number(), promotersGained: z.int(), nps: z.number(), gain: z.number() })
      .nullable()
      .describe("If one passive in five moved up."),
    trend: z.array(
      z.object({
        week: z.iso.date().describe("Its Monday."),
        n: z.int(),
        nps: z.number().nullable(),
        smooth: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    ),
    pace: z
      .object({ perDay: z.number(), enoughOn: z.iso.date().nullable() })
      .nullable()
      .describe("When there will be 30 answers; null where there are."),
    latest: z.array(z.int()).describe("The newest scores themselves, where there are fewer than 30."),
    latestResponseAt: z.iso.datetime().nullable(),
    splits: z.array(
      z.object({ attribute: z.enum(["channel", "language"]), value: z.string(), score: Score }),
    ),
  })
  .openapi("Overview");

export type Overview = z.infer<typeof Overview>;

/** The sums of one day. */
export type DaySums = ScoreSums & { day: string };

/** The waves that have answers, newest first, with their sums. */
export function wavesOf(days: readonly DaySums[]): (Wave & { sums: ScoreSums })[] {
  const waves = new Map<string, ScoreSums>();
  for (const day of days) {
    const id = waveIdOf(day.day);
    waves.set(id, addScores(waves.get(id) ?? noScores(), day));
  }
  return [...waves]
    .filter(([, sums]) => totalOf(sums) > 0)
    .map(([id, sums]) => Object.assign(waveById(id), { sums }))
    .sort((a, b) => (a.from < b.from ? 1 : -1));
}

/** How one wave differs from the one before, where both have enough answers to say so. */
export function changeBetween(before: ScoreSums, after: ScoreSums): Overview["change"] {
  if (totalOf(before) < enoughAnswers || totalOf(after) < enoughAnswers) return null;
  const compared = compareNps(categoryCounts(before.counts), categoryCounts(after.counts));
  if (!compared) return null;
  const { change, interval, pValue, distinguishable, smallestDetectableChange } = compared;
  return {
    points: change,
    interval: [interval.low, interval.high],
    pValue,
    distinguishable,
    smallestDetectable: smallestDetectableChange,
  };
}

/** What one passive in five would do to the score. */
export function whatIfOf({ counts }: ScoreSums): Overview["whatIf"] {
  const share = 0.2;
  const moved = ifPassivesMoved(categoryCounts(counts), share);
  return moved ? { share, ...moved } : null;
}

const longestTrend = 156;
const usualTrend = 26;
// Weeks before the first one shown still weigh on its smoothed score.
const leadIn = 5;

/** The score by week: up to the wave's end, or over all weeks that have answers. */
export function trendOf(days: readonly DaySums[], wave: Wave | null, today: string): Overview["trend"] {
  const answered = days.filter((day) => totalOf(day) > 0).map(({ day }) => day);
  const first = answered[0];
  const last = answered.at(-1);
  if (!first || !last) return [];
  const end = mondayOf(wave ? earlier(wave.to, later(today, last)) : last);
  const most = wave ? usualTrend : longestTrend;
  const start = later(mondayOf(first), addDays(end, -7 * (most - 1)));
  const weeks = new Map<string, number[]>();
  for (let week = addDays(start, -7 * leadIn); week <= end; week = addDays(week, 7))
    weeks.set(week, noScores().counts);
  const [firstWeek] = weeks.keys();
  for (const { day, counts } of days) {
    if (day < firstWeek!) continue;
    const week = weeks.get(mondayOf(day));
    for (const [score, count] of week ? counts.entries() : []) week![score]! += count;
  }
  const smoothed = smoothTrend([...weeks.values()]);
  return [...weeks].slice(leadIn).map(([week, counts], i) => {
    const smooth = smoothed[i + leadIn]!;
    return {
      week,
      n: totalOf({ counts }),
      nps: nps(categoryCounts(counts)) ?? null,
      smooth: smooth.nps ?? null,
      low: smooth.interval?.low ?? null,
      high: smooth.interval?.high ?? null,
    };
  });
}

const paceDays = 28;

/** How fast answers come in, and when there will be enough of them for a verdict. */
export function paceOf(
  sums: ScoreSums,
  days: readonly DaySums[],
  wave: Wave | null,
  today: string,
): Overview["pace"] {
  const n = totalOf(sums);
  if (n >= enoughAnswers) return null;
  // A wave that is over gets no more answers.
  if (wave && wave.to < today) return { perDay: 0, enoughOn: null };
  const since = addDays(today, 1 - paceDays);
  const recent = days.filter(({ day }) => day >= since && day <= today);
  const first = days.find((day) => totalOf(day) > 0)?.day ?? today;
  const span = Math.max(1, Math.min(paceDays, 1 + (Date.parse(today) - Date.parse(first)) / 86_400_000));
  const perDay = totalOf(recent.reduce<ScoreSums>(addScores, noScores())) / span;
  const wait = whenEnough(n, perDay);
  const enoughOn = wait === undefined ? null : addDays(today, wait);
  return { perDay, enoughOn: enoughOn && wave && enoughOn > wave.to ? null : enoughOn };
}

/** The scores of the parts, those with most answers first. */
export function splitsOf(
  rows: readonly (ScoreSums & { attribute: "channel" | "language"; value: string })[],
): Overview["splits"] {
  return rows
    .map(({ attribute, value, ...sums }) => ({ attribute, value, score: scoreOf(sums) }))
    .filter(({ score }) => score.n > 0)
    .sort(
      (a, b) =>
        a.attribute.localeCompare(b.attribute) || b.score.n - a.score.n || (a.value < b.value ? -1 : 1),
    );
}

const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);
