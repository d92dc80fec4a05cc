import type { SurveyContent } from "./survey-content.ts";

/** What a new survey says: the shipped texts, in these languages. */
export function newContent(
  company: string,
  language: string,
  languages: readonly string[] = [],
): SurveyContent {
  const unchanged = { wording: {}, words: {}, drivers: {} };
  return {
    company,
    language,
    languages: Object.fromEntries([language, ...languages].map((tag) => [tag, unchanged])),
    drivers: { detractor: [], passive: [], promoter: [] },
    thanksLinks: { detractor: null, passive: null, promoter: null },
    consent: true,
    branding: { accent: null, logo: null },
    signature: { name: null, role: null },
    postalAddress: null,
    privacyLink: null,
  };
}
