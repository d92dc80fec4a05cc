import type { z } from "@hono/zod-openapi";
import { problemsOfIssue } from "../../platform/http/problem-of-issue.ts";
import { Refusal } from "../../platform/errors.ts";
import { audienceCondition } from "../asking/audience-condition.ts";
import { categories } from "../response.ts";
import { checkTemplate, renderText } from "../texts/render-text.ts";
import { missingTexts } from "./complete-texts.ts";
import { contrastWithWhite, leastContrast, readableUnderWhite } from "./contrast.ts";
import { isKnownLanguage } from "./language-names.ts";
import { SurveyContent } from "./survey-content.ts";
import type { SurveyProblem } from "./survey-details.ts";
import { type Audience, SurveySettings } from "./survey-settings.ts";

/** What texts may name. */
export const surveyVariables = ["company"];
/** What the texts of a mail may name besides. */
export const mailVariables = ["company", "customer.name", "customer.firstName", "customer.traits.*"];

/** What keeps a draft from being published, and which of its languages have gaps. */
export function findProblems(content: SurveyContent, settings: SurveySettings): SurveyProblem[] {
  const problems = [
    ...outOfRange("content", SurveyContent, content),
    ...outOfRange("settings", SurveySettings, settings),
    ...inLanguages(content),
    ...inTemplates(content),
    ...inAccent(content.branding.accent),
    ...inAudience(settings.audience),
    ...inSending(content, settings),
  ];
  // A value out of range may be met again by what looks at its meaning.
  return [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
}

function outOfRange(part: string, schema: z.ZodType, value: unknown): SurveyProblem[] {
  return (schema.safeParse(value).error?.issues ?? [])
    .flatMap((issue) => problemsOfIssue(issue))
    .map((problem) => Object.assign(problem, { path: `${part}.${problem.path}`, blocking: true }));
}

function inLanguages(content: SurveyContent): SurveyProblem[] {
  const { language: source, languages } = content;
  const problems: SurveyProblem[] = [];
  if (!languages[source]) {
    problems.push({
      path: "content.language",
      message: `The source language ${source} is not among the survey's languages; add it, or choose another source.`,
      reason: "source_language_missing",
      values: { language: source },
      blocking: true,
    });
  }
  for (const language of Object.keys(languages)) {
    if (!isKnownLanguage(language)) {
      problems.push({
        path: `content.languages.${language}`,
        message: `${language} is not a known language; write a tag like de or pt-BR.`,
        reason: "unknown_language",
        values: { language },
        blocking: false,
      });
    }
    for (const path of missingTexts(content, language)) problems.push(missing(source, language, path));
  }
  return problems;
}

function missing(source: string, language: string, path: string): SurveyProblem {
  const isSource = language === source;
  const driver = /^drivers\.(.*)$/.exec(path)?.[1];
  return {
    path: `content.languages.${language}.${path}`,
    message:
      driver === undefined
        ? `This text is missing in ${language}. ${isSource ? "Write it" : "Until it is written, nobody is asked in this language"}.`
        : `The choice ${driver} has no label in ${language}. Write one, or take the choice off the list.`,
    reason: driver === undefined ? "text_missing" : "driver_label_missing",
    values: driver === undefined ? { language, text: path } : { language, driver },
    blocking: isSource,
  };
}

function inTemplates(content: SurveyContent): SurveyProblem[] {
  return Object.entries(content.languages).flatMap(([language, { wording }]) =>
    leavesOf(wording, "").flatMap(([path, text]) => {
      const isMail = path.startsWith("email.");
      const [problem] = checkTemplate(text, isMail ? mailVariables : surveyVariables);
      const place = `content.languages.${language}.wording.${path}`;
      if (!problem) {
        const mayBeEmpty = text.trim() === "" || (isMail && !path.toLowerCase().endsWith("subject"));
        return mayBeEmpty || says(text, content.company) ? [] : [saysNothing(place)];
      }
      const { reason, message, values } = problem;
      return [{ path: place, message: `This text ${message}.`, reason, values, blocking: true }];
    }),
  );
}

function says(text: string, company: string): boolean {
  try {
    return renderText(text, { company }).trim() !== "";
  } catch {
    return false;
  }
}

function saysNothing(path: string): SurveyProblem {
  return {
    path,
    message: "This text comes out empty, at least for some. Write what it says otherwise.",
    reason: "text_says_nothing",
    blocking: true,
  };
}

/** What nobody could be chosen by: the survey would be live and ask nobody. */
function inAudience({ match, rules }: Audience): SurveyProblem[] {
  return rules.flatMap((rule, index) => {
    try {
      audienceCondition("", { match, rules: [rule] });
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { reason = "value_not_allowed", values } = error.options;
      const message = error.message.replace(/^audience\.rules\.\d+: /, `Rule ${index + 1}: `);
      const path = `settings.audience.rules.${index}`;
      return [{ path, message, reason, values: { ...values, rule: index + 1 }, blocking: true }];
    }
  });
}

function leavesOf(texts: object, start: string): [path: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === "string") return [[start + key, value]];
    return typeof value === "object" && value !== null ? leavesOf(value, `${start}${key}.`) : [];
  });
}

function inAccent(accent: string | null): SurveyProblem[] {
  if (accent === null || !/^#[0-9a-f]{6}$/i.test(accent)) return [];
  const contrast = contrastWithWhite(accent);
  if (contrast >= leastContrast) return [];
  const fix = readableUnderWhite(accent);
  // Rounded down, so that 4.49 does not read as 4.5.
  const shown = (Math.floor(contrast * 10) / 10).toFixed(1);
  return [
    {
      path: "content.branding.accent",
      message: `White words on ${accent} are hard to read: contrast ${shown}, needed is 4.5. ${fix} is dark enough.`,
      reason: "contrast_too_low",
      values: { accent, contrast: shown, fix },
      blocking: true,
    },
  ];
}

function inSending(content: SurveyContent, { channels, sender }: SurveySettings): SurveyProblem[] {
  const problems: SurveyProblem[] = [];
  if (channels.email && sender.name === null) {
    problems.push({
      path: "settings.sender.name",
      message: "Mails come from the company's name alone; with a person's name more people open them.",
      reason: "sender_missing",
      blocking: false,
    });
  }
  if (channels.email && content.postalAddress === null) {
    problems.push({
      path: "content.postalAddress",
      message: "Many countries require a postal address in the foot of such mails. Write one.",
      reason: "postal_address_missing",
      blocking: false,
    });
  }
  if (!channels.email && !channels.widget && !channels.link) {
    problems.push({
      path: "settings.channels",
      message: "No channel is on, so only programs can ask. Switch one on, unless that is what you want.",
      reason: "no_channel",
      blocking: false,
    });
  }
  return problems.concat(inDrivers(content));
}

function inDrivers({ drivers }: SurveyContent): SurveyProblem[] {
  return categories.flatMap((category) =>
    new Set(drivers[category]).size === drivers[category].length
      ? []
      : [
          {
            path: `content.drivers.${category}`,
            message: "A choice stands on the list twice. Take one off.",
            reason: "driver_twice",
            blocking: true,
          },
        ],
  );
}
