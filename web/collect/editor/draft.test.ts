import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SurveyContent } from "../../../server/collect/surveys/survey-content.ts";
import { newContent } from "../../../server/collect/surveys/new-content.ts";
import { en } from "../../../server/collect/texts/en.ts";
import { contrast, darkerShade, readable } from "./contrast.ts";
import { completeness, driversOf, filled, said, textAt, withLanguage, withText } from "./draft.ts";
import { moveDriver, offerDriver, withDriver, withoutDriver } from "./drivers.ts";

const shipped = { en, de: en };
const content = newContent("Larkfield", "en", ["de"]);

describe("a draft's texts", () => {
  it("are the survey's own before the shipped ones, and reset leaves no trace", () => {
    const path = "wording.followUp.passive";
    expect(said(content, shipped, "de", path)).toBe("What would have made it a 9?");
    const changed = withText(content, "de", path, "Was hätte es zu einer 9 gemacht?");
    expect(said(changed, shipped, "de", path)).toBe("Was hätte es zu einer 9 gemacht?");
    expect(textAt(changed.languages.en, path)).toBeUndefined();
    expect(withText(changed, "de", path, undefined)).toEqual(content);
  });

  it("are counted in four parts where Nines ships the language, and the missing ones are named", () => {
    expect(completeness(content, shipped, "de")).toEqual({ done: 4, of: 4, missing: [] });
    const withWelsh = withLanguage(content, shipped, "cy");
    expect(completeness(withWelsh, shipped, "cy")).toMatchObject({ done: 0, of: 5 });
    const withChoice = withDriver(content, "en", "Price");
    expect(completeness(withChoice, shipped, "en")).toEqual({ done: 5, of: 5, missing: [] });
    expect(completeness(withChoice, shipped, "de")).toEqual({ done: 4, of: 5, missing: ["drivers"] });
  });

  it("of a regional language begin with those of the language", () => {
    const austrian = withLanguage(content, shipped, "de-AT");
    expect(completeness(austrian, shipped, "de-AT").missing).toEqual([]);
  });

  it("name the company where they are only read", () => {
    expect(filled("Recommend {{ company }} or {company}?", "Larkfield")).toBe(
      "Recommend Larkfield or Larkfield?",
    );
  });
});

describe("the pick-list", () => {
  const three = ["Price", "Ease of use", "Price"].reduce<SurveyContent>(
    (content, label) => withDriver(content, "en", label),
    content,
  );

  it("gives its choices ids that can be read, each once", () => {
    expect(driversOf(three)).toEqual(["price", "ease-of-use", "price-2"]);
    expect(driversOf(withDriver(content, "en", "価格"))).toEqual(["choice"]);
  });

  it("is moved, offered and taken away after every answer alike", () => {
    const moved = moveDriver(three, "ease-of-use", -1);
    expect(moved.drivers.promoter).toEqual(["ease-of-use", "price", "price-2"]);
    expect(moveDriver(moved, "ease-of-use", -1)).toEqual(moved);
    const offered = offerDriver(moved, "price", new Set(["passive"]));
    expect(offered.drivers).toEqual({
      detractor: ["ease-of-use", "price-2"],
      passive: ["ease-of-use", "price", "price-2"],
      promoter: ["ease-of-use", "price-2"],
    });
    expect(["price", "ease-of-use", "price-2"].reduce(withoutDriver, offered)).toEqual(content);
  });
});

describe("the accent", () => {
  it("is measured as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  it("has a darker shade on which white can be read, for every colour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const shade = darkerShade(`#${value.toString(16).padStart(6, "0")}`);
        expect(contrast(shade, "#ffffff")).toBeGreaterThanOrEqual(readable);
      }),
    );
  });
});
