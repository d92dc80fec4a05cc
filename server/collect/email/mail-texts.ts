import { shippedTexts } from "../texts/shipped-texts.ts";
import type { FixedWords, SurveyTexts, Wording } from "../texts/survey-texts.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";

/** The texts of a mail, in one language. */
export interface MailTexts {
  wording: Pick<Wording, "question" | "low" | "high" | "email">;
  words: Pick<FixedWords, "oneClick" | "rarely" | "rarelyReminded" | "plainScale" | "dontAsk" | "whoReads">;
}

/** The texts for a preview of a draft: what is missing in a language is taken from the source, else from English. */
export function textsWithGapsFilled(content: SurveyContent, language: string): SurveyTexts {
  const order = ["en", content.language, language];
  const layers = order.flatMap((tag) => [shippedTexts[tag], content.languages[tag]]);
  return layers.reduce<object>((texts, layer) => over(texts, layer ?? {}), {}) as SurveyTexts;
}

function over(below: object, above: object): object {
  const result: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = result[key];
    result[key] = isObject(value) ? over(isObject(under) ? under : {}, value) : value;
  }
  return result;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
