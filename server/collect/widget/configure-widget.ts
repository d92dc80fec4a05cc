import { categories, type Category } from "../response.ts";
import { chooseLanguage, completeTexts } from "../surveys/complete-texts.ts";
import { readableUnderWhite } from "../surveys/contrast.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import { renderText } from "../texts/render-text.ts";
import { WidgetConfig } from "./widget-config.ts";

const rightToLeft = /^(ar|arc|ckb|dv|fa|he|ku-arab|ps|sd|ug|ur|yi)(-|$)/i;

/** What the widget shows of a survey, to somebody who would like one of these languages. */
export function configureWidget(survey: PublishedSurvey, wanted: readonly string[]): WidgetConfig {
  const { content, settings } = survey;
  const language = chooseLanguage(content, wanted);
  const { wording, words } = completeTexts(content, language);
  const { company } = content;
  const filled = (text: string) => renderText(text, { company });
  const each = <Value>(make: (category: Category) => Value) =>
    Object.fromEntries(categories.map((category) => [category, make(category)])) as Record<Category, Value>;
  const labels = content.languages[language]?.drivers ?? {};
  // The schema leaves out what the widget does not say.
  return WidgetConfig.parse({
    version: survey.version,
    language,
    direction: rightToLeft.test(language) ? "rtl" : "ltr",
    anonymous: survey.anonymous,
    wording: {
      question: filled(wording.question),
      low: filled(wording.low),
      high: filled(wording.high),
      followUp: each((category) => filled(wording.followUp[category])),
      thanks: each((category) => filled(wording.thanks[category])),
      thanksLink: filled(wording.thanksLink),
      consent: filled(wording.consent),
    },
    words,
    drivers: each((category) => content.drivers[category].map((id) => ({ id, label: labels[id] ?? id }))),
    thanksLinks: content.thanksLinks,
    consent: content.consent && !survey.anonymous,
    accent: content.branding.accent && readableUnderWhite(content.branding.accent),
    rules: { ...settings.widget, restDays: settings.restDays },
  });
}
