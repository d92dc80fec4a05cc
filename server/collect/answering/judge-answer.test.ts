import fc from "fast-check";
import { expect, test } from "vitest";
import { type Arrival, type Click, judgeAnswer } from "./judge-answer.ts";

const noon = new Date("2026-10-13T12:00:00Z");
const ago = (seconds: number) => new Date(noon.getTime() - seconds * 1_000);
const click = (score: number | null, seconds: number, more: Partial<Click> = {}): Click => ({
  at: ago(seconds),
  method: "GET",
  score,
  honeypot: false,
  ...more,
});
const person: Arrival = {
  now: noon,
  state: "provisional",
  sign: "input",
  fetchedAt: ago(5),
  deliveredAt: ago(3_600),
  scanner: undefined,
  filledTrap: false,
  clicks: [click(8, 5)],
};
const sweep = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((score) => click(score, 6));

test.each<[string, Partial<Arrival>]>([
  ["a person who moves the pointer on the page of their click", {}],
  ["a person who reads without touching anything", { sign: "dwell" }],
  ["a person who looks at the page again later", { sign: "dwell", clicks: [click(8, 900), click(8, 5)] }],
  ["a form without JavaScript", { sign: "form", state: "confirmed" }],
  ["a form after a scanner's sweep", { sign: "form", state: "confirmed", clicks: sweep }],
  ["a press on the button after a sweep", { state: "confirmed", clicks: sweep }],
  [
    "a press on the button after the honeypot",
    { state: "confirmed", clicks: [click(null, 6, { honeypot: true })] },
  ],
  ["a press in a browser that calls itself a scanner", { state: "confirmed", scanner: "program" }],
  [
    "a person a while after the sweep at delivery",
    { clicks: [...sweep.map((c) => ({ ...c, at: ago(60) })), click(8, 5)] },
  ],
  ["a press on the button right after delivery", { state: "confirmed", deliveredAt: ago(1) }],
  ["an answer by a link that was never mailed", { deliveredAt: undefined }],
])("%s counts", (_, more) => {
  expect(judgeAnswer({ ...person, ...more })).toBeUndefined();
});

test.each<[string, Partial<Arrival>, string]>([
  ["a post without a page", { fetchedAt: undefined }, "no_page"],
  ["a press without a page", { fetchedAt: undefined, state: "confirmed" }, "no_page"],
  ["a press in no time", { fetchedAt: ago(0.2), state: "confirmed" }, "too_fast"],
  ["a form in no time", { fetchedAt: ago(0.6), state: "confirmed", sign: "form" }, "too_fast"],
  ["dwelling that did not take its time", { fetchedAt: ago(3), sign: "dwell" }, "too_fast"],
  ["a form with the hidden field filled in", { filledTrap: true, state: "confirmed", sign: "form" }, "trap"],
  ["an agent that says what it is", { scanner: "proofpoint" }, "known_scanner"],
  ["a form of such an agent", { scanner: "program", state: "confirmed", sign: "form" }, "known_scanner"],
  [
    "input soon after the honeypot",
    { clicks: [click(8, 5), click(null, 60, { honeypot: true })] },
    "honeypot",
  ],
  ["input amid a sweep", { clicks: sweep }, "many_scores"],
  ["two numbers within ten seconds", { clicks: [click(8, 5), click(3, 14)] }, "many_scores"],
  [
    "numbers that were probed by HEAD",
    { clicks: [click(8, 5), click(3, 6, { method: "HEAD" })] },
    "many_scores",
  ],
  ["input as the mail arrives", { deliveredAt: ago(3) }, "too_soon"],
  ["dwelling a minute after delivery", { deliveredAt: ago(60), sign: "dwell" }, "too_soon"],
  ["dwelling after another link", { sign: "dwell", clicks: [click(8, 5), click(3, 900)] }, "no_sign"],
  [
    "dwelling after the same link was probed",
    { sign: "dwell", clicks: [click(8, 5), click(8, 6, { method: "HEAD" })] },
    "no_sign",
  ],
])("%s is set aside", (_, more, reason) => {
  expect(judgeAnswer({ ...person, ...more })).toBe(reason);
});

test("more fetches never make a machine of a person who pressed, nor a person of what only dwelt", () => {
  const clicks = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 3_600 }).map(ago),
      method: fc.constantFrom("GET", "HEAD"),
      score: fc.option(fc.integer({ min: 0, max: 10 })),
      honeypot: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(clicks, clicks, (some, more) => {
      expect(judgeAnswer({ ...person, state: "confirmed", clicks: some })).toBeUndefined();
      const dwelt = (fetched: Click[]) => judgeAnswer({ ...person, sign: "dwell", clicks: fetched });
      if (dwelt(some)) expect(dwelt([...some, ...more])).toBeDefined();
    }),
  );
});
