import { de } from "./de.ts";
import { deDu } from "./de-x-du.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import type { SurveyTexts } from "./survey-texts.ts";
import { tr } from "./tr.ts";

/** The languages that Nines has texts for, by their tags of BCP 47. */
export const shippedTexts: Readonly<Record<string, SurveyTexts>> = {
  en,
  de,
  "de-x-du": deDu,
  fr,
  es,
  it,
  pt,
  nl,
  pl,
  ja,
  tr,
};
