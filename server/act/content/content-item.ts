import { z } from "@hono/zod-openapi";
import { nameText } from "../../collect/response.ts";
import { LanguageTag, WebAddress } from "../../collect/surveys/survey-content.ts";
import { isKnownLanguage } from "../../collect/surveys/language-names.ts";
import { because } from "../../platform/http/problem-of-issue.ts";
import { contentKinds } from "../plays/play-step.ts";

/** What a mail says of an item, in one language. Plain text. */
export const ContentText = z.object({
  title: nameText(200),
  text: nameText(1_000).describe("One or two sentences: what it is good for."),
  link: WebAddress.nullable(),
});
export type ContentText = z.infer<typeof ContentText>;

const names = (most: number) =>
  z
    .array(nameText(300))
    .max(most)
    .transform((all) => [...new Set(all)]);

/** An article, a webinar or an offer that mails of plays can choose, as members write it. */
export const ContentDraft = z
  .object({
    kind: z.enum(contentKinds),
    name: nameText(200).describe("What members call it."),
    languages: z
      .record(z.string(), ContentText)
      .refine(
        (languages) => Object.keys(languages).length > 0,
        because("no_language", "write it in at least one language"),
      )
      .superRefine((languages, context) => {
        for (const tag of Object.keys(languages))
          if (!LanguageTag.safeParse(tag).success || !isKnownLanguage(tag))
            context.addIssue({
              code: "custom",
              path: [tag],
              message: "is not a known language; write a tag like de or pt-BR",
              params: { reason: "unknown_language", values: { language: tag } },
            });
      }),
    features: names(50).default([]).describe("Names of the events of the features that it helps with."),
    products: names(200)
      .default([])
      .describe("The products that it is about, by id, SKU, name or path, as events name them."),
    startsAt: z.iso.datetime({ offset: true }).nullable().default(null).describe("Not chosen before."),
    endsAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .default(null)
      .describe("Not chosen from then on; of a webinar, when it begins."),
  })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || new Date(startsAt) < new Date(endsAt), {
    path: ["endsAt"],
    ...because("ends_before_start", "must be after the start"),
  })
  .openapi("ContentDraft");
export type ContentDraft = z.infer<typeof ContentDraft>;

/** One item of the library. */
export const ContentItem = z
  .object({
    id: z.string(),
    kind: z.enum(contentKinds),
    name: z.string(),
    languages: z.record(z.string(), ContentText),
    features: z.array(z.string()),
    products: z.array(z.string()),
    startsAt: z.iso.datetime().nullable(),
    endsAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    archivedAt: z.iso.datetime().nullable(),
    sent: z.int().describe("Mails that it was in."),
    plays: z.array(z.object({ id: z.string(), name: z.string() })).describe("Plays that always send it."),
  })
  .openapi("ContentItem");
export type ContentItem = z.infer<typeof ContentItem>;
