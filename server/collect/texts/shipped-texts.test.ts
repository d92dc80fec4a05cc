import { expect, test } from "vitest";
import { languageName } from "../surveys/language-names.ts";
import { mailVariables, surveyVariables } from "../surveys/find-problems.ts";
import { newContent } from "../surveys/new-content.ts";
import { checkTemplate, renderText } from "./render-text.ts";
import { shippedTexts } from "./shipped-texts.ts";
import { FixedWords, Wording } from "./survey-texts.ts";
import { missingTexts } from "../surveys/complete-texts.ts";

const languages = Object.entries(shippedTexts);
const english = leavesOf(shippedTexts.en!);
// The same word in both languages.
const alike = new Set(["nl words.later"]);

test("at least ten languages are shipped, each named in itself", () => {
  expect(languages.length).toBeGreaterThanOrEqual(11);
  expect(languages.map(([tag]) => languageName(tag))).toEqual(
    "English,Deutsch (Sie),Deutsch (du),Français,Español,Italiano,Português,Nederlands,Polski,日本語,Türkçe".split(
      ",",
    ),
  );
});

test.each(languages)("%s says everything, and nothing else", (tag, texts) => {
  expect(Wording.strict().parse(texts.wording)).toEqual(texts.wording);
  expect(FixedWords.strict().parse(texts.words)).toEqual(texts.words);
  expect(missingTexts(newContent("Lark", tag), tag)).toEqual([]);
});

test.each(languages)("%s renders with and without a name", (_, { wording, words }) => {
  for (const [path, text] of leavesOf(wording)) {
    expect(checkTemplate(text, path.startsWith("email.") ? mailVariables : surveyVariables), path).toEqual(
      [],
    );
  }
  expect(renderText(wording.question, { company: "Lark" })).toContain("Lark");
  expect(renderText(wording.email.reason, { company: "Lark" })).toContain("Lark");
  const named = { name: "Ana Ito", firstName: "Ana" };
  expect(renderText(wording.email.greeting, { company: "Lark", customer: named })).toContain("Ana");
  expect(renderText(wording.email.greeting, { company: "Lark" })).toMatch(/^\p{L}[\p{L} ]+[.,:]?$/u);
  for (const [path, text] of leavesOf(words)) expect(text, path).not.toMatch(/\{\{|\{%/);
});

test.each(languages)("%s has the placeholders of the English texts", (_, texts) => {
  const placeholders = (text: string) => (text.match(/\{+ ?(score|company|days) ?\}+/g) ?? []).toSorted();
  const found = leavesOf(texts).map(([path, text]) => [path, placeholders(text)]);
  expect(found).toEqual(english.map(([path, text]) => [path, placeholders(text)]));
});

test.each(languages.filter(([tag]) => tag !== "en"))("%s leaves nothing in English", (tag, texts) => {
  const same = leavesOf(texts).filter(([path, text]) => text === new Map(english).get(path));
  expect(same.map(([path]) => `${tag} ${path}`).filter((place) => !alike.has(place))).toEqual([]);
});

test("formal German never says du, informal German never Sie", () => {
  const all = (tag: string) =>
    leavesOf(shippedTexts[tag]!)
      .map(([, text]) => text)
      .join("\n");
  expect(all("de")).not.toMatch(/\b(du|dich|dir|dein\w*)\b/i);
  expect(all("de-x-du")).not.toMatch(/\b(Ihnen|Ihre\w*)\b|[^.\n] Sie\b/);
});

test("texts have the marks of their language, and no doubled or loose spaces", () => {
  for (const [tag, texts] of languages) {
    for (const [path, text] of leavesOf(texts)) {
      expect(text, `${tag} ${path}`).not.toMatch(/ {2}|^\s|\s$|\.\.\.|'|"/);
      if (tag !== "fr") expect(text, `${tag} ${path}`).not.toMatch(/\s[?!:]/);
      else expect(text, `${tag} ${path}`).not.toMatch(/[^\u00a0][?!]|\w:/);
      if (tag === "es" && text.includes("?")) expect(text).toContain("¿");
    }
  }
});

function leavesOf(texts: object, start = ""): [path: string, text: string][] {
  return Object.entries(texts)
    .flatMap(([key, value]: [string, unknown]): [string, string][] =>
      typeof value === "string" ? [[start + key, value]] : leavesOf(value as object, `${start}${key}.`),
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
