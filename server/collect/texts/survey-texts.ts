import { z } from "@hono/zod-openapi";
import { nameText } from "../response.ts";

const line = nameText(500);
const perCategory = z.object({ detractor: line, passive: line, promoter: line });

/**
 * What a survey says, in one language: the wording that a workspace may change. Liquid with `company`, and in `email`
 * also `customer.name`, `customer.firstName` and `customer.traits.…`.
 */
export const Wording = z
  .object({
    question: line,
    low: line.describe("What 0 means."),
    high: line.describe("What 10 means."),
    followUp: perCategory.describe("Asked after the score. The passives': what would have made it a 9?"),
    thanks: perCategory.describe("Said at the end."),
    thanksLink: line.describe("The words of the link in the thank-you, where there is one."),
    consent: line.describe("The box that allows writing back."),
    email: z.object({
      subject: line,
      reminderSubject: line,
      greeting: line,
      intro: nameText(2_000).describe("Below the scale."),
      reason: line.describe("Why this mail was sent, in its foot."),
    }),
  })
  .openapi("Wording");
export type Wording = z.infer<typeof Wording>;

/** The fixed words of the respondent's page, the widget and the mail; `{score}`, `{days}`, `{company}` are filled in. */
export const FixedWords = z
  .object({
    yourAnswer: line,
    saved: line,
    placeholder: line,
    pick: line,
    send: line,
    counted: line,
    change: line,
    changed: line,
    close: line,
    later: line,
    skip: line,
    keys: line,
    optional: line,
    yourEmail: line,
    askedWith: line,
    language: line,
    whoReads: line,
    whoReadsText: nameText(2_000),
    whoReadsAnonymous: nameText(2_000).describe("The same, where answers are anonymous."),
    dontAsk: line,
    dontAskTitle: line,
    dontAskText: nameText(2_000),
    dontAskDone: line,
    closedTitle: line,
    closedText: nameText(2_000),
    noSuchTitle: line,
    noSuchText: nameText(2_000),
    offlineTitle: line,
    offlineText: line,
    failed: line,
    tryAgain: line,
    oneClick: line,
    rarely: line,
    rarelyReminded: line.optional().describe("The same in mails that a reminder may follow."),
    plainScale: line,
    scaleName: line,
  })
  .openapi("FixedWords");
export type FixedWords = z.infer<typeof FixedWords>;

/** All texts of one language. */
export interface SurveyTexts {
  wording: Wording;
  words: FixedWords;
}
