import type { SegmentFilter } from "../../../identify/segments/segment-filter.ts";
import type { PlayDefinition } from "../play-definition.ts";
import { type MailText, PlayStep } from "../play-step.ts";

/** Languages that templates are written in. */
export const templateLanguages = ["en", "de"] as const;
export type TemplateLanguage = (typeof templateLanguages)[number];
/** A text in each of them. */
export type InBoth<Text = string> = Record<TemplateLanguage, Text>;

/** Whom a template is for. */
export const templateGroups = ["detractors", "passives", "promoters", "all"] as const;

/** What only the workspace can give: left for its author to choose, and until then a problem of the draft. */
export const toBeChosen = "00000000-0000-0000-0000-000000000000";

/** What a template is filled in with. */
export interface TemplateFilling {
  /** The language of what members read, and of mails where a customer's own is not written. */
  language: TemplateLanguage;
  survey: string;
  pool: string;
}

/** A play that is written out, to begin with. */
export interface PlayTemplate {
  id: string;
  group: (typeof templateGroups)[number];
  name: InBoth;
  /** What it does, in one sentence. */
  text: InBoth;
  /** How it differs from a new play. */
  play: (filling: TemplateFilling) => Partial<PlayDefinition> & Pick<PlayDefinition, "steps">;
}

/** Steps that follow each other in this order; one that says where it goes on goes there. */
export function inOrder(...steps: Record<string, unknown>[]): PlayDefinition["steps"] {
  return steps.map((step, index) =>
    PlayStep.parse({ ...(step["kind"] !== "leave" && { next: steps[index + 1]?.["id"] ?? null }), ...step }),
  );
}

/** A mail in all languages of templates. */
export function mail(
  id: string,
  { language }: TemplateFilling,
  languages: InBoth<Omit<MailText, "button"> & Partial<MailText>>,
  other: Record<string, unknown> = {},
): Record<string, unknown> {
  return { id, kind: "email", language, languages, ...other };
}

/** A task for a member, in the language of members. */
export function task(
  id: string,
  { language }: TemplateFilling,
  { title, note, ...other }: { title: InBoth; note: InBoth; hours?: number; owner?: { kind: string } },
): Record<string, unknown> {
  return { id, kind: "task", title: title[language], note: note[language], ...other };
}

/** The question again, of everybody who entered. */
export function askAgain({ survey }: TemplateFilling, day: number): Record<string, unknown> {
  return { id: "ask-again", kind: "ask", survey, day };
}

/** Everybody who fits all of these. */
export function everybodyWho(...of: SegmentFilter[]): PlayDefinition["audience"] {
  return { segment: null, filter: { kind: "all", of }, again: null };
}

/** Whose latest answer was of this category and is so young. */
export function answeredAs(
  category: "promoter" | "passive" | "detractor",
  days: number,
): [SegmentFilter, SegmentFilter] {
  return [
    { kind: "answer_category", is: "one_of", value: [category] },
    { kind: "answer_at", is: "in_last", days },
  ];
}
