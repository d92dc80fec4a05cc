import type { Category } from "../../response.ts";
import { completeTexts, missingTexts } from "../../surveys/complete-texts.ts";
import { languageName } from "../../surveys/language-names.ts";
import { shippedTexts } from "../../texts/shipped-texts.ts";
import { renderText } from "../../texts/render-text.ts";
import type { FixedWords, SurveyTexts } from "../../texts/survey-texts.ts";
import type { SurveyContent } from "../../surveys/survey-content.ts";
import type { AskedSurvey, EarlierAnswer } from "../read-asked.ts";
import type { Frame } from "./layout.ts";

/** What the page of one link is made from. */
export interface View {
  /** Where the form goes: the link without its number. */
  address: string;
  survey: AskedSurvey;
  language: string;
  /** See `PageNonces`. */
  nonce: string;
  /** The number in the link, or of the earlier answer. */
  score: number | null;
  earlier: EarlierAnswer | undefined;
  /** Where an answer would be written to; shown beside the consent box. */
  email: string | null;
  asksEmail: boolean;
  unsubscribe: string | null;
}

/** How the page calls the categories: respondents never learn which they are in. */
export const groupOf: Readonly<Record<Category, string>> = {
  detractor: "low",
  passive: "middle",
  promoter: "high",
};

const prepared = new WeakMap<SurveyContent, Map<string, PreparedTexts>>();

export interface PreparedTexts extends SurveyTexts {
  languages: { tag: string; name: string }[];
}

/** The texts of a survey in one language with the company's name in them; kept as long as the content is. */
export function textsOf(content: SurveyContent, language: string): PreparedTexts {
  const kept = prepared.get(content) ?? new Map<string, PreparedTexts>();
  prepared.set(content, kept);
  const known = kept.get(language);
  if (known) return known;
  const { wording, words } = completeTexts(content, language);
  const { company } = content;
  const { email, ...shown } = wording;
  const texts: PreparedTexts = {
    wording: { ...mapTexts(shown, (text) => renderText(text, { company })), email },
    words: mapTexts(words, (text) => text.replaceAll("{company}", () => company)),
    languages: named(Object.keys(content.languages).filter((tag) => missingTexts(content, tag).length === 0)),
  };
  kept.set(language, texts);
  return texts;
}

/** What sets a language apart, as `(Sie)`, only where it is offered in more than one way. */
function named(tags: readonly string[]): PreparedTexts["languages"] {
  const baseOf = (tag: string) => tag.split("-")[0];
  return tags.map((tag) => {
    const isOnly = tags.filter((each) => baseOf(each) === baseOf(tag)).length === 1;
    return { tag, name: isOnly ? languageName(tag).replace(/ \(.*\)$/, "") : languageName(tag) };
  });
}

function mapTexts<T extends object>(texts: T, change: (text: string) => string): T {
  const entries = Object.entries(texts).map(([name, text]: [string, string | object]) => [
    name,
    typeof text === "string" ? change(text) : mapTexts(text, change),
  ]);
  return Object.fromEntries(entries) as T;
}

/** The frame around a page of a survey. */
export function frameOf({ address, survey, language, unsubscribe }: View, script: boolean): Frame {
  const { content } = survey;
  const { wording, words, languages } = textsOf(content, language);
  return {
    language,
    title: `${wording.question} · ${content.company}`,
    words,
    company: { name: content.company, ...content.branding },
    languages,
    query: address.split("?")[1],
    readers: {
      text: survey.anonymous ? words.whoReadsAnonymous : words.whoReadsText,
      link: webAddress(content.privacyLink),
    },
    unsubscribe,
    script,
  };
}

/** A link of the survey's own, if a browser opens it as a page. */
export function webAddress(link: string | null): string | null {
  return link && /^https?:\/\//i.test(link) && URL.canParse(link) ? link : null;
}

/** The words for a page that belongs to no survey, in the best of the shipped languages. */
export function wordsFor(wanted: readonly string[]): { language: string; words: FixedWords } {
  const tags = Object.keys(shippedTexts);
  for (const tag of wanted) {
    const found = [tag, tag.split("-")[0]].find((each) => tags.some((known) => known === each));
    if (found) return { language: found, words: shippedTexts[found]!.words };
  }
  return { language: "en", words: shippedTexts.en!.words };
}

/** The languages that a browser asks for, best first. */
export function wantedLanguages(header: string | undefined): string[] {
  return (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...options] = part.trim().split(";");
      const q = options.map((option) => /^\s*q=([\d.]+)/.exec(option)?.[1]).find(Boolean);
      return { tag, q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, q }) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag) && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}
