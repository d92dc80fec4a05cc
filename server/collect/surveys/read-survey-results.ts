import { sql } from "kysely";
import type { SetAsideReason } from "../answering/judge-answer.ts";
import type { Database } from "../../platform/database/open.ts";
import { invitationDaysNow } from "../asking/invitation-days.ts";
import { elevenSums, noScores, scoreDaysNow } from "../score-sums.ts";
import { findSurveyRow } from "./find-survey-row.ts";
import { type Counted, countedOf, type SurveyResults } from "./survey-results.ts";
import { responseRateOf } from "./survey-summary.ts";

interface Days {
  /** First and last UTC day, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

interface Place {
  workspaceId: string;
  surveyId: string;
  days: Days;
}

/**
 * What has come of one survey. Scores and invitations cost by its days, not by how many there are; of answers that were
 * set aside or changed each of the days is counted.
 * @throws Refusal when the workspace has no such survey
 */
export async function readSurveyResults(
  db: Database,
  workspaceId: string,
  surveyId: string,
  days: Days,
): Promise<SurveyResults> {
  const { anonymous } = await findSurveyRow(db, workspaceId, surveyId);
  const place: Place = { workspaceId, surveyId, days };
  const parts = await readParts(db, place);
  const { invited, answered } = await countAsked(db, place);
  const everybody = parts.find(({ attribute }) => attribute === "")?.counts ?? noScores().counts;
  const partsBy = (wanted: string) =>
    parts
      .filter(({ attribute }) => attribute === wanted)
      .map(({ value, counts }) => Object.assign(countedOf(counts), { value }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1));
  return {
    ...countedOf(everybody),
    byVersion: await byVersion(db, surveyId, everybody, partsBy("version")),
    byChannel: partsBy("channel"),
    byLanguage: partsBy("language"),
    invited,
    answered: anonymous ? 0 : answered,
    responseRate: responseRateOf(answered, invited, anonymous),
    setAside: await countSetAside(db, place),
    changes: await countChanges(db, place),
  };
}

async function readParts(db: Database, { workspaceId, surveyId, days: { from, to } }: Place) {
  const { rows } = await sql<{ attribute: string; value: string; counts: number[] }>`
    select attribute, value, ${elevenSums("counts", "integer")} as counts
    from ${scoreDaysNow(workspaceId, { surveyId })} as days
    where day between coalesce(${from ?? null}::date, '-infinity') and coalesce(${to ?? null}::date, 'infinity')
    group by attribute, value`.execute(db);
  return rows;
}

/** The parts by version, newest first, and the answers that have none. */
async function byVersion(
  db: Database,
  surveyId: string,
  everybody: readonly number[],
  parts: readonly (Counted & { value: string })[],
): Promise<SurveyResults["byVersion"]> {
  const published = await db
    .selectFrom("surveyVersions")
    .select(["number", "publishedAt"])
    .where("surveyId", "=", surveyId)
    .execute();
  const times = new Map(
    published.map(({ number, publishedAt }) => [String(number), publishedAt.toISOString()]),
  );
  const rest = everybody.map((n, score) => n - parts.reduce((sum, part) => sum + part.scores[score]!, 0));
  return [...parts, { ...countedOf(rest), value: "" }]
    .filter(({ n }) => n > 0)
    .map((part) => Object.assign(part, { publishedAt: times.get(part.value) ?? null }))
    .sort((a, b) => Number(b.value) - Number(a.value));
}

async function countChanges(db: Database, { workspaceId, surveyId, days }: Place): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from responses
    where workspace_id = ${workspaceId} and survey_id = ${surveyId} and changed_at is not null
      ${within("at", days)}`.execute(db);
  return rows[0]!.n;
}

async function countAsked(db: Database, { workspaceId, surveyId, days }: Place) {
  const { rows } = await sql<{ invited: number; answered: number }>`
    select coalesce(sum(invited), 0) as invited, coalesce(sum(answered), 0) as answered
    from ${invitationDaysNow(workspaceId, surveyId)} as days
    where day between coalesce(${days.from ?? null}::date, '-infinity')
      and coalesce(${days.to ?? null}::date, 'infinity')`.execute(db);
  return rows[0]!;
}

async function countSetAside(db: Database, { workspaceId, surveyId, days }: Place) {
  const { rows } = await sql<{ reason: SetAsideReason; n: number; overridden: number }>`
    select reason, count(*) as n, count(overridden_at) as overridden from set_asides
    where workspace_id = ${workspaceId} and survey_id = ${surveyId} ${within("at", days)}
    group by reason order by n desc, reason`.execute(db);
  const sum = (key: "n" | "overridden") => rows.reduce((total, row) => total + row[key], 0);
  return {
    total: sum("n"),
    overridden: sum("overridden"),
    byReason: rows.map(({ reason, n }) => ({ reason, n })),
  };
}

/** Of a column of times: those from the beginning of the first day until the end of the last, in UTC. */
function within(column: string, { from, to }: Days) {
  const time = sql.ref(column);
  return sql`
    ${from ? sql`and ${time} >= ${from}::date::timestamp at time zone 'UTC'` : sql``}
    ${to ? sql`and ${time} < (${to}::date + 1)::timestamp at time zone 'UTC'` : sql``}`;
}
