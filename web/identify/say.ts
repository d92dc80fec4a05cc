import type { TFunction } from "i18next";
import type { Format } from "../ui/format.ts";
import type { OverviewData } from "./overview-data.ts";

/** Below this many answers there is no NPS, only the answers. */
export const enough = 30;

/** The greeting for an hour of the day, 0 to 23. */
export function greetingOf(hour: number): "morning" | "afternoon" | "evening" {
  if (hour >= 4 && hour < 12) return "morning";
  return hour >= 12 && hour < 18 ? "afternoon" : "evening";
}

/** "Q2" beside "Q3 2026", but "Q4 2025" beside "Q1 2026": the year is said where it differs. */
export function shortWave(name: string, beside: string): string {
  const [, quarter, year] = /^(.+) (\d{4})$/.exec(name) ?? [];
  return quarter && year && beside.endsWith(year) ? quarter : name;
}

/** What the page is about, in one sentence: today, the wave, how many answered. */
export function stateSentence(t: TFunction, format: Format, overview: OverviewData, today: string): string {
  const { wave, score, waves } = overview;
  const said = { today: format.weekday(today), count: score.n };
  if (!wave) {
    const from = waves.at(-1)?.from ?? overview.trend[0]?.week;
    if (score.n === 0 || !from) return t("overview.state.empty", said);
    const until = overview.latestResponseAt ?? waves[0]?.to ?? from;
    return t("overview.state.all", { ...said, from: format.date(from), until: format.date(until) });
  }
  const isThisYear = wave.to.slice(0, 4) === today.slice(0, 4);
  const named = {
    ...said,
    wave: shortWave(wave.name, today.slice(0, 4)),
    day: isThisYear ? format.dayAndMonth(wave.to) : format.date(wave.to),
  };
  return t(wave.to >= today ? "overview.state.open" : "overview.state.closed", named);
}

/** The change against the wave before: a headline, and between which values the truth lies. */
export function changeSentence(
  t: TFunction,
  format: Format,
  { change, previous, wave }: Pick<OverviewData, "change" | "previous" | "wave">,
): { headline: string; range: string; smallest: string | undefined } | undefined {
  if (!change || !previous) return undefined;
  const { points, interval, distinguishable, smallestDetectable } = change;
  const kind = distinguishable ? (points < 0 ? "drop" : "rise") : "noise";
  const rounded = format.nps(points);
  const said = {
    points: rounded === "0" ? "±0" : rounded,
    wave: shortWave(previous.wave.name, wave?.name ?? ""),
  };
  return {
    headline: t(`overview.change.${kind}`, said),
    range: t("overview.change.range", { low: format.nps(interval[0]), high: format.nps(interval[1]) }),
    smallest:
      smallestDetectable === null
        ? undefined
        : t("overview.change.smallest", { points: format.count(Math.ceil(smallestDetectable)) }),
  };
}

/** Today as a day in a time zone: "2026-10-13". */
export function dayOf(now: Date, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "short", ...(timeZone && { timeZone }) }).format(now);
}

/** The hour of the day where the person sits. */
export function hourOf(now: Date): number {
  return now.getHours();
}
