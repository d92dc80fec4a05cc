import { expect, test } from "vitest";
import { type SurveySettings, standardSettings } from "../surveys/survey-settings.ts";
import { nextLook } from "./next-look.ts";

const now = new Date("2026-10-13T08:00:00Z");
const pauseAfter = (took: number, settings: Partial<SurveySettings> = {}) => {
  const at = nextLook({ settings: { ...standardSettings, ...settings } }, took, now);
  return at && (at.getTime() - now.getTime()) / 1000;
};

test("a look that is quick is had in every run, one that is slow seldom, but every ten minutes at least", () => {
  expect([5, 70, 80, 600, 1_400, 60_000].map((took) => pauseAfter(took))).toEqual([
    null,
    null,
    32,
    240,
    560,
    600,
  ]);
});

test("short hours are not slept through, and a survey that asks once is looked at when its time comes", () => {
  const hours = (from: string, to: string) => pauseAfter(600, { hours: { from, to, weekends: true } });
  expect([hours("09:00", "09:20"), hours("23:50", "00:10"), hours("22:00", "06:00")]).toEqual([
    null,
    null,
    240,
  ]);
  expect(hours("00:00", "00:00")).toBe(240);
  const once = (at: string | null) => pauseAfter(600, { rhythm: { kind: "once", at } });
  expect([once(null), once("2026-10-13T07:00:00Z"), once("2026-10-20T08:00:00Z")]).toEqual([
    240,
    240,
    7 * 24 * 3600,
  ]);
});
