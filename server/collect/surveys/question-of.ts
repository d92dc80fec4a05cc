import { renderText } from "../texts/render-text.ts";
import { shippedTexts } from "../texts/shipped-texts.ts";
import type { SurveyContent } from "./survey-content.ts";

/** The question in the survey's source language, as lists show it; empty where it is missing or broken. */
export function questionOf(content: SurveyContent): string {
  const { company, language, languages } = content;
  const question = languages[language]?.wording.question ?? shippedTexts[language]?.wording.question ?? "";
  try {
    return renderText(question, { company });
  } catch {
    // A draft may hold what cannot be read yet; its problems say so.
    return "";
  }
}
