import { expect, test } from "vitest";
import { aWorkspace, known } from "../../../../test/a-play.ts";
import { fillText } from "../../content/fill-text.ts";
import { findPlayProblems } from "../find-play-problems.ts";
import { PlayDefinition } from "../play-definition.ts";
import type { StepOf } from "../play-step.ts";
import { playFromTemplate, playTemplates } from "./play-templates.ts";
import { templateLanguages } from "./play-template.ts";

const reviews = "00000000-0000-4000-8000-00000000000b";
const offer = "00000000-0000-4000-8000-00000000000a";
type Item = {
  name: string;
  kind: "article" | "offer";
  links: string[];
  chosenBy?: { features: boolean; products: boolean };
};
/** With a live survey, a pool, an article and an offer. */
const full = aWorkspace({
  content: new Map<string, Item>([
    [known.article, { name: "Reports in a minute", kind: "article", links: [] }],
    [
      reviews,
      {
        name: "Our page at G2",
        kind: "article",
        links: ["https://www.g2.com/products/acme/take_survey"],
        // The page where reviews are written helps with no feature, so that no mail about one brings it.
        chosenBy: { features: false, products: false },
      },
    ],
    [offer, { name: "Lamp", kind: "offer", links: [] }],
  ]),
});
const cases = playTemplates.flatMap(({ id }) => templateLanguages.map((language) => ({ id, language })));

/** As its author completes it: with an item of the library and an audience, where the template leaves them open. */
function completed({ steps, audience, ...play }: PlayDefinition): PlayDefinition {
  return {
    ...play,
    audience: audience.filter ? audience : { ...audience, segment: known.passives },
    steps: steps.map((step) =>
      step.kind === "email" && step.choose?.by === "item"
        ? Object.assign(structuredClone(step), {
            choose: { ...step.choose, item: step.asks === "review" ? reviews : known.article },
          })
        : step,
    ),
  };
}

test.each(cases)(
  "$id in $language can be published as soon as its blanks are filled, and breaks no rule",
  (made) => {
    const given = { language: made.language, customers: 5_000 };
    const whole = playFromTemplate(made.id, { ...given, survey: known.survey, pool: known.pool })!;
    const definition = completed(PlayDefinition.parse(whole.definition));
    expect(findPlayProblems(definition, full)).toEqual([]);

    const blank = playFromTemplate(made.id, given)!.definition;
    const reasons = findPlayProblems(blank, full).map(({ reason }) => reason);
    const toFill = new Set(["no_such_survey", "no_such_pool", "no_such_content", "no_audience"]);
    expect(reasons.filter((reason) => !toFill.has(reason))).toEqual([]);
  },
);

test("every mail is written in all languages, with the same names in each, and reads well without what is not known", () => {
  const tag = /\{[{%]\s*(?:if )?((?:content|code)[\w.]*)/g;
  const variables = (text: string) => [...text.matchAll(tag)].map(([, name]) => name);
  for (const { id } of playTemplates) {
    const { steps } = playFromTemplate(id, { language: "en", customers: 1 })!.definition;
    const mails = steps.filter((step): step is StepOf<"email"> => step.kind === "email");
    expect(mails.length).toBeGreaterThan(0);
    for (const { languages } of mails) {
      expect(Object.keys(languages)).toEqual(templateLanguages);
      const [en, de] = Object.values(languages);
      expect(variables(de!.subject + de!.body)).toEqual(variables(en!.subject + en!.body));
      for (const { subject, body } of [en!, de!]) {
        const plain = fillText(body, { company: "Acme", feature: "Exported", code: "K" });
        expect(plain).toMatch(/^(Hello|Guten Tag),\n\n/);
        expect(plain).not.toMatch(/\{|\}| ,| \./);
        expect(fillText(subject, { company: "Acme", content: { title: "T" } })).toMatch(/^\p{Lu}/u);
      }
    }
  }
  expect(playTemplates.map(({ id }) => id)).toHaveLength(new Set(playTemplates.map(({ id }) => id)).size);
  expect(playFromTemplate("nothing", { language: "en", customers: 1 })).toBeUndefined();
});
