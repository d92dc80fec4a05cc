import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { elevenSums, noScores, scoreDaysNow } from "../score-sums.ts";
import { findSurveyRow } from "./find-survey-row.ts";
import { countedOf, type SurveyResults } from "./survey-results.ts";
import { isInvited, responseRateOf } from "./survey-summary.ts";

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
 * What has come of one survey. Channels and languages cost by their days; versions are counted answer by answer.
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
  const { versions, changes } = await readVersions(db, place);
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
    byVersion: versions,
    byChannel: partsBy("channel"),
    byLanguage: partsBy("language"),
    invited,
    answered: anonymous ? 0 : answered,
    responseRate: responseRateOf(answered, invited, anonymous),
    setAside: await countSetAside(db, place),
    changes,
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

async function readVersions(db: Database, { workspaceId, surveyId, days }: Place) {
  const { rows } = await sql<{ version: number | null; score: number; n: number; changes: number }>`
    select survey_version as version, score, count(*) as n, count(changed_at) as changes
    from responses
    where workspace_id = ${workspaceId} and survey_id = ${surveyId} ${within("at", days)}
    group by 1, 2`.execute(db);
  const published = await db
    .selectFrom("surveyVersions")
    .select(["number", "publishedAt"])
    .where("surveyId", "=", surveyId)
    .execute();
  const counts = Map.groupBy(rows, ({ version }) => version);
  const versions = [...counts]
    .sort(([a], [b]) => (b ?? 0) - (a ?? 0))
    .map(([version, ofVersion]) => {
      const scores = noScores().counts;
      for (const { score, n } of ofVersion) scores[score] = n;
      const publishedAt = published.find(({ number }) => number === version)?.publishedAt;
      return Object.assign(countedOf(scores), {
        value: version === null ? "" : String(version),
        publishedAt: publishedAt?.toISOString() ?? null,
      });
    });
  return { versions, changes: rows.reduce((sum, { changes }) => sum + changes, 0) };
}

async function countAsked(db: Database, { workspaceId, surveyId, days }: Place) {
  const { rows } = await sql<{ invited: number; answered: number }>`
    select count(*) as invited, count(answered_at) as answered from invitations
    where workspace_id = ${workspaceId} and survey_id = ${surveyId}
      and ${isInvited} ${within("sent_at", days)}`.execute(db);
  return rows[0]!;
}

async function countSetAside(db: Database, { workspaceId, surveyId, days }: Place) {
  const { rows } = await sql<{ reason: string; n: number; overridden: number }>`
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
