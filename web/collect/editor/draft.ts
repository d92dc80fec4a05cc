import type { LanguageTexts, SurveyContent } from "../../../server/collect/surveys/survey-content.ts";
import type { SurveySettings } from "../../../server/collect/surveys/survey-settings.ts";
import type { SurveyTexts } from "../../../server/collect/texts/survey-texts.ts";

/** What the editor changes, and what is saved as a whole. */
export interface Draft {
  name: string;
  content: SurveyContent;
  settings: SurveySettings;
  /** Only where it was changed here. */
  anonymous?: boolean;
}

/** The three categories of an answer, in the order they are always shown. */
export const categories = ["detractor", "passive", "promoter"] as const;
export type Category = (typeof categories)[number];

/** The texts that Nines ships, by the tag of their language. */
export type ShippedTexts = Readonly<Partial<Record<string, SurveyTexts>>>;

type Tree = { readonly [key: string]: string | Tree | undefined };

/** A text by its path, as `wording.followUp.passive`. */
export function textAt(tree: object | undefined, path: string): string | undefined {
  let at: unknown = tree;
  for (const key of path.split(".")) {
    at = typeof at === "object" && at !== null ? (at as Tree)[key] : undefined;
  }
  return typeof at === "string" ? at : undefined;
}

/** What a survey says in a language: its own text, or else the shipped one. */
export function said(content: SurveyContent, shipped: ShippedTexts, language: string, path: string) {
  return textAt(content.languages[language], path) ?? textAt(shipped[language], path);
}

const emptyTexts: LanguageTexts = { wording: {}, words: {}, drivers: {} };

/** A content with one text replaced; without a text it says the shipped one again, or nothing. */
export function withText(
  content: SurveyContent,
  language: string,
  path: string,
  text: string | undefined,
): SurveyContent {
  const texts = content.languages[language] ?? emptyTexts;
  const changed = replaced(texts, path.split("."), text) as unknown as Partial<LanguageTexts>;
  return { ...content, languages: { ...content.languages, [language]: { ...emptyTexts, ...changed } } };
}

function replaced(tree: Tree, [key = "", ...rest]: string[], text: string | undefined): Tree {
  const { [key]: under, ...others } = tree;
  if (rest.length === 0) return text === undefined ? others : { ...others, [key]: text };
  const inner = replaced(typeof under === "object" ? under : {}, rest, text);
  return Object.keys(inner).length === 0 ? others : { ...others, [key]: inner };
}

/** The paths of all texts in a tree of them. */
export function pathsOf(tree: object, before = ""): string[] {
  return Object.entries(tree as Tree).flatMap(([key, value]) =>
    typeof value === "object" ? pathsOf(value, `${before}${key}.`) : [`${before}${key}`],
  );
}

/** All choices of the pick-list, in one order for all categories. */
export function driversOf({ drivers }: SurveyContent): string[] {
  return [...new Set([...drivers.passive, ...drivers.detractor, ...drivers.promoter])];
}

/** The languages of a survey, the source first. */
export function languagesOf({ language, languages }: SurveyContent): string[] {
  const others = Object.keys(languages).filter((tag) => tag !== language);
  return language in languages ? [language, ...others] : others;
}

/** The parts that a language must have before it is offered. */
export type TextGroup = "question" | "followUp" | "thanks" | "email" | "drivers" | "words";

function groupOf(path: string): TextGroup {
  if (path.startsWith("words.")) return "words";
  if (path.startsWith("drivers.")) return "drivers";
  if (path.startsWith("wording.followUp.")) return "followUp";
  if (path.startsWith("wording.email.")) return "email";
  return /^wording\.(thanks|consent)/.test(path) ? "thanks" : "question";
}

/** How much of a survey is there in a language: "3 of 4, thank-you missing". */
export function completeness(content: SurveyContent, shipped: ShippedTexts, language: string) {
  const everything = shipped.en ? pathsOf(shipped.en) : [];
  const needed = [...everything, ...driversOf(content).map((id) => `drivers.${id}`)];
  // What Nines has written itself is no work of the workspace, so it is not counted.
  const counted = shipped[language] ? needed.filter((path) => groupOf(path) !== "words") : needed;
  const groups = [...new Set(counted.map(groupOf))];
  const gaps = counted.filter((path) => !said(content, shipped, language, path));
  const missing = groups.filter((group) => gaps.some((path) => groupOf(path) === group));
  return { done: groups.length - missing.length, of: groups.length, missing };
}

/** A content that is also asked in one more language; a regional one begins with the texts of its language. */
export function withLanguage(content: SurveyContent, shipped: ShippedTexts, tag: string): SurveyContent {
  const base = shipped[tag] ? undefined : shipped[tag.split("-")[0] ?? ""];
  const texts = base ? { wording: base.wording, words: base.words, drivers: {} } : emptyTexts;
  return { ...content, languages: { ...content.languages, [tag]: texts } };
}

/** A content without one of its languages; the source stays. */
export function withoutLanguage(content: SurveyContent, tag: string): SurveyContent {
  if (tag === content.language) return content;
  const { [tag]: _, ...languages } = content.languages;
  return { ...content, languages };
}

/** A text with the company's name filled in, for reading; the mail itself is rendered by the server. */
export function filled(text: string, company: string): string {
  return text.replaceAll(/\{\{-?\s*company\s*-?\}\}/g, company).replaceAll("{company}", company);
}
