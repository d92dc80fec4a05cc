import { expect, it } from "vitest";
import { newContent } from "../../../server/collect/surveys/new-content.ts";
import { standardSettings } from "../../../server/collect/surveys/survey-settings.ts";
import { en } from "../../../server/collect/texts/en.ts";
import { changedParts, changedTexts } from "./changes.ts";
import { withLanguage, withText } from "./draft.ts";

const shipped = { en };
const before = { content: newContent("Larkfield", "en"), settings: standardSettings };

it("an edition that was not touched changes nothing, whatever the order of its keys", () => {
  const { audience, ...rest } = standardSettings;
  const after = { content: before.content, settings: { ...rest, audience } };
  expect(changedParts(before, after)).toEqual([]);
  expect(changedTexts(before, after, shipped)).toEqual([]);
});

it("a changed text is told with what it was, other changes by their part", () => {
  const path = "wording.followUp.passive";
  const content = withLanguage(withText(before.content, "en", path, "And for a 9?"), shipped, "de");
  const after = { content, settings: { ...standardSettings, restDays: 30 } };
  expect(changedTexts(before, after, shipped)).toEqual([
    { language: "en", path, before: "What would have made it a 9?", after: "And for a 9?" },
  ]);
  expect(changedParts(before, after)).toEqual(["languages", "throttle"]);
});
