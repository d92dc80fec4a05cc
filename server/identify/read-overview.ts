import { sql } from "kysely";
import { listSurveys } from "../collect/list-surveys.ts";
import { dayOf } from "../collect/score-days.ts";
import {
  addScores,
  answersOfRow,
  noScores,
  scoreDaysNow,
  type ScoreSums,
  sumsOfGroup,
  totalOf,
} from "../collect/score-sums.ts";
import type { Survey } from "../collect/survey.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database/open.ts";
import { enoughAnswers } from "../statistics/forecast.ts";
import { chooseSurvey } from "./choose-survey.ts";
import {
  changeBetween,
  type DaySums,
  type Overview,
  paceOf,
  splitsOf,
  trendOf,
  wavesOf,
  whatIfOf,
} from "./overview.ts";
import { scoreOf } from "./score.ts";
import { type Wave, waveById, waveIdOf } from "./wave.ts";

interface OverviewOptions {
  /** Default: the survey with the newest answers. */
  surveyId?: string | undefined;
  /** The id of a wave, or `all`. Default: the newest wave that has answers. */
  wave?: string | undefined;
}

/** The numbers of the overview. Its cost follows the days and the parts of a survey, not its answers. */
export async function readOverview(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { surveyId, wave: wanted }: OverviewOptions = {},
): Promise<Overview> {
  const survey = chooseSurvey(await listSurveys(db, workspaceId), surveyId);
  const today = dayOf(clock.now());
  const wave = await chooseWave(db, workspaceId, { wanted, survey, today });
  const { days, parts } = survey ? await readDays(db, workspaceId, survey.id, wave) : { days: [], parts: [] };
  const waves = wavesOf(days);
  const sums = wave
    ? (waves.find(({ id }) => id === wave.id)?.sums ?? noScores())
    : days.reduce<ScoreSums>(addScores, noScores());
  const previous = wave ? waves.find(({ from }) => from < wave.from) : undefined;
  return {
    survey: survey ? { id: survey.id, name: survey.name } : null,
    waves: waves.map(({ id, name, from, to, sums }) => ({ id, name, from, to, n: totalOf(sums) })),
    wave: wave && withoutSums(wave),
    score: scoreOf(sums),
    previous: previous ? { wave: withoutSums(previous), score: scoreOf(previous.sums) } : null,
    change: previous ? changeBetween(previous.sums, sums) : null,
    whatIf: whatIfOf(sums),
    trend: trendOf(days, wave, today),
    pace: paceOf(sums, days, wave, today),
    splits: splitsOf(parts),
    ...(survey
      ? await readLatest(db, workspaceId, survey.id, { wave, few: totalOf(sums) < enoughAnswers })
      : { latest: [], latestResponseAt: null }),
  };
}

interface WaveChoice {
  wanted: string | undefined;
  survey: Survey | undefined;
  today: string;
}

/** The wave that is wanted; by default the newest that has answers and has begun. Null for all together. */
async function chooseWave(
  db: Database,
  workspaceId: string,
  { wanted, survey, today }: WaveChoice,
): Promise<Wave | null> {
  if (wanted === "all" || (wanted === undefined && !survey?.last)) return null;
  if (wanted !== undefined) return waveById(wanted);
  const { id, last } = survey!;
  const present = waveById(waveIdOf(today));
  if (last! <= present.to) return waveById(waveIdOf(last!));
  // An imported file can hold days that are still to come.
  const { rows } = await sql<{ day: string | null }>`
    select max(day) as day from (
      select day from ${scoreDaysNow(workspaceId, { surveyId: id, attributes: [""] })} as days
      where day <= ${present.to}::date group by day having sum(${answersOfRow}) > 0
    ) as answered`.execute(db);
  const newest = rows[0]?.day;
  return newest ? waveById(waveIdOf(newest)) : null;
}

function withoutSums({ id, name, from, to }: Wave): Wave {
  return { id, name, from, to };
}

type PartSums = ScoreSums & { attribute: "channel" | "language"; value: string };

/** Each day for everybody, and the parts of a wave or of all time, as of one moment. */
async function readDays(db: Database, workspaceId: string, surveyId: string, wave: Wave | null) {
  const { rows } = await sql<PartSums & { day: string | null }>`
    select attribute, value, (case when attribute = '' then day end) as day, ${sumsOfGroup()}
    from ${scoreDaysNow(workspaceId, { surveyId, attributes: ["", "channel", "language"] })} as days
    ${wave ? sql`where attribute = '' or day between ${wave.from}::date and ${wave.to}::date` : sql``}
    group by 1, 2, 3 order by 3`.execute(db);
  const days = rows.filter((row): row is typeof row & DaySums => row.day !== null);
  return { days, parts: rows.filter(({ day }) => day === null) };
}

async function readLatest(
  db: Database,
  workspaceId: string,
  surveyId: string,
  { wave, few }: { wave: Wave | null; few: boolean },
): Promise<Pick<Overview, "latest" | "latestResponseAt">> {
  const newest = db
    .selectFrom("responses")
    .select(["score", "at"])
    .where("workspaceId", "=", workspaceId)
    .where("surveyId", "=", surveyId)
    .orderBy("at", "desc")
    .orderBy("id", "desc");
  const latest = await newest.limit(1).executeTakeFirst();
  const latestResponseAt = latest?.at.toISOString() ?? null;
  if (!few) return { latest: [], latestResponseAt };
  const ofWave = wave
    ? newest
        .where("at", ">=", new Date(wave.from))
        .where("at", "<", new Date(Date.parse(wave.to) + 86_400_000))
    : newest;
  const rows = await ofWave.limit(60).execute();
  return { latest: rows.map(({ score }) => score), latestResponseAt };
}
