import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Traits } from "../../platform/database/schema.ts";
import { idOf } from "../../platform/ids.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";
import { standardSettings, type SurveySettings } from "../surveys/survey-settings.ts";
import type { TokenHolder } from "./invitation-token.ts";
import type { Click } from "./judge-answer.ts";

/** A survey as a link finds it. */
export interface AskedSurvey {
  workspaceId: string;
  id: string;
  state: "draft" | "live" | "paused" | "archived";
  anonymous: boolean;
  version: number;
  content: SurveyContent;
  settings: SurveySettings;
}

/** The answer that was given by an invitation before. */
export interface EarlierAnswer {
  score: number;
  comment: string | null;
  state: "provisional" | "confirmed";
  drivers: string[];
  mayContact: boolean | null;
  at: Date;
}

/** An invitation whose link was opened, with all that its page needs. */
export interface AskedInvitation {
  id: string;
  customerId: string;
  channel: "email" | "api";
  language: string;
  state: string;
  sentAt: Date | null;
  expiresAt: Date;
  openedAt: Date | null;
  email: string | null;
  recipient: string | null;
  customerLanguage: string | null;
  traits: Traits;
  tokenNumber: number;
  survey: AskedSurvey;
  answer: EarlierAnswer | undefined;
  clicks: Click[];
}

/** Beyond so many, fetches of one invitation's links are not written down any more. */
export const mostClicks = 200;

/** The id of the answer to an invitation: there is one. */
export function responseIdOfInvitation(invitationId: string): string {
  return idOf("response-of-invitation", invitationId);
}

/**
 * What an invitation asks, with the answer to it and the fetches of its links; undefined when it, its customer, survey or
 * workspace is not there. One indexed read, of one shard.
 */
export async function readAskedInvitation(
  db: Database,
  { customerId, invitationId }: TokenHolder,
): Promise<AskedInvitation | undefined> {
  const { rows } = await sql<InvitationRow>`
    select i.id, i.customer_id, i.channel, i.language, i.state, i.sent_at, i.expires_at, i.opened_at, i.recipient,
      i.token_number, c.email, c.traits, c.language as customer_language,
      s.workspace_id, s.id as survey_id, s.state as survey_state, s.anonymous, s.settings, i.version,
      r.score, r.comment, r.state as answer_state, r.drivers, r.may_contact, r.at as answered_at,
      (select coalesce(json_agg(json_build_array(extract(epoch from k.at) * 1000, k.method, k.score, k.honeypot)), '[]')
       from (select at, method, score, honeypot from clicks
         where customer_id = ${customerId}::uuid and invitation_id = ${invitationId}::uuid
         order by at desc limit ${mostClicks}) k) as clicks
    from invitations i
    join customers c on c.id = i.customer_id
    join surveys s on s.id = i.survey_id
    left join responses r on r.customer_id = i.customer_id and r.id = ${responseIdOfInvitation(invitationId)}::uuid
    where i.customer_id = ${customerId}::uuid and i.id = ${invitationId}::uuid`.execute(db);
  const [row] = rows;
  const content = row && (await readContent(db, row.surveyId, row.version));
  return content && toInvitation(row, content);
}

type InvitationRow = Omit<AskedInvitation, "survey" | "answer" | "clicks"> &
  Pick<AskedSurvey, "workspaceId" | "anonymous" | "version"> & {
    surveyId: string;
    surveyState: AskedSurvey["state"];
    settings: unknown;
    score: number | null;
    comment: string | null;
    answerState: EarlierAnswer["state"] | null;
    drivers: string[] | null;
    mayContact: boolean | null;
    answeredAt: Date | null;
    clicks: [at: number, method: string, score: number | null, honeypot: boolean][];
  };

function toInvitation(row: InvitationRow, content: SurveyContent): AskedInvitation {
  const { workspaceId, surveyId, surveyState, anonymous, settings, version, clicks, ...rest } = row;
  const { score, comment, answerState, drivers, mayContact, answeredAt, ...invitation } = rest;
  return {
    ...invitation,
    survey: {
      workspaceId,
      id: surveyId,
      state: surveyState,
      anonymous,
      version,
      content,
      settings: withStandards(settings),
    },
    answer:
      score === null || !answerState || !answeredAt
        ? undefined
        : { score, comment, state: answerState, drivers: drivers ?? [], mayContact, at: answeredAt },
    clicks: clicks.map(([at, method, number, honeypot]) => ({
      at: new Date(at),
      method,
      score: number,
      honeypot,
    })),
  };
}

/** A survey with the wording of a version; without one with that it shows now; undefined before the first. */
export async function readAskedSurvey(
  db: Database,
  id: string,
  version?: number,
): Promise<AskedSurvey | undefined> {
  const row = await db
    .selectFrom("surveys as s")
    .innerJoin("workspaces as w", "w.id", "s.workspaceId")
    .select(["s.workspaceId", "s.id", "s.state", "s.anonymous", "s.settings", "s.version"])
    .where("s.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const wanted = version ?? row.version;
  const content = wanted === 0 ? undefined : await readContent(db, id, wanted);
  return content && { ...row, version: wanted, content, settings: withStandards(row.settings) };
}

/** A survey for a member who sent themselves a test mail: the draft where version is 0 and there is one. */
export async function readTestedSurvey(
  db: Database,
  id: string,
  version: number,
): Promise<AskedSurvey | undefined> {
  if (version > 0) return readAskedSurvey(db, id, version);
  const row = await db
    .selectFrom("surveys")
    .select(["workspaceId", "id", "state", "anonymous", "settings", "version", "draft"])
    .where("id", "=", id)
    .executeTakeFirst();
  const draft = row?.draft as { content?: SurveyContent; settings?: SurveySettings } | null | undefined;
  if (!row || !draft?.content) return readAskedSurvey(db, id);
  return { ...row, content: draft.content, settings: withStandards(draft.settings ?? row.settings) };
}

function withStandards(settings: unknown): SurveySettings {
  return { ...standardSettings, ...(settings as Partial<SurveySettings>) };
}

const contents = new WeakMap<Database, Map<string, SurveyContent>>();
const mostContents = 500;

/** A version's wording never changes, so it is read once. */
async function readContent(
  db: Database,
  surveyId: string,
  version: number,
): Promise<SurveyContent | undefined> {
  const kept = contents.get(db) ?? new Map<string, SurveyContent>();
  contents.set(db, kept);
  const key = `${surveyId} ${version}`;
  const known = kept.get(key);
  if (known) return known;
  const row = await db
    .selectFrom("surveyVersions")
    .select("content")
    .where("surveyId", "=", surveyId)
    .where("number", "=", version)
    .executeTakeFirst();
  if (!row) return undefined;
  if (kept.size >= mostContents) kept.clear();
  kept.set(key, row.content as SurveyContent);
  return row.content as SurveyContent;
}
