import { en } from "./en.ts";
import type { SurveyTexts } from "./survey-texts.ts";

/** The languages that Nines has texts for. */
export const shippedTexts: Readonly<Record<string, SurveyTexts>> = { en };
