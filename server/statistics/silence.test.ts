import { expect, test } from "vitest";
import { lookAtSilence, newSilence } from "./silence.ts";

/** The week of silence, from 1, in which somebody becomes dormant, who was active as this says before. */
function dormantAfter(before: number[], rhythm = 1): number | undefined {
  const counts = [...before];
  const silence = newSilence();
  before.forEach((_, week) => lookAtSilence(silence, before, week, 1));
  for (let week = before.length; week < before.length + 40; week++) {
    lookAtSilence(silence, counts, week, rhythm);
    if (silence.dormant) return week - before.length + 1;
  }
  return undefined;
}

test("who came every week is dormant after four, every second week after six or so, and who came rarely after half a year", () => {
  expect(dormantAfter(Array.from({ length: 30 }, () => 9))).toBe(4);
  expect(dormantAfter(Array.from({ length: 30 }, (_, week) => week % 2))).toBe(6);
  expect(dormantAfter(Array.from({ length: 30 }, (_, week) => (week % 13 === 3 ? 1 : 0)))).toBeGreaterThan(
    13,
  );
  expect(dormantAfter([1])).toBe(4);
});

test("where everybody pauses, nobody is dormant before half a year", () => {
  expect(
    dormantAfter(
      Array.from({ length: 30 }, () => 9),
      0.05,
    ),
  ).toBe(26);
});

test("dormancy ends with the first event", () => {
  const silence = newSilence();
  const counts = [3, 3, 3, 3, 0, 0, 0, 0, 0, 1, 0];
  const states = counts.map((_, week) => {
    lookAtSilence(silence, counts, week, 1);
    return silence.dormant;
  });
  expect(states).toEqual([false, false, false, false, false, false, false, true, true, false, false]);
});
