import type { z } from "@hono/zod-openapi";
import { shippedTexts } from "../texts/shipped-texts.ts";
import { FixedWords, type SurveyTexts, Wording } from "../texts/survey-texts.ts";
import type { PublishedContent, SurveyContent } from "./survey-content.ts";

/** Texts that may have gaps, by their paths as `wording.followUp.passive`. */
type Gapped = { [key: string]: string | Gapped | undefined };

/** The texts of a survey in one language: its own, before the shipped ones. @throws when some are missing */
export function completeTexts(content: PublishedContent, language: string): SurveyTexts {
  return {
    wording: Wording.parse(joined(content, language, "wording")),
    words: FixedWords.parse(joined(content, language, "words")),
  };
}

/** The paths of what a survey does not say in a language, as `wording.question` or `drivers.price`. */
export function missingTexts(content: PublishedContent, language: string): string[] {
  const missing = [
    ...gapsIn(Wording, joined(content, language, "wording"), "wording"),
    ...gapsIn(FixedWords, joined(content, language, "words"), "words"),
  ];
  const labels = content.languages[language]?.drivers ?? {};
  const wanted = new Set(Object.values(content.drivers).flat());
  return [...missing, ...[...wanted].filter((id) => !labels[id]).map((id) => `drivers.${id}`)];
}

/**
 * The language of a survey for somebody: the first of those they want that it is complete in (`de-AT` takes `de`), else
 * the source.
 */
export function chooseLanguage(
  content: SurveyContent,
  wanted: readonly (string | null | undefined)[],
): string {
  const offered = offeredLanguages(content);
  const find = (tag: string) => offered.find((each) => each.toLowerCase() === tag.toLowerCase());
  for (const tag of wanted) {
    if (!tag) continue;
    for (let rest = tag; rest !== ""; rest = rest.split("-").slice(0, -1).join("-")) {
      const found = find(rest);
      if (found) return found;
    }
    const sibling = offered.find((each) => each.split("-")[0] === tag.split("-")[0]?.toLowerCase());
    if (sibling) return sibling;
  }
  return content.language;
}

/** The languages that a survey can be answered in: those without gaps. */
export function offeredLanguages(content: SurveyContent): readonly string[] {
  let offered = remembered.get(content);
  if (!offered) {
    offered = Object.keys(content.languages).filter((tag) => missingTexts(content, tag).length === 0);
    remembered.set(content, offered);
  }
  return offered;
}

function gapsIn(schema: z.ZodType, texts: Gapped, part: string): string[] {
  return (schema.safeParse(texts).error?.issues ?? []).map(({ path }) => `${part}.${path.join(".")}`);
}

// Asked for each customer of a batch, who all share one content.
const remembered = new WeakMap<SurveyContent, readonly string[]>();

function joined(content: PublishedContent, language: string, part: "wording" | "words"): Gapped {
  // With its groups, so that each text in them is missed and not the group. What is shipped today fills in only what
  // nobody had thought of when the version was published.
  const now = over(groups[part], shippedTexts[language]?.[part] ?? {});
  const kept = part === "wording" ? content.shipped : content.shippedWords;
  const shipped = over(now, kept?.[language] ?? {});
  return over(shipped, content.languages[language]?.[part] ?? {});
}

const groups = { wording: { followUp: {}, thanks: {}, email: {} }, words: {} };

function over(below: Gapped, above: Gapped): Gapped {
  const result: Gapped = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = below[key];
    result[key] = typeof value === "object" ? over(typeof under === "object" ? under : {}, value) : value;
  }
  return result;
}
