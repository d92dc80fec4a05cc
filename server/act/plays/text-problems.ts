import { isKnownLanguage } from "../../collect/surveys/language-names.ts";
import { checkTemplate } from "../../collect/texts/render-text.ts";
import type { PlayDefinition } from "./play-definition.ts";
import type { PlayProblem } from "./play-problem.ts";
import { isPage, type PlayStep, type StepOf } from "./play-step.ts";
import { stepNet, type StepNet } from "./walk-steps.ts";

/** What every text of a play may name. */
export const playVariables = [
  "company",
  "customer.name",
  "customer.firstName",
  "customer.language",
  "customer.traits.*",
  "account.name",
  "account.traits.*",
];
/** What was chosen for this customer, in mails that choose. */
export const contentVariables = ["feature", "content.title", "content.text", "content.link"];
/** What a step before has handed out. */
export const codeVariables = ["code", "codeWorth", "codeExpires"];

/** What is wrong with the texts of a play: languages, and what they name. */
export function textProblems(definition: PlayDefinition): PlayProblem[] {
  const net = stepNet(definition);
  return definition.steps.flatMap((step, index) =>
    inStep(step, net).map((problem) => Object.assign(problem, { path: `steps.${index}.${problem.path}` })),
  );
}

function inStep(step: PlayStep, net: StepNet): PlayProblem[] {
  const always = net.comesBy(({ kind }) => kind === "code", step.id);
  const known = always ? [...playVariables, ...codeVariables] : playVariables;
  switch (step.kind) {
    case "email":
      return inMail(step, step.choose === null ? known : [...known, ...contentVariables]);
    case "slack":
      return inTemplate("text", step.text, known);
    case "task":
      return [...inTemplate("title", step.title, known), ...inTemplate("note", step.note ?? "", known)];
    default:
      return [];
  }
}

function inMail(
  { language: source, languages, asks, site }: StepOf<"email">,
  known: readonly string[],
): PlayProblem[] {
  const problems: PlayProblem[] = [];
  if (!languages[source]) {
    problems.push({
      path: "language",
      reason: "source_language_missing",
      message: `The source language ${source} is not among the mail's languages; write it, or choose another source.`,
      values: { language: source },
      blocking: true,
    });
  }
  if (asks === "review" && site === null) {
    problems.push({
      path: "site",
      reason: "site_missing",
      message: "Say where the review is to be written: each place has rules of its own.",
      blocking: true,
    });
  }
  for (const [language, { subject, body, button }] of Object.entries(languages)) {
    const place = `languages.${language}`;
    if (!isKnownLanguage(language)) {
      problems.push({
        path: place,
        reason: "unknown_language",
        message: `${language} is not a known language; write a tag like de or pt-BR.`,
        values: { language },
        blocking: true,
      });
    }
    problems.push(
      ...inTemplate(`${place}.subject`, subject, known),
      ...inTemplate(`${place}.body`, body, known),
    );
    if (!button) continue;
    problems.push(
      ...inTemplate(`${place}.button.label`, button.label, known),
      ...inTemplate(`${place}.button.link`, button.link, known),
    );
    const wholeIsFilledIn = /^\{\{[^{}]*\}\}$/.test(button.link.trim());
    if (!wholeIsFilledIn && !isPage(button.link)) {
      problems.push({
        path: `${place}.button.link`,
        reason: "link_invalid",
        message: "This is no address of a page; write one that begins with https://.",
        blocking: true,
      });
    }
  }
  return problems;
}

function inTemplate(path: string, text: string, known: readonly string[]): PlayProblem[] {
  return checkTemplate(text, known).map(({ reason, message, values }) => ({
    path,
    reason,
    message: `This text ${message}.`,
    values,
    blocking: true,
  }));
}
