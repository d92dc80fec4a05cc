import { z } from "@hono/zod-openapi";
import { SurveySettings } from "../surveys/survey-settings.ts";
import { FixedWords, Wording } from "../texts/survey-texts.ts";

const perCategory = <S extends z.ZodType>(each: S) =>
  z.object({ detractor: each, passive: each, promoter: each });

/** What the widget needs to ask on a page: the words in one language, the looks, and when to show. */
export const WidgetConfig = z
  .object({
    version: z.int(),
    language: z.string(),
    direction: z.enum(["ltr", "rtl"]),
    anonymous: z.boolean().describe("Then the widget does not say who answers."),
    wording: Wording.pick({
      question: true,
      low: true,
      high: true,
      followUp: true,
      thanks: true,
      thanksLink: true,
      consent: true,
    }),
    words: FixedWords.pick({
      saved: true,
      placeholder: true,
      pick: true,
      send: true,
      change: true,
      close: true,
      later: true,
      skip: true,
      keys: true,
      scaleName: true,
      rarely: true,
      offlineTitle: true,
      offlineText: true,
    }),
    drivers: perCategory(z.array(z.object({ id: z.string(), label: z.string() }))),
    thanksLinks: perCategory(z.string().nullable()),
    consent: z.boolean(),
    accent: z
      .string()
      .nullable()
      .describe("Colour of the button, dark enough for white words; null for ink."),
    rules: SurveySettings.shape.widget.extend({ restDays: z.int() }),
  })
  .openapi("WidgetConfig");
export type WidgetConfig = z.infer<typeof WidgetConfig>;
