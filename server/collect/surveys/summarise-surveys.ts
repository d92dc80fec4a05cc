import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { invitationDaysNow } from "../asking/invitation-days.ts";
import { nextWithinHours } from "../asking/hours.ts";
import { listSurveys } from "../list-surveys.ts";
import { offeredLanguages } from "./complete-texts.ts";
import type { Edition } from "./find-survey-row.ts";
import type { SurveyContent } from "./survey-content.ts";
import type { Rhythm, SurveySettings } from "./survey-settings.ts";
import { responseRateOf, type SurveySummary } from "./survey-summary.ts";

/** The surveys of a workspace with what has come of their invitations, oldest first. */
export async function summariseSurveys(
  db: Database,
  clock: Clock,
  workspaceId: string,
): Promise<SurveySummary[]> {
  const [surveys, queued, asked, setAside, said] = [
    await listSurveys(db, workspaceId),
    new Map((await readQueued(db, workspaceId)).map(({ id, nextAt }) => [id, nextAt])),
    new Map((await countAsked(db, workspaceId)).map((row) => [row.id, row])),
    new Map((await countSetAside(db, workspaceId)).map(({ id, n }) => [id, n])),
    new Map((await readSaid(db, workspaceId)).map((row) => [row.id, row])),
  ];
  return surveys.flatMap((survey) => {
    const row = said.get(survey.id);
    // Made between the two statements.
    if (!row) return [];
    const { invited = 0, answered = 0 } = asked.get(survey.id) ?? {};
    const nextAt = queued.get(survey.id) ?? announcedFor(row, clock.now());
    const content = (row.content as SurveyContent | null) ?? (row.draft as Edition | null)?.content;
    return Object.assign(survey, {
      anonymous: row.anonymous,
      version: row.version,
      languages: content ? sourceFirst(content) : [],
      invited,
      answered: row.anonymous ? 0 : answered,
      responseRate: responseRateOf(answered, invited, row.anonymous),
      setAside: setAside.get(survey.id) ?? 0,
      nextAt: survey.state === "live" ? (nextAt?.toISOString() ?? null) : null,
      rhythm: rhythmOf(row),
      changed: row.draft !== null,
    });
  });
}

interface Published {
  settings: unknown;
  version: number;
}

function rhythmOf({ settings, version }: Published): Rhythm | null {
  if (version === 0) return null;
  const { channels, rhythm } = settings as SurveySettings;
  return channels.email ? rhythm : null;
}

/** The moment of a wave that is still to come. Recurring waves are planned shortly before; the forecast looks ahead. */
function announcedFor(row: Published & { timeZone: string }, now: Date): Date | null {
  const rhythm = rhythmOf(row);
  if (rhythm?.kind !== "once" || rhythm.at === null) return null;
  const { hours } = row.settings as SurveySettings;
  const at = new Date(rhythm.at);
  return at > now ? nextWithinHours(hours, row.timeZone, at) : null;
}

function sourceFirst(content: SurveyContent): string[] {
  return offeredLanguages(content).toSorted(
    (a, b) => Number(b === content.language) - Number(a === content.language),
  );
}

async function countAsked(db: Database, workspaceId: string) {
  const { rows } = await sql<{ id: string; invited: number; answered: number }>`
    select survey_id as id, sum(invited) as invited, sum(answered) as answered
    from ${invitationDaysNow(workspaceId)} as days group by survey_id`.execute(db);
  return rows;
}

/** When the next of those that wait goes out, by survey. */
async function readQueued(db: Database, workspaceId: string) {
  const { rows } = await sql<{ id: string; nextAt: Date }>`
    select survey_id as id, min(send_after) as next_at
    from invitations where workspace_id = ${workspaceId}::uuid and state = 'queued' group by survey_id`.execute(
    db,
  );
  return rows;
}

async function countSetAside(db: Database, workspaceId: string) {
  return db
    .selectFrom("setAsides")
    .select(({ fn }) => ["surveyId as id", fn.countAll<number>().as("n")])
    .where("workspaceId", "=", workspaceId)
    .groupBy("surveyId")
    .execute();
}

async function readSaid(db: Database, workspaceId: string) {
  return db
    .selectFrom("surveys as s")
    .leftJoin("surveyVersions as v", (join) =>
      join.onRef("v.surveyId", "=", "s.id").onRef("v.number", "=", "s.version"),
    )
    .innerJoin("workspaces as w", "w.id", "s.workspaceId")
    .select(["s.id", "s.anonymous", "s.version", "s.settings", "s.draft", "v.content", "w.timeZone"])
    .where("s.workspaceId", "=", workspaceId)
    .execute();
}
