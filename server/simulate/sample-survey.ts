import { newContent } from "../collect/surveys/new-content.ts";
import type { SurveyContent } from "../collect/surveys/survey-content.ts";
import { type SurveySettings, standardSettings } from "../collect/surveys/survey-settings.ts";
import { remindAfterDays } from "./simulate-mail.ts";

const labels = {
  en: {
    shown: "Someone showing me more of it",
    feature: "One missing feature",
    price: "A better price for what I use",
    support: "Faster answers",
    nothing: "Nothing, this is good",
  },
  de: {
    shown: "Jemand, der mir mehr davon zeigt",
    feature: "Eine fehlende Funktion",
    price: "Ein besserer Preis für das, was ich nutze",
    support: "Schnellere Antworten",
    nothing: "Nichts, es ist gut so",
  },
};
const drivers = Object.keys(labels.en);

/** What Larkfield asks: in English and German, with a pick-list for passives. */
export const sampleContent: SurveyContent = {
  ...newContent("Larkfield", "en", ["de"]),
  languages: {
    en: { wording: {}, words: {}, drivers: labels.en },
    de: { wording: {}, words: {}, drivers: labels.de },
  },
  drivers: { detractor: [], passive: drivers, promoter: [] },
  signature: { name: "Ines Okafor", role: "Customer care, Larkfield" },
  postalAddress: "Larkfield GmbH, Beispielweg 9, 20095 Hamburg",
};

/** Whom and when: everybody each quarter, spread over the days, at most eighty a day. */
export const sampleSettings: SurveySettings = {
  ...standardSettings,
  channels: { email: true, widget: true, link: true },
  rhythm: { kind: "every", days: 90 },
  perDay: 80,
  reminders: { most: 1, afterDays: remindAfterDays },
  sender: { name: "Ines from Larkfield", replyTo: null },
};
