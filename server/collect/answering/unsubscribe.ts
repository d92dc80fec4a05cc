import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { send } from "../../platform/jobs/send.ts";
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
    invitationId?: string;
    surveyId?: string;
    /** The mail of a play. */
    messageId?: string;
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
  if (!holder) return (await readLetter(db, tokens, token)) ?? readTest(db, tokens, token);
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

async function readLetter(
  db: Database,
  tokens: InvitationTokens,
  token: string,
): Promise<WayOut | undefined> {
  const holder = tokens.read("letter", token);
  if (!holder) return undefined;
  const customerId = await currentCustomer(db, holder.customerId);
  const customer = await db
    .selectFrom("customers as c")
    .select(["c.workspaceId", "c.email", "c.language"])
    .where("c.id", "=", customerId)
    .executeTakeFirst();
  if (!customer?.email) return undefined;
  const { workspaceId, email, language } = customer;
  return {
    whom: { workspaceId, customerId, messageId: holder.invitationId, email },
    language: language ?? "",
    content: undefined,
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
  if (!whom) return;
  const { messageId, ...given } = whom;
  await inTransaction(database.db, async (db) => {
    await suppressAddress(db, clock, { ...given, reason: "unsubscribed", source });
    const { workspaceId, customerId } = whom;
    if (messageId !== undefined)
      await send(db, "message-unsubscribed", { workspaceId, customerId, messageId });
  });
}
