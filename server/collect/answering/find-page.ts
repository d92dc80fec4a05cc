import type { Database } from "../../platform/database/open.ts";
import { chooseLanguage } from "../surveys/complete-texts.ts";
import { type InvitationTokens, testEnds } from "./invitation-token.ts";
import type { PageSubject } from "./page-nonce.ts";
import type { InvitationReader } from "./invitation-reader.ts";
import { type LinkWord, readLink } from "./signed-link.ts";
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
  | { kind: "link"; word: LinkWord | undefined }
  | { kind: "test"; ends: Date }
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
  const survey = tester && (await readTestedSurvey(db, tester.invitationId));
  if (!survey) return undefined;
  const language = chooseLanguage(survey.content, [lang, ...accepted]);
  const ends = testEnds(tester);
  return { kind: "test", survey, ends, language, address, subject: `test ${survey.id}` };
}

/** The page of a survey's public link; undefined where there is no such survey, or it was never published. */
export async function findLinkPage(
  db: Database,
  { surveyId, signed, secret }: { surveyId: string; signed: string | undefined; secret: string },
  { lang, accepted }: Wanted,
): Promise<FoundPage | undefined> {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(surveyId)) return undefined;
  const survey = await readAskedSurvey(db, surveyId);
  if (!survey || survey.state === "draft") return undefined;
  const language = chooseLanguage(survey.content, [lang, ...accepted]);
  const address = `/s/${surveyId}${signed ? `?t=${encodeURIComponent(signed)}` : ""}`;
  const word = readLink(secret, survey, signed);
  return { kind: "link", survey, word, language, address, subject: `survey ${survey.id}` };
}
