import type { Database } from "../../platform/database/open.ts";
import { chooseLanguage } from "../surveys/complete-texts.ts";
import type { InvitationTokens } from "./invitation-token.ts";
import type { PageSubject } from "./page-nonce.ts";
import type { InvitationReader } from "./invitation-reader.ts";
import { type AskedInvitation, type AskedSurvey, readAskedSurvey, readTestedSurvey } from "./read-asked.ts";

/** What a respondent's link leads to. */
export type FoundPage = {
  survey: AskedSurvey;
  language: string;
  /** The address without a number, for the form. */
  address: string;
  subject: PageSubject;
} & (
  | { kind: "invitation"; invitation: AskedInvitation }
  | { kind: "link"; signed: string | undefined }
  | { kind: "test" }
);

interface Wanted {
  /** Chosen on the page. */
  lang: string | undefined;
  /** What the browser asks for. */
  accepted: readonly string[];
}

/** The page of a link in a mail; undefined for a token that is not ours, was replaced, or whose customer is gone. */
export async function findInvitationPage(
  {
    db,
    tokens,
    readInvitation,
  }: { db: Database; tokens: InvitationTokens; readInvitation: InvitationReader },
  token: string,
  { lang, accepted }: Wanted,
): Promise<FoundPage | undefined> {
  const address = `/r/${token}`;
  const holder = tokens.read("answer", token);
  if (holder) {
    const invitation = await readInvitation(holder);
    if (!invitation || invitation.tokenNumber !== holder.number) return undefined;
    const { survey, language: asked, customerLanguage } = invitation;
    const language = chooseLanguage(survey.content, [lang, asked, customerLanguage, ...accepted]);
    return {
      kind: "invitation",
      survey,
      invitation,
      language,
      address,
      subject: `invitation ${invitation.id}`,
    };
  }
  const tester = tokens.read("test", token);
  const survey = tester && (await readTestedSurvey(db, tester.invitationId, tester.number));
  if (!survey) return undefined;
  const language = chooseLanguage(survey.content, [lang, ...accepted]);
  return { kind: "test", survey, language, address, subject: `test ${survey.id}` };
}

/** The page of a survey's public link; undefined where there is no such survey, or it was never published. */
export async function findLinkPage(
  db: Database,
  surveyId: string,
  signed: string | undefined,
  { lang, accepted }: Wanted,
): Promise<FoundPage | undefined> {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(surveyId)) return undefined;
  const survey = await readAskedSurvey(db, surveyId);
  if (!survey || survey.state === "draft") return undefined;
  const language = chooseLanguage(survey.content, [lang, ...accepted]);
  const address = `/s/${surveyId}${signed ? `?t=${encodeURIComponent(signed)}` : ""}`;
  return { kind: "link", survey, signed, language, address, subject: `survey ${survey.id}` };
}
