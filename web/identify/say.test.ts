import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import { formatIn } from "../ui/format.ts";
import { words as german } from "../words/de/all.ts";
import { words as english } from "../words/en/all.ts";
import type { OverviewData } from "./overview-data.ts";
import { changeSentence, dayOf, greetingOf, shortWave, stateSentence } from "./say.ts";

const q2 = { id: "2026-Q2", name: "Q2 2026", from: "2026-04-01", to: "2026-06-30" };
const q3 = { id: "2026-Q3", name: "Q3 2026", from: "2026-07-01", to: "2026-09-30" };
const change = { points: 3, interval: [-3, 9], pValue: 0.3, distinguishable: false, smallestDetectable: 8.2 };

let t: Record<"en" | "de", TFunction>;
beforeAll(async () => {
  await i18next.init({ resources: { en: { translation: english }, de: { translation: german } } });
  t = { en: i18next.getFixedT("en"), de: i18next.getFixedT("de") };
});

function say(language: "en" | "de", over: Partial<typeof change> = {}) {
  const overview = { change: { ...change, ...over }, previous: { wave: q2 }, wave: q3 };
  return changeSentence(t[language], formatIn(language), overview as unknown as OverviewData);
}

describe("the change sentence", () => {
  test("says that a change whose interval includes zero is not distinguishable from noise", () => {
    expect(say("en")).toEqual({
      headline: "+3 vs Q2, not distinguishable from noise.",
      range: "The true change lies between −3 and +9.",
      smallest: "Two waves of this size can show a change of about 9 points or more.",
    });
    expect(say("de")?.headline).toBe("+3 gegenüber Q2, nicht von Zufall zu unterscheiden.");
  });

  test("calls a change real, down or up, only when it is distinguishable", () => {
    const real = { points: -12, interval: [-18, -6], distinguishable: true };
    expect(say("en", real)).toMatchObject({
      headline: "−12 vs Q2: a real drop.",
      range: "The true change lies between −18 and −6.",
    });
    expect(say("de", { points: 8, distinguishable: true })?.headline).toBe(
      "+8 gegenüber Q2: ein echter Anstieg.",
    );
  });

  test("writes a change that rounds to nothing as ±0", () => {
    expect(say("en", { points: -0.3 })?.headline).toBe("±0 vs Q2, not distinguishable from noise.");
  });

  test("is missing where there is nothing to compare with", () => {
    expect(changeSentence(t.en, formatIn("en"), { change: null, previous: null, wave: q3 })).toBeUndefined();
  });
});

describe("the sentence on the state", () => {
  const overview = { wave: q3, waves: [], score: { n: 1284 }, trend: [] } as unknown as OverviewData;

  test("says when a wave closed, without the year when it is this one", () => {
    expect(stateSentence(t.en, formatIn("en"), overview, "2026-10-13")).toBe(
      "Tuesday, 13 October 2026. The Q3 wave closed on 30 September with 1,284 answers.",
    );
    expect(stateSentence(t.de, formatIn("de"), overview, "2026-10-13")).toBe(
      "Dienstag, 13. Oktober 2026. Die Welle Q3 endete am 30. September mit 1.284 Antworten.",
    );
    expect(stateSentence(t.en, formatIn("en"), overview, "2027-01-04")).toContain(
      "The Q3 2026 wave closed on 30 September 2026",
    );
  });

  test("says that a wave is under way until its last day is over", () => {
    expect(stateSentence(t.en, formatIn("en"), overview, "2026-09-30")).toBe(
      "Wednesday, 30 September 2026. The Q3 wave is under way with 1,284 answers so far.",
    );
  });
});

test("the greeting follows the hour", () => {
  expect([3, 4, 11, 12, 17, 18].map(greetingOf)).toEqual([
    "evening",
    "morning",
    "morning",
    "afternoon",
    "afternoon",
    "evening",
  ]);
});

test("a wave's year is said only where it differs", () => {
  expect(shortWave("Q2 2026", "Q3 2026")).toBe("Q2");
  expect(shortWave("Q4 2025", "Q1 2026")).toBe("Q4 2025");
});

test("today is a day in the workspace's time zone", () => {
  expect(dayOf(new Date("2026-10-12T23:30:00Z"), "Europe/Berlin")).toBe("2026-10-13");
  expect(dayOf(new Date("2026-10-12T23:30:00Z"), "UTC")).toBe("2026-10-12");
});
