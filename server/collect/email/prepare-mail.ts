import type { Traits } from "../../platform/database/schema.ts";
import { escapeHtml } from "../../platform/mail/escape-html.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import { renderText, type TextValues } from "../texts/render-text.ts";
import { type Layout, mailLayout } from "./mail-layout.ts";
import type { MailTexts } from "./mail-texts.ts";

/** Where the links of one mail lead. */
export interface MailLinks {
  score(score: number): string;
  /** Who reads the answer, where the survey has no link of its own for that. */
  privacy: string;
  unsubscribe: string;
  /** Opened by programs only; null where there is no page for it. */
  honeypot: string | null;
}

/** To whom it goes, as far as texts may say so. */
export interface MailCustomer {
  name: string | null;
  traits: Traits;
}

export interface WrittenMail {
  subject: string;
  html: string;
  text: string;
}

/** Writes the mails of one survey in one language. */
export interface MailWriter {
  /** @param reminder whether it is a reminder, which has a subject of its own */
  write(customer: MailCustomer, links: MailLinks, options?: { reminder?: boolean }): WrittenMail;
}

interface Mailed {
  content: SurveyContent;
  settings: Pick<SurveySettings, "restDays" | "reminders">;
  language: string;
  texts: MailTexts;
  baseUrl: string;
  /** False for mails that carry no token, and so no hidden link. */
  honeypot?: boolean;
}

type Fill = (values: TextValues) => string;
const rightToLeft = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** Does once what is the same in every mail of a survey in a language, so that one more mail costs little. */
export async function prepareMail(mailed: Mailed): Promise<MailWriter> {
  const { content, language, baseUrl } = mailed;
  const { accent, logo } = content.branding;
  const layout = await mailLayout({
    direction: rightToLeft.has(language.split("-")[0] ?? "") ? "rtl" : "ltr",
    accent,
    logo: logo !== null,
    signature: content.signature.name !== null,
    role: content.signature.role !== null,
    address: content.postalAddress !== null,
    honeypot: mailed.honeypot ?? true,
  });
  const texts = sameTexts(mailed);
  const { subject, reminderSubject, greeting, intro, reason } = mailed.texts.wording.email;
  const fill = {
    subject: filler(subject, content.company),
    reminderSubject: filler(reminderSubject, content.company),
    greeting: filler(greeting, content.company),
    intro: filler(intro, content.company),
    reason: filler(reason, content.company),
  };
  const parts = bind(layout, { ...texts, logo: logo === null ? "" : `${baseUrl}/img/${logo}` });
  return {
    write(customer, links, { reminder = false } = {}) {
      const values = valuesOf(content.company, customer);
      const own = {
        ...linkTexts(links, content.privacyLink),
        greeting: fill.greeting(values),
        intro: fill.intro(values),
        reason: [fill.reason(values), texts.rarely].filter(Boolean).join(" "),
      };
      const title = oneLine((reminder ? fill.reminderSubject : fill.subject)(values));
      return {
        subject: title,
        html: complete(parts, { ...own, title }),
        text: plainText({ ...texts, ...own }),
      };
    },
  };
}

/** What the texts of a mail may name. */
function valuesOf(company: string, { name, traits }: MailCustomer): TextValues {
  const firstName = name?.trim().split(/\s+/)[0];
  return { company, customer: { name, firstName, traits } };
}

/** A text of the survey as a function; one that names no customer is filled in here and now. */
function filler(template: string, company: string): Fill {
  if (template.includes("customer")) return (values) => renderText(template, values);
  const text = renderText(template, { company });
  return () => text;
}

/** The texts that are the same for everybody. */
function sameTexts({ content, settings, language, texts: { wording, words } }: Mailed) {
  const say = (template: string) => renderText(template, { company: content.company });
  const promise = settings.reminders.most > 0 ? (words.rarelyReminded ?? words.rarely) : words.rarely;
  const rarely = settings.restDays > 0 ? promise.replaceAll("{days}", String(settings.restDays)) : "";
  const [low, high] = [say(wording.low), say(wording.high)];
  const label = (score: number) => (score === 0 ? `0, ${low}` : score === 10 ? `10, ${high}` : `${score}`);
  return {
    lang: language,
    company: content.company,
    preheader: [words.oneClick, rarely].filter(Boolean).join(" "),
    question: say(wording.question),
    low,
    high,
    ...Object.fromEntries(Array.from({ length: 11 }, (_, score) => [`label${score}`, label(score)])),
    name: content.signature.name ?? "",
    role: content.signature.role ?? "",
    address: content.postalAddress ?? "",
    rarely,
    plainScale: words.plainScale,
    unsubscribe: words.dontAsk,
    privacy: words.whoReads,
  };
}

function linkTexts(links: MailLinks, privacyLink: string | null) {
  return {
    ...Object.fromEntries(Array.from({ length: 11 }, (_, score) => [`score${score}`, links.score(score)])),
    unsubscribeLink: links.unsubscribe,
    // A draft may hold anything; a mail links to pages only.
    privacyLink: privacyLink !== null && /^https?:\/\//i.test(privacyLink) ? privacyLink : links.privacy,
    more: links.honeypot ?? "",
  };
}

/** The layout with these texts in their slots; the other slots stay. */
function bind(layout: Layout, texts: Record<string, string>): Layout {
  const bound = [layout[0] ?? ""];
  for (let i = 1; i < layout.length; i += 2) {
    const [slot, after] = [layout[i] ?? "", layout[i + 1] ?? ""];
    const text = texts[slot];
    if (text === undefined) bound.push(slot, after);
    else bound[bound.length - 1] += inHtml(slot, text) + after;
  }
  return bound;
}

function complete(parts: Layout, texts: Record<string, string>): string {
  let html = parts[0] ?? "";
  for (let i = 1; i < parts.length; i += 2) {
    const slot = parts[i] ?? "";
    html += inHtml(slot, texts[slot] ?? "") + (parts[i + 1] ?? "");
  }
  return html;
}

const ofSeveralLines = new Set(["greeting", "question", "intro", "reason", "name", "role", "address"]);

function inHtml(slot: string, text: string): string {
  const html = escapeHtml(text);
  return ofSeveralLines.has(slot) && html.includes("\n") ? html.replaceAll(/\r?\n/g, "<br>") : html;
}

/** The same mail for those who read no HTML. */
function plainText(texts: Record<string, string>): string {
  const scale = Array.from({ length: 11 }, (_, score) => {
    const name = score === 0 ? `0 (${texts.low})` : score === 10 ? `10 (${texts.high})` : `${score}`;
    return `${name}: ${texts[`score${score}`]}`;
  });
  const signature = [texts.name, texts.role].filter(Boolean).join("\n");
  const foot = [
    texts.reason,
    `${texts.unsubscribe}: ${texts.unsubscribeLink}`,
    `${texts.privacy}: ${texts.privacyLink}`,
    texts.address,
  ].filter(Boolean);
  return [
    texts.greeting,
    texts.question,
    texts.plainScale,
    scale.join("\n"),
    texts.intro,
    ...(signature ? [signature] : []),
    `-- \n${foot.join("\n")}\n`,
  ].join("\n\n");
}

/** A line break in a subject would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
