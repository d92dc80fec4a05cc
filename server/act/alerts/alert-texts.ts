import type { Config } from "../../platform/config.ts";

export const alertLanguages = ["en", "de"] as const;
export type AlertLanguage = (typeof alertLanguages)[number];

/** What is known of what happened, as a person is told. */
export interface AlertFacts {
  /** Who it is about: a name, else an address, else an id; null for an answer without a customer. */
  customer: string | null;
  account: string | null;
  score: number | null;
  title: string;
  comment: string | null;
  owner: string | null;
  dueAt: Date | null;
  timeZone: string;
  /** Below the address of this Nines. */
  path: string;
}

/** What an alert says of an answer, and what the answer may say otherwise later. */
export interface Says {
  score: number;
  comment: string | null;
}

export type AlertKind = "response.detractor" | "case.opened" | "case.closed";

const longestComment = 600;
/** Stands in stored texts where the address of this Nines is put in when they are sent. */
const addressSlot = "%%nines%%";

/** A stored text with the address of this Nines. */
export function withAddress({ baseUrl }: Pick<Config, "baseUrl">, text: string): string {
  return text.replaceAll(addressSlot, baseUrl);
}

/** What a receiver of this kind is told, as it is stored. */
export function alertBody(
  kind: "email" | "slack",
  language: string,
  event: AlertKind,
  facts: AlertFacts,
): Record<string, string> {
  const words = wordsOf(language);
  const subject = inOneLine(words[event](facts));
  const quote = facts.comment === null ? null : shortened(facts.comment);
  return written(kind, words, { subject, headline: subject, quote, facts });
}

/**
 * What a receiver is told when the answer says something else than it did first; the comment in full. As an answer to what was
 * told under `subject`; null where nobody was told.
 */
export function alertAgainBody(
  kind: "email" | "slack",
  language: string,
  facts: AlertFacts,
  first: Says & { subject: string | null },
): Record<string, string> {
  const words = wordsOf(language);
  const quote = facts.comment?.trim() ?? null;
  const headline = inOneLine(
    facts.score !== first.score
      ? words.scoreChanged(facts, first.score)
      : quote === null
        ? words["response.detractor"](facts)
        : words.saysMore(facts),
  );
  const subject = first.subject === null ? headline : `Re: ${first.subject}`;
  return written(kind, words, { subject, headline, quote, facts });
}

const wordsOf = (language: string) => (language === "de" ? german : english);

function written(
  kind: "email" | "slack",
  words: Words,
  {
    subject,
    headline,
    quote,
    facts,
  }: { subject: string; headline: string; quote: string | null; facts: AlertFacts },
): Record<string, string> {
  const details = detailLines(words, facts);
  const link = addressSlot + facts.path;
  if (kind === "email") {
    const parts = [headline, ...(quote === null ? [] : [quote]), ...details, `${words.open}:\n${link}`];
    return { subject, text: parts.join("\n\n") + "\n" };
  }
  const quoted = quote === null ? [] : quote.split("\n").map((line) => `> ${escapeSlack(line)}`);
  const lines = [`*${escapeSlack(headline)}*`, ...quoted, ...details.map(escapeSlack)];
  return { text: [...lines, `<${link}|${words.open}>`].join("\n") };
}

/** What tells a receiver that it works. */
export function testAlert(kind: "email" | "slack", language: string): Record<string, string> {
  const { test, testBody } = wordsOf(language);
  return kind === "email" ? { subject: test, text: `${testBody}\n` } : { text: testBody };
}

/** Names and titles can hold line breaks; Slack shows what is bold on one line only. */
const inOneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();

function shortened(comment: string): string {
  const text = comment.trim();
  return text.length > longestComment ? `${text.slice(0, longestComment).toWellFormed()}…` : text;
}

/** Without it a customer could put in links, or call everybody in the channel. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

type Words = typeof english;

function detailLines(words: Words, { owner, dueAt, timeZone }: AlertFacts): string[] {
  const lines: string[] = [];
  if (owner !== null) lines.push(words.owner(owner));
  if (dueAt !== null) lines.push(words.due(momentIn(words.locale, timeZone, dueAt)));
  return lines;
}

function momentIn(locale: string, timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

const whom = ({ customer, account }: AlertFacts, somebody: string) =>
  account === null ? (customer ?? somebody) : `${customer ?? somebody} (${account})`;

const english = {
  locale: "en-GB",
  "response.detractor": (facts: AlertFacts) => `${whom(facts, "Somebody")} answered ${facts.score ?? ""}`,
  saysMore: (facts: AlertFacts) => `${whom(facts, "Somebody")} answered ${facts.score ?? ""} and now writes:`,
  scoreChanged: (facts: AlertFacts, before: number) =>
    `${whom(facts, "Somebody")} changed the answer from ${before} to ${facts.score ?? ""}`,
  "case.opened": (facts: AlertFacts) => `A case was opened for ${whom(facts, "somebody")}: ${facts.title}`,
  "case.closed": (facts: AlertFacts) => `The case of ${whom(facts, "somebody")} was closed: ${facts.title}`,
  owner: (name: string) => `Owner: ${name}`,
  due: (when: string) => `A reply is due by ${when}.`,
  open: "Open in Nines",
  test: "Nines: this address is told",
  testBody: "This is a test. What happens in Nines is told here from now on.",
};

const german: Words = {
  locale: "de-DE",
  "response.detractor": (facts) => `${whom(facts, "Jemand")} hat ${facts.score ?? ""} geantwortet`,
  saysMore: (facts) => `${whom(facts, "Jemand")} hat ${facts.score ?? ""} geantwortet und schreibt jetzt:`,
  scoreChanged: (facts, before) =>
    `${whom(facts, "Jemand")} hat die Antwort von ${before} auf ${facts.score ?? ""} geändert`,
  "case.opened": (facts) => `Für ${whom(facts, "Jemand")} wurde ein Fall eröffnet: ${facts.title}`,
  "case.closed": (facts) => `Der Fall von ${whom(facts, "Jemand")} wurde geschlossen: ${facts.title}`,
  owner: (name) => `Zuständig: ${name}`,
  due: (when) => `Eine Antwort ist fällig bis ${when} Uhr.`,
  open: "In Nines öffnen",
  test: "Nines: Diese Adresse wird benachrichtigt",
  testBody: "Dies ist ein Test. Was in Nines geschieht, wird ab jetzt hier gemeldet.",
};
