import { insertSurvey } from "../server/collect/surveys/insert-survey.ts";
import { newContent } from "../server/collect/surveys/new-content.ts";
import type { SurveyContent } from "../server/collect/surveys/survey-content.ts";
import { standardSettings, type SurveySettings } from "../server/collect/surveys/survey-settings.ts";
import type pg from "pg";
import type { Clock } from "../server/platform/clock.ts";
import type { Database } from "../server/platform/database/open.ts";
import { newId } from "../server/platform/ids.ts";
import { send } from "../server/platform/jobs/send.ts";

interface MailedSurvey {
  content?: Partial<SurveyContent>;
  settings?: Partial<SurveySettings>;
  languages?: string[];
  anonymous?: boolean;
}

/** A live survey that asks by mail; gives its id. */
export async function mailedSurvey(
  nines: { db: Database; clock: Clock },
  workspaceId: string,
  { content = {}, settings = {}, languages = [], anonymous = false }: MailedSurvey = {},
): Promise<string> {
  const id = newId(nines.clock);
  await insertSurvey(nines.db, nines.clock, {
    workspaceId,
    id,
    name: "By mail",
    content: { ...newContent("Larkfield", "en", languages), ...content },
    // At all hours, so that tests need not look at the clock.
    settings: { ...standardSettings, hours: { from: "00:00", to: "00:00", weekends: true }, ...settings },
    anonymous,
  });
  return id;
}

export interface Asked {
  customerId: string;
  id: string;
}

interface Asking {
  workspaceId: string;
  surveyId: string;
  /** How many; the customers are ask0@example.com, ask1@… */
  n: number;
  name?: string;
  traits?: Record<string, string | number | boolean | null>;
  language?: string;
  /** In front of the number in the addresses. */
  prefix?: string;
}

/** Customers and their queued invitations, as ask-customers leaves them; without a job. */
export async function askByMail(
  { pool, clock }: { pool: pg.Pool; clock: Clock },
  asking: Asking,
): Promise<Asked[]> {
  const {
    workspaceId,
    surveyId,
    n,
    name = "Katrin Meier",
    traits = {},
    language = "en",
    prefix = "ask",
  } = asking;
  const now = clock.now();
  const { rows } = await pool.query<Asked>(
    `with made as (
       insert into customers (workspace_id, id, email, name, traits)
       select $1, gen_random_uuid(), $2 || i || '@example.com', $3, $4::jsonb from generate_series(0, $5::int - 1) as i
       returning id, email),
     keyed as (
       insert into customer_keys (workspace_id, key, customer_id) select $1, 'email:' || email, id from made)
     insert into invitations
       (workspace_id, customer_id, id, survey_id, version, channel, language, state, recipient, created_at, send_after, expires_at)
     select $1, id, gen_random_uuid(), $6, 1, 'email', $7, 'queued', email, $8, $8, $8::timestamptz + interval '30 days'
     from made returning customer_id as "customerId", id`,
    [workspaceId, prefix, name, JSON.stringify(traits), n, surveyId, language, now],
  );
  return rows;
}

/** Sends the jobs of these invitations. */
export async function sendJobs(
  { db }: { db: Database },
  workspaceId: string,
  invitations: readonly Asked[],
): Promise<void> {
  for (let i = 0; i < invitations.length; i += 500)
    await send(db, "send-invitations", { workspaceId, invitations: invitations.slice(i, i + 500) });
}
