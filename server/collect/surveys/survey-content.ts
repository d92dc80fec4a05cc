import { z } from "@hono/zod-openapi";
import { because } from "../../platform/http/problem-of-issue.ts";
import { nameText } from "../response.ts";
import { FixedWords, Wording } from "../texts/survey-texts.ts";

/** A tag of BCP 47, as `de`, `pt-BR`, or `de-x-du` for the German that says du. */
export const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, "is not a language; write a tag like de or pt-BR")
  .max(35);

/** Only links that a browser opens as a page. */
export const WebAddress = z
  .url({ protocol: /^https?$/, error: "is not an address that begins with https://" })
  .max(2_000);

const Hue = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, because("not_a_colour", "is not a colour; write it as #1c1a16"));

/** One choice of the pick-list; its label in each language is in `languages`. */
export const DriverId = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/, because("not_a_short_name", "may hold small letters, digits, - and _"));

/** The texts of one language as far as they differ from the shipped ones; all of them, where Nines ships none. */
export const LanguageTexts = z.object({
  wording: z
    .object({
      ...Wording.shape,
      followUp: Wording.shape.followUp.partial(),
      thanks: Wording.shape.thanks.partial(),
      email: Wording.shape.email.partial(),
    })
    .partial(),
  words: FixedWords.partial(),
  drivers: z.record(DriverId, nameText(120)),
});
export type LanguageTexts = z.infer<typeof LanguageTexts>;

/** What respondents see. Publishing a change of it makes a new version. */
export const SurveyContent = z
  .object({
    company: nameText(120).describe("The company's name in the question."),
    language: LanguageTag.describe(
      "The source: also asked where the customer's own language is not offered.",
    ),
    languages: z.record(LanguageTag, LanguageTexts),
    drivers: z
      .object({
        detractor: z.array(DriverId).max(12),
        passive: z.array(DriverId).max(12),
        promoter: z.array(DriverId).max(12),
      })
      .describe("Which choices are offered after which score; empty for none."),
    thanksLinks: z.object({
      detractor: WebAddress.nullable(),
      passive: WebAddress.nullable(),
      promoter: WebAddress.nullable(),
    }),
    consent: z.boolean().describe("Whether the page offers to write back."),
    branding: z.object({
      accent: Hue.nullable().describe("Colour of the button; null for ink."),
      logo: z.uuid().nullable().describe("Of PUT /api/v1/surveys/{id}/logo."),
    }),
    signature: z.object({ name: nameText(120).nullable(), role: nameText(120).nullable() }),
    postalAddress: nameText(300).nullable().describe("Stands in the foot of each mail."),
    privacyLink: WebAddress.nullable(),
  })
  .openapi("SurveyContent");
export type SurveyContent = z.infer<typeof SurveyContent>;

/**
 * A content as it was published, with the shipped texts of that day, the fixed words of its pages too: a newer Nines must
 * not change what is being asked, or answers before and after would be compared as if they were to the same words.
 */
export type PublishedContent = SurveyContent & {
  shipped?: Record<string, Wording>;
  shippedWords?: Record<string, FixedWords>;
};
