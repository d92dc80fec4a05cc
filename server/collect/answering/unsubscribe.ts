import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { suppressAddress } from "../asking/suppress-address.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { chooseLanguage } from "../surveys/complete-texts.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";
import type { InvitationTokens } from "./invitation-token.ts";
import { readAskedSurvey, readTestedSurvey } from "./read-asked.ts";

/** Whom a link to unsubscribe takes off the list. */
export interface WayOut {
  /** Absent for the link of a test mail, which takes nobody off. */
  whom?: {
    workspaceId: string;
    customerId: string;
    invitationId: string;
    surveyId: string;
    email: string;
  };
  language: string;
  content: SurveyContent | undefined;
}

/**
 * Reads a link to unsubscribe. It is good for ever: whether the invitation expired, was answered or got newer links
 * does not matter. Undefined for a token that is not ours, or when the customer is gone.
 */
export async function readUnsubscribe(
  db: Database,
  tokens: InvitationTokens,
  token: string,
): Promise<WayOut | undefined> {
  const holder = tokens.read("unsubscribe", token);
  if (!holder) return readTest(db, tokens, token);
  const { invitationId } = holder;
  const customerId = await currentCustomer(db, holder.customerId);
  const row = await db
    .selectFrom("invitations as i")
    .leftJoin("customers as c", "c.id", "i.customerId")
    .select(["i.workspaceId", "i.surveyId", "i.version", "i.language", "i.recipient", "c.email"])
    .where("i.customerId", "=", customerId)
    .where("i.id", "=", invitationId)
    .executeTakeFirst();
  const email = row?.recipient ?? row?.email;
  if (!row || !email) return undefined;
  const survey = await readAskedSurvey(db, row.surveyId, row.version);
  const { workspaceId, surveyId, language } = row;
  return {
    whom: { workspaceId, customerId, invitationId, surveyId, email },
    language: survey ? chooseLanguage(survey.content, [language]) : language,
    content: survey?.content,
  };
}

async function readTest(db: Database, tokens: InvitationTokens, token: string): Promise<WayOut | undefined> {
  const tester = tokens.read("test", token);
  const survey = tester && (await readTestedSurvey(db, tester.invitationId));
  return survey && { language: survey.content.language, content: survey.content };
}

/** Takes an address off the list, for ever. */
export async function unsubscribe(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { whom }: WayOut,
  source: "page" | "one-click",
): Promise<void> {
  if (whom) await suppressAddress(database.db, clock, { ...whom, reason: "unsubscribed", source });
}
