import { expect, test } from "vitest";
import { aPlay } from "../../../test/a-play.ts";
import { keepsPlan, planPlay } from "./play-plan.ts";

const now = new Date("2026-10-13T08:00:00Z");

test("a plan fixes how many results it takes, and other terms are another plan", () => {
  const play = aPlay({ worth: 0.1, holdout: { share: 0.5, reason: null } });
  const plan = planPlay(play, { baseline: 0.2, designEffect: 1, now });
  // As in docs/methods/planning-plays.md.
  expect(plan).toMatchObject({ treated: 294, holdout: 294, baseline: 0.2, guessed: false });
  expect(keepsPlan(plan, { ...play, worth: 0.2, priority: 9 })).toBe(true);
  expect(keepsPlan(plan, { ...play, days: 30 })).toBe(false);
  expect(keepsPlan(plan, { ...play, goal: { kind: "purchase" } })).toBe(false);
  expect(keepsPlan(plan, { ...play, holdout: { share: 0.2, reason: null } })).toBe(false);

  const alone = { ...play, holdout: { share: 0, reason: "Everybody needs it." } };
  const unproven = planPlay(alone, { baseline: null, designEffect: 1, now });
  expect(unproven).toMatchObject({ treated: 0, holdout: 0, guessed: true });
});
