import { LiquidError } from "liquidjs";
import type { TextValues } from "../../collect/texts/render-text.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { isPage, linkPattern, type MailText, type StepOf } from "../plays/play-step.ts";
import { chooseContent } from "./choose-content.ts";
import type { ChosenContent, NothingFits } from "./chosen-content.ts";
import { fillText, relies, tells } from "./fill-text.ts";
import { letterLink } from "./letter-link.ts";
import { letterWords } from "./letter-words.ts";
import { matchLanguage } from "./match-language.ts";
import { readSender, type Sender } from "./read-sender.ts";
import { writeLetter } from "./write-letter.ts";

export interface MailWish {
  workspaceId: string;
  customerId: string;
  /** Of the mail, for the link that unsubscribes; null in a preview, whose link leads nowhere. */
  messageId: string | null;
  step: StepOf<"email">;
  /** Before the customer's own. */
  language?: string | null | undefined;
  /** What a step before handed out. */
  code?: { code: string; worth: string; expiresAt: Date | null } | undefined;
  now: Date;
}

export interface ComposedMail {
  language: string;
  subject: string;
  text: string;
  html: string;
  unsubscribeLink: string;
  /** Ids of what it brings, from the library. */
  content: string[];
  /** What it is about, as event name. */
  feature: string | null;
  /** Whether it says the code that a step before handed out. */
  tellsCode: boolean;
}

/** Whether a step's mail says a code, in any language. */
export function maySayCode(step: StepOf<"email">): boolean {
  return Object.values(step.languages).some(saysCode);
}

function saysCode(written: MailText): boolean {
  return textsOf(written).some((text) => tells(text, "code"));
}

/** Why a customer gets no mail. */
export type MailSkipped =
  | NothingFits
  | "nothing_in_library"
  | "no_such_customer"
  | "no_text"
  | "no_code"
  | "text_broken";

/**
 * The mail of a step as one customer gets it: in their language or the mail's own, with what was chosen for them. Whether
 * they may be written to at all is another's question.
 */
export async function composeMail(
  db: Database,
  resources: Pick<Resources, "config" | "database">,
  wish: MailWish,
): Promise<ComposedMail | { skip: MailSkipped }> {
  const { workspaceId, customerId, step, code } = wish;
  const customer = await readAddressee(db, wish);
  const sender = customer && (await readSender(db, workspaceId));
  if (!customer || !sender) return { skip: "no_such_customer" };
  const wanted = [wish.language, customer.language];
  const language = matchLanguage(Object.keys(step.languages), wanted) ?? step.language;
  const written = step.languages[language];
  if (!written) return { skip: "no_text" };
  if (!code && textsOf(written).some((text) => relies(text, "code"))) return { skip: "no_code" };

  let chosen: ChosenContent = { feature: null, item: null };
  if (step.choose) {
    const { choose } = step;
    const found = await chooseContent(db, { ...wish, choose, languages: [language, ...wanted] });
    if (typeof found === "object") chosen = found;
    else if (choose.without === "skip") return { skip: found };
    const { subject, body } = written;
    const isAboutItem = relies(subject, "content") || relies(body, "content");
    if (!chosen.item && isAboutItem && choose.without === "skip") return { skip: "nothing_in_library" };
  }
  const values = valuesOf(customer, sender, { language, chosen, code });
  const texts = fill(written, values, sender.company);
  if (!texts) return { skip: "text_broken" };
  const { messageId } = wish;
  const unsubscribeLink =
    messageId === null ? resources.config.baseUrl : await letterLink(resources, { customerId, messageId });
  const letter = await writeLetter({
    ...texts,
    language,
    company: sender.company,
    accent: sender.accent,
    logo: sender.logo === null ? null : `${resources.config.baseUrl}/img/${sender.logo}`,
    links: linksIn(written.body, chosen),
    foot: letterWords(sender, language),
    unsubscribeLink,
    privacyLink: sender.privacyLink,
    postalAddress: sender.postalAddress,
  });
  const { item, feature } = chosen;
  return {
    ...letter,
    language,
    subject: texts.subject,
    unsubscribeLink,
    content: item ? [item.id] : [],
    feature,
    tellsCode: code !== undefined && saysCode(written),
  };
}

async function readAddressee(db: Database, { workspaceId, customerId }: MailWish) {
  return db
    .selectFrom("customers as c")
    .leftJoin("accounts as a", (join) =>
      join.onRef("a.id", "=", "c.accountId").onRef("a.workspaceId", "=", "c.workspaceId"),
    )
    .select(["c.name", "c.language", "c.traits", "a.name as accountName", "a.traits as accountTraits"])
    .where("c.id", "=", customerId)
    .where("c.workspaceId", "=", workspaceId)
    .executeTakeFirst();
}

type Addressee = NonNullable<Awaited<ReturnType<typeof readAddressee>>>;

/** What the texts may name: see the lists in text-problems.ts. */
function valuesOf(
  { name, language: own, traits, accountName, accountTraits }: Addressee,
  { company, timeZone }: Sender,
  { language, chosen, code }: { language: string; chosen: ChosenContent; code: MailWish["code"] },
): TextValues {
  const firstName = name?.trim().split(/\s+/)[0];
  const { feature, item } = chosen;
  return {
    company,
    customer: { name, firstName, language: own, traits },
    account: { name: accountName, traits: accountTraits ?? {} },
    feature,
    content: item ? { ...item.text } : {},
    code: code?.code,
    codeWorth: code?.worth,
    codeExpires: code?.expiresAt && dayIn(language, timeZone, code.expiresAt),
  };
}

function dayIn(language: string, timeZone: string, day: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone }).format(day);
}

function textsOf({ subject, body, button }: MailText): string[] {
  return [subject, body, ...(button ? [button.label, button.link] : [])];
}

/** The texts with their variables filled in; undefined for one that cannot be. */
function fill({ subject, body, button }: MailText, values: TextValues, company: string) {
  try {
    const label = button && fillText(button.label, values).trim();
    const link = button && fillLink(button.link, values);
    return {
      // A line break would begin another header.
      subject:
        fillText(subject, values)
          .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
          .trim() || company,
      body: fillText(body, values),
      // A button that leads nowhere is none.
      button: label && link && isPage(link) ? { label, link } : null,
    };
  } catch (error) {
    if (LiquidError.is(error)) return undefined;
    throw error;
  }
}

/** A link that is one variable is that link; within a longer one values are parts of it, and written as such. */
function fillLink(link: string, values: TextValues): string {
  const whole = /^\{\{[^{}]*\}\}$/.test(link.trim());
  return fillText(link.trim(), whole ? values : encoded(values)).trim();
}

function encoded(values: TextValues): TextValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null
        ? encoded(value)
        : value === null || value === undefined
          ? value
          : encodeURIComponent(String(value).toWellFormed()),
    ]),
  );
}

function linksIn(body: string, { item }: ChosenContent): Set<string> {
  const written = [...body.matchAll(linkPattern)].map(([link]) => link.replace(/[.,;:!?]+$/, ""));
  return new Set([...written, ...(item?.text.link ? [item.text.link] : [])]);
}
