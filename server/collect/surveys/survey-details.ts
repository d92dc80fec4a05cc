import { z } from "@hono/zod-openapi";
import { problemsOfIssue } from "../../platform/http/problem-of-issue.ts";
import { notStorable } from "../response.ts";
import { surveyName } from "../survey.ts";
import { LanguageTag, SurveyContent } from "./survey-content.ts";
import { SurveySettings } from "./survey-settings.ts";

/** One thing about a draft that keeps it, or one of its languages, from being asked. */
export const SurveyProblem = z
  .object({
    path: z.string().describe("As `content.languages.fr.wording.question`."),
    message: z.string(),
    reason: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    blocking: z
      .boolean()
      .describe(
        "False: it can be published all the same; a language with gaps is not offered until they are filled.",
      ),
  })
  .openapi("SurveyProblem");
export type SurveyProblem = z.infer<typeof SurveyProblem>;

const edition = z.object({ content: SurveyContent, settings: SurveySettings, at: z.iso.datetime() });

/** A survey as its editor sees it. */
export const SurveyDetails = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(["draft", "live", "paused", "archived"]),
    anonymous: z.boolean(),
    version: z.int().describe("Of what is published; 0 before the first time."),
    liveSince: z.iso.datetime().nullable(),
    published: edition.nullable(),
    draft: edition.describe(
      "What is published, where nothing was edited since. `at` is what PUT takes as `basedOn`.",
    ),
    changed: z.boolean().describe("Whether the draft differs from what is published."),
    problems: z.array(SurveyProblem).describe("Of the draft."),
  })
  .openapi("SurveyDetails");
export type SurveyDetails = z.infer<typeof SurveyDetails>;

/** What a new survey begins with. */
export const NewSurvey = z.object({
  name: surveyName,
  language: LanguageTag.optional().describe("The source language. Default: en."),
  languages: z.array(LanguageTag).max(50).optional().describe("Others that it asks in."),
  anonymous: z
    .boolean()
    .optional()
    .describe("Can be changed until the survey is published, and never after."),
  copyOf: z.uuid("is not the id of a survey").optional().describe("Begin with this survey's draft."),
});
export type NewSurvey = z.infer<typeof NewSurvey>;

/** What autosave sends. */
export const SurveyDraft = z.object({
  name: surveyName,
  content: asFarAsShaped(SurveyContent, "SurveyContent"),
  settings: asFarAsShaped(SurveySettings, "SurveySettings"),
  anonymous: z.boolean().optional().describe("Only while nothing was published."),
  basedOn: z.iso
    .datetime("is no time; send `draft.at` as you got it")
    .optional()
    .describe(
      "`draft.at` as you saw it: refused when somebody else has saved since. Without it, the last wins.",
    ),
});
export type SurveyDraft = z.infer<typeof SurveyDraft>;

/** What publishing may be told. */
export const PublishOrder = z.object({
  basedOn: SurveyDraft.shape.basedOn.describe(
    "`draft.at` of the draft you mean: refused when somebody else has changed it since. Without it, the draft as it is now.",
  ),
});

/** Input whose kinds are right, whatever its values: half-typed drafts must not be lost. */
export function asFarAsShaped<S extends z.ZodType>(schema: S, name: string) {
  return z
    .custom<z.input<S>>()
    .superRefine((value, context) => {
      for (const issue of schema.safeParse(value).error?.issues ?? []) {
        if (isOutOfRange(issue)) continue;
        for (const { path, message, ...params } of problemsOfIssue(issue))
          context.addIssue({ code: "custom", path: path.split("."), message, params });
      }
    })
    .openapi({ type: "object", allOf: [{ $ref: `#/components/schemas/${name}` }] });
}

const outOfRange = new Set(["too_small", "too_big", "invalid_format", "not_multiple_of", "custom"]);

// Of the right kind, but not a value that can be published, as an address that is typed half.
function isOutOfRange(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_union") return issue.errors.some((branch) => branch.every(isOutOfRange));
  return outOfRange.has(issue.code) && issue.message !== notStorable;
}
