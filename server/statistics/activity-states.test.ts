import * as fc from "fast-check";
import { expect, test } from "vitest";
import { activityStates, type ActivityState } from "./activity-states.ts";
import { anySeries, drawSeries } from "./arbitrary-activity.ts";
import { commonRhythm } from "./common-rhythm.ts";
import { seededRandom } from "./seeded-random.ts";

const even = (weeks: number) => ({
  level: new Float64Array(weeks).fill(1),
  spread: new Float64Array(weeks).fill(1),
});
const week = (n: number, count: number) => Array.from({ length: n }, () => count);
const statesOf = (counts: number[]) =>
  activityStates({ first: 0, counts }, even(counts.length), counts.length).map(({ state }) => state);
const letters = (states: ActivityState[]) => states.map(([letter]) => letter).join("");

test("a customer who halves is cooling from the fourth week on, and flat at the new level after half a year or so", () => {
  const counts = [...week(40, 20), ...week(60, 10)];
  const states = letters(statesOf(counts));
  expect(states.slice(0, 43)).toBe("u".repeat(11) + "f".repeat(32));
  expect(states.slice(43, 55)).toBe("c".repeat(12));
  expect(states.slice(80)).toBe("f".repeat(20));
  const [last] = activityStates({ first: 0, counts }, even(44), 44).slice(-1);
  expect(last).toMatchObject({ usual: { level: 20 }, recent: 10, change: -0.5, state: "cooling" });
  expect(last!.usual!.low).toBeCloseTo(20 - 1.2816 * Math.sqrt(20 * (1 + 1 / 26)) * (1 + 2 / 26), 6);
});

test("a customer who doubles is warming; one who is back at their level is flat within four weeks", () => {
  const states = letters(statesOf([...week(40, 20), ...week(8, 40), ...week(12, 20)]));
  expect(states.slice(43, 48)).toBe("wwwww");
  expect(states.slice(52)).toBe("ffffffff");
});

test("one week of nothing or of ten times as much is no state, nor are two of holidays", () => {
  for (const odd of [[0], [200], [0, 0], [0, 200]])
    expect(letters(statesOf([...week(40, 20), ...odd, ...week(12, 20)]))).toMatch(/^u{11}f+$/);
});

test("silence is dormancy after four weeks, and a return begins anew", () => {
  const states = letters(statesOf([...week(30, 12), ...week(10, 0), ...week(12, 12)]));
  expect(states.slice(30, 42)).toBe("fffdddddddff");
  expect(letters(statesOf([5, ...week(6, 0)]))).toBe("uuuuddd");
});

test("what a whole company pauses is nobody's change", () => {
  const rhythm = even(60);
  rhythm.level.fill(0.1, 50, 53);
  const counts = [...week(50, 20), 2, 2, 2, ...week(7, 20)];
  expect(letters(activityStates({ first: 0, counts }, rhythm, 60).map(({ state }) => state))).toMatch(
    /^u{11}f+$/,
  );
});

test("no week says anything of those before it, and each is described in possible numbers", () => {
  const weeks = 80;
  fc.assert(
    fc.property(anySeries(weeks), fc.integer({ min: 1, max: weeks }), (series, until) => {
      const rhythm = commonRhythm([series], weeks);
      const whole = activityStates(series, rhythm, weeks);
      expect(whole).toHaveLength(weeks - series.first);
      expect(activityStates(series, rhythm, until)).toEqual(
        whole.slice(0, Math.max(0, until - series.first)),
      );
      for (const { usual, expected, change, recent } of whole) {
        expect(recent).toBeGreaterThanOrEqual(0);
        if (usual === undefined) continue;
        for (const { level, low, high } of [usual, expected!]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(level).toBeGreaterThanOrEqual(low);
          expect(high).toBeGreaterThan(level);
        }
        if (change !== undefined) expect(change).toBeGreaterThanOrEqual(-1);
      }
    }),
    { numRuns: 60 },
  );
});

test("multiplying what everybody does by the same turns no state, where events come as they come", () => {
  const random = seededRandom("unit");
  const series = drawSeries(random, 80, (at) => (at < 50 ? 40 : 15));
  const rhythm = even(80);
  const twice = { first: 0, counts: Array.from(series.counts, (n) => 2 * n) };
  const of = (each: typeof series) => letters(activityStates(each, rhythm, 80).map(({ state }) => state));
  // Overdispersed either way: the deviation scales with the level.
  expect(of(twice)).toBe(of(series));
});

/** How often a state begins, a week, and how many weeks until a loss of half is found, for weeks like these. */
function figures(usual: number, shape: number) {
  const random = seededRandom(`figures ${usual} ${shape}`);
  const weeks = 105;
  const steady = Array.from({ length: 250 }, () => drawSeries(random, weeks, () => usual, { shape }));
  const rhythm = commonRhythm(steady, weeks);
  let known = 0;
  let begun = 0;
  for (const series of steady) {
    const states = activityStates(series, rhythm, weeks).map(({ state }) => state);
    states.forEach((state, at) => {
      if (state !== "unknown") known++;
      if (state === "cooling" && states[at - 1] !== "cooling") begun++;
    });
  }
  const delays = Array.from({ length: 150 }, () => {
    const series = drawSeries(random, weeks, (at) => (at < 60 ? usual : usual / 2), { shape });
    const states = activityStates(series, rhythm, weeks).map(({ state }) => state);
    const found = states.findIndex((state, at) => at >= 60 && (state === "cooling" || state === "dormant"));
    return found < 0 ? Infinity : found - 59;
  }).sort((a, b) => a - b);
  return { falsePerWeek: begun / known, delay: delays[75]! };
}

test("under no change at most 3 in 1,000 customers begin to cool in a week; half of the losses of half are found within two months", () => {
  for (const [usual, shape, within] of [
    [10, 8, 8],
    [30, 8, 6],
    [100, 8, 6],
    [30, 3, 11],
  ] as const) {
    const { falsePerWeek, delay } = figures(usual, shape);
    expect(falsePerWeek, `${usual}`).toBeLessThan(0.003);
    expect(delay, `${usual}`).toBeLessThanOrEqual(within);
  }
});

test("over Christmas a company is not cooling, and those who really cool are found", () => {
  const random = seededRandom("christmas");
  const weeks = 70;
  // Weeks 50 and 51: four in five are all but away, the others half. One in ten has been at 40 % since week 46.
  const truly = (customer: number) => customer % 10 === 9;
  const series = Array.from({ length: 500 }, (_, customer) => {
    const usual = Math.exp(random.normal(Math.log(25), 0.7));
    return drawSeries(random, weeks, (at) => {
      const holiday = at === 50 || at === 51 ? (customer % 5 === 0 ? 0.5 : 0.05) : 1;
      return usual * holiday * (truly(customer) && at >= 46 ? 0.4 : 1);
    });
  });
  const rhythm = commonRhythm(series, weeks);
  const states = series.map((each) => activityStates(each, rhythm, weeks).map(({ state }) => state));
  const share = (at: number, real: boolean) => {
    const group = states.filter((_, customer) => truly(customer) === real);
    return group.filter((each) => each[at] === "cooling" || each[at] === "dormant").length / group.length;
  };
  for (let at = 46; at < 60; at++) expect(share(at, false), `week ${at}`).toBeLessThan(0.04);
  expect(share(57, true)).toBeGreaterThan(0.6);
});
