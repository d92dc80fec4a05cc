import type { MailLinks } from "./prepare-mail.ts";

/** The links of a mail whose holder answers and unsubscribes by these tokens. */
export function linksByToken(baseUrl: string, answer: string, unsubscribe: string): MailLinks {
  const page = `${baseUrl}/r/${answer}`;
  return {
    score: (score) => `${page}/${score}`,
    privacy: page,
    unsubscribe: `${baseUrl}/u/${unsubscribe}`,
    honeypot: `${page}/more`,
  };
}

/** The links of an anonymous survey: the same for everybody, but for the one that ends these mails. */
export function anonymousLinks(
  baseUrl: string,
  { surveyId, language, unsubscribe }: { surveyId: string; language: string; unsubscribe: string },
): MailLinks {
  const page = `${baseUrl}/s/${surveyId}`;
  const query = `?lang=${encodeURIComponent(language)}`;
  return {
    score: (score) => `${page}/${score}${query}`,
    privacy: page + query,
    unsubscribe: `${baseUrl}/u/${unsubscribe}`,
    honeypot: null,
  };
}
