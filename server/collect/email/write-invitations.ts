import { readSecret } from "../../platform/accounts/read-secret.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Traits } from "../../platform/database/schema.ts";
import type { Resources } from "../../platform/resources.ts";
import { type InvitationTokens, newInvitationTokens } from "../answering/invitation-token.ts";
import { completeTexts } from "../surveys/complete-texts.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../surveys/published-survey.ts";
import type { ClaimedInvitation } from "./claim-invitations.ts";
import { anonymousLinks, linksByToken } from "./mail-links.ts";
import { type MailLinks, type MailWriter, prepareMail, type WrittenMail } from "./prepare-mail.ts";

/** A message that is ready for the mail server. */
export interface ReadyMessage {
  invitation: ClaimedInvitation;
  survey: PublishedSurvey;
  recipient: string;
  /** Of the customer; null where it is not known. */
  timeZone: string | null;
  mail: WrittenMail;
  unsubscribeLink: string;
}

/** Whom it goes to. */
export interface Addressee {
  name: string | null;
  traits: Traits;
  timeZone: string | null;
}

const mostRemembered = 500;

/** Writes the mails of invitations; what is the same for many is done once. */
export function newInvitationWriter(resources: Resources) {
  const { baseUrl } = resources.config;
  const remembered = new Map<string, Promise<MailWriter>>();
  let tokens: InvitationTokens | undefined;

  const writerFor = (survey: PublishedSurvey, language: string): Promise<MailWriter> => {
    const { content, settings, anonymous } = survey;
    const key = [survey.id, survey.version, language, settings.restDays, anonymous].join(" ");
    let writer = remembered.get(key);
    if (!writer) {
      writer = Promise.resolve().then(() =>
        prepareMail({
          content,
          settings,
          language,
          texts: completeTexts(content, language),
          baseUrl,
          honeypot: !anonymous,
        }),
      );
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(key, writer);
      writer.catch(() => remembered.delete(key));
    }
    return writer;
  };

  return {
    /** @throws where the survey has no texts in that language, or one that cannot be filled in */
    async write(
      survey: PublishedSurvey,
      invitation: ClaimedInvitation,
      { recipient, timeZone, ...customer }: Addressee & { recipient: string },
    ): Promise<ReadyMessage> {
      tokens ??= newInvitationTokens(await readSecret(resources));
      const writer = await writerFor(survey, invitation.language);
      const links = linksOf(baseUrl, tokens, survey, invitation);
      const mail = writer.write(customer, links, { reminder: invitation.reminders > 0 });
      return { invitation, survey, recipient, timeZone, mail, unsubscribeLink: links.unsubscribe };
    },
  };
}

function linksOf(
  baseUrl: string,
  tokens: InvitationTokens,
  survey: PublishedSurvey,
  { customerId, id, tokenNumber, language }: ClaimedInvitation,
): MailLinks {
  const holder = { customerId, invitationId: id, number: tokenNumber };
  const unsubscribe = tokens.sign("unsubscribe", holder);
  if (survey.anonymous) return anonymousLinks(baseUrl, { surveyId: survey.id, language, unsubscribe });
  return linksByToken(baseUrl, tokens.sign("answer", holder), unsubscribe);
}

/** The surveys of these invitations, each in the version that was promised. */
export async function readSurveys(
  db: Database,
  invitations: readonly ClaimedInvitation[],
): Promise<Map<string, PublishedSurvey>> {
  const wanted = new Map(invitations.map((each) => [surveyKey(each), each]));
  const surveys = new Map<string, PublishedSurvey>();
  for (const [key, { surveyId, version }] of wanted) {
    const survey = await readPublishedSurvey(db, surveyId, version);
    if (survey) surveys.set(key, survey);
  }
  return surveys;
}

/** The key of an invitation's survey in the map of `readSurveys`. */
export function surveyKey({ surveyId, version }: Pick<ClaimedInvitation, "surveyId" | "version">): string {
  return `${surveyId} ${version}`;
}
