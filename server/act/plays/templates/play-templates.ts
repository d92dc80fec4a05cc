import { newDefinition, type PlayDefinition } from "../play-definition.ts";
import { forDetractors } from "./detractors.ts";
import { adviceForPassives } from "./passives-advice.ts";
import { incentivesForPassives } from "./passives-incentives.ts";
import { type PlayTemplate, type TemplateLanguage, toBeChosen } from "./play-template.ts";
import { forPromoters, reviewRequests } from "./promoters.ts";

/** All plays that are written out, in the order in which they are offered. */
export const playTemplates: readonly PlayTemplate[] = [
  ...forDetractors,
  ...adviceForPassives,
  ...incentivesForPassives,
  ...forPromoters,
  ...reviewRequests,
];

/** The language of templates for whoever reads this one: German, else English. */
export function templateLanguage(language: string | null | undefined): TemplateLanguage {
  return language?.toLowerCase().split("-")[0] === "de" ? "de" : "en";
}

/**
 * A play as a template has it, with a name. What only the workspace can give is left out where it is not given; the draft
 * then says so among its problems.
 * @param given.customers how many the workspace has, for the share that is left alone
 * @returns undefined where there is no such template
 */
export function playFromTemplate(
  id: string,
  given: { language: TemplateLanguage; customers: number; survey?: string | null; pool?: string | null },
): { name: string; definition: PlayDefinition } | undefined {
  const template = playTemplates.find((each) => each.id === id);
  if (!template) return undefined;
  const { language, customers, survey, pool } = given;
  const filling = { language, survey: survey ?? toBeChosen, pool: pool ?? toBeChosen };
  return {
    name: template.name[language],
    definition: { ...newDefinition(customers), ...template.play(filling) },
  };
}
